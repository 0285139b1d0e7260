package graphtest

import (
	"net/http"
	"strconv"
)

// newOutside returns an address at another host, where no token may arrive.
func (s *fake) newOutside(host string, at place) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	address := host + strconv.Itoa(len(s.places)+1)
	s.places[address] = func(r *http.Request, body []byte) *answer {
		if r.Header.Get("Authorization") != "" {
			s.errorf("%s %s: a token has been sent to another host", r.Method, address)
			return failure(http.StatusUnauthorized, "unauthenticated", "No token is taken here.")
		}
		return at(r, body)
	}
	return address
}
