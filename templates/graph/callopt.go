package graph

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// CallOption is an option of a single call.
type CallOption func(*callSettings) error

// callSettings is what the options of a call add to it.
type callSettings struct {
	header http.Header
	query  []pair
	into   *Response    // nil if nobody asked
	retry  *RetryPolicy // nil: the client's
	// noToken: the request goes without a token, to any host.
	noToken bool
}

// settings applies the options.
func settings(opts []CallOption) (*callSettings, error) {
	s := &callSettings{header: http.Header{}}
	for _, opt := range opts {
		if opt == nil {
			return nil, errors.New("a CallOption is nil")
		}
		if err := opt(s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Header sends a header with the call, in place of one of the same name that the client would send.
// Authorization cannot be set so: it is the TokenSource's or the http.Client's part; nor can Host, Content-Length and
// Transfer-Encoding. A name or value that cannot be sent, such as one with a line break, is an error.
// But for Content-… and If-…, the headers of a call go with its later pages and with what waits for its result.
func Header(name, value string) CallOption {
	return func(s *callSettings) error {
		switch {
		case !isToken(name):
			return fmt.Errorf("Header: %q is not the name of a header", name)
		case !validHeaderValue(value):
			return fmt.Errorf("Header: the value of %s holds a line break or another control character", name)
		}
		switch key := http.CanonicalHeaderKey(name); key {
		case "Authorization", "Host", "Content-Length", "Transfer-Encoding":
			return fmt.Errorf("Header: %s cannot be set for a single call", key)
		}
		s.header.Set(name, value)
		return nil
	}
}

// IfMatch makes an update or deletion fail with ErrPreconditionFailed unless the entity still has this ETag.
// "*" matches any. An empty ETag is an error, for it would leave the call without its condition.
func IfMatch(etag string) CallOption {
	if etag == "" {
		return func(*callSettings) error {
			return errors.New(`IfMatch: the ETag is empty; read the entity first, or give "*" to match any`)
		}
	}
	return Header("If-Match", etag)
}

// Prefer asks the service for a behaviour, such as "include-unknown-enum-members" or "odata.maxpagesize=50".
// Several are sent together.
func Prefer(preference string) CallOption {
	return func(s *callSettings) error {
		if preference == "" {
			return errors.New("Prefer: the preference is empty")
		}
		all := preference
		if others := s.header.Get("Prefer"); others != "" {
			all = others + ", " + preference
		}
		return Header("Prefer", all)(s)
	}
}

// ConsistencyLevel sends the header of that name: "eventual" is what advanced queries on directory objects need.
func ConsistencyLevel(level string) CallOption { return Header("ConsistencyLevel", level) }

// Query sends a query parameter, such as ("$search", `"displayName:x"`), in place of one of the same name from the
// call's options. The value is given as it is meant; escaping it is the client's part. Later pages do
// not repeat it, since their link holds the whole query.
func Query(name, value string) CallOption {
	return func(s *callSettings) error {
		if name == "" {
			return errors.New("Query: the name is empty")
		}
		s.query = append(s.query, pair{name: name, value: value})
		return nil
	}
}

// Retry sets how this call is tried again, in place of the client's own policy: by a RetryPolicy, or not at all by
// NoRetry. It holds for the call's later pages and for what waits for its result as well.
//
//	// The service may not know everywhere yet what it has just created.
//	graph.Retry(graph.RetryPolicy{Decide: func(e graph.RetryEvent) (time.Duration, bool) {
//		return max(e.Delay, time.Second), e.Again || e.StatusCode == http.StatusNotFound && e.Attempt < 5
//	}})
func Retry(policy interface{ policy() RetryPolicy }) CallOption {
	return func(s *callSettings) error {
		checked, err := checkPolicy(policy)
		if err != nil {
			return fmt.Errorf("Retry: %w", err)
		}
		s.retry = &checked
		return nil
	}
}

// WithoutToken sends a call of Do without the token, and so it may go to another host over https: to an address that
// the service has handed out, which needs none. Redirects from there are not followed. Other calls do not take it.
func WithoutToken() CallOption {
	return func(s *callSettings) error {
		s.noToken = true
		return nil
	}
}

// ResponseInto stores the status and headers of the answer, also of one that is an error. For calls that read
// several pages it is the last answer's; it stays as it was if none came.
func ResponseInto(target *Response) CallOption {
	return func(s *callSettings) error {
		if target == nil {
			return errors.New("ResponseInto: the target is nil")
		}
		s.into = target
		return nil
	}
}

// isToken reports whether s is a token as RFC 9110 defines it for names of headers.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`()<>@,;:\"/[]?={}`, r)
	})
}

// validHeaderValue reports whether s can be the value of a header.
func validHeaderValue(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// follow returns the settings of the requests that a call leads to, such as those for its later pages: what stood in
// the query is part of the links already, and what was said about the body or the state of the first does not apply.
func (s *callSettings) follow() *callSettings {
	header := s.header.Clone()
	for name := range header {
		if strings.HasPrefix(name, "If-") || strings.HasPrefix(name, "Content-") {
			header.Del(name)
		}
	}
	return &callSettings{header: header, into: s.into, retry: s.retry}
}
