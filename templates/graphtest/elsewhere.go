package graphtest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// Content and uploads are at hosts of their own, which nobody has.
const (
	contentHost = "https://content.graphtest.example/"
	uploadHost  = "https://upload.graphtest.example/"
)

// Content returns an address at another host where the data are, as the service hands out files: for Redirect, or a
// download address in an answer. A token that arrives there fails the test. The address is for those who use Client or
// HTTPClient: there is no such host on a network.
func (s *Server) Content(data []byte) string {
	return (*fake)(s).newOutside(contentHost, func(r *http.Request, _ []byte) *answer {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return failure(http.StatusMethodNotAllowed, "MethodNotAllowed", "The content can be read only.")
		}
		w := httptest.NewRecorder()
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return &answer{status: w.Code, header: w.Header(), body: w.Body.Bytes()}
	})
}

// Redirect is what a handler returns as its error to answer 302: what is asked for is at another address, such as one
// that Content has returned.
func Redirect(address string) error {
	return outcome(func(*request) *answer {
		return answerWith(http.StatusFound, "Location", address)
	})
}

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
