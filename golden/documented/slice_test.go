package documented_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// slice is what the committed slices of one version say, to check requests and answers against.
type slice struct {
	server  string // scheme and host of the documents' servers
	routers []routers.Router
	docs    []*openapi3.T
}

// loadedSlices loads each version's slices once, when the first test needs them.
var loadedSlices = map[string]func() (*slice, error){
	"v1.0": sync.OnceValues(func() (*slice, error) { return loadSlice("v1.0") }),
	"beta": sync.OnceValues(func() (*slice, error) { return loadSlice("beta") }),
}

// sliceOf returns the slices of a version, "v1.0" or "beta".
func sliceOf(t *testing.T, version string) *slice {
	t.Helper()
	s, err := loadedSlices[version]()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func loadSlice(version string) (*slice, error) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "specs", version, "*.yaml"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("specs/%s has no slices (%v)", version, err)
	}
	s := &slice{server: "https://graph.microsoft.com"}
	for _, path := range paths {
		doc, err := openapi3.NewLoader().LoadFromFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		router, err := legacy.NewRouter(doc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		s.routers, s.docs = append(s.routers, router), append(s.docs, doc)
	}
	return s, nil
}

// checkRequest returns what the slice has against a request.
func (s *slice) checkRequest(r *http.Request, body []byte) error {
	input, err := s.find(r, body)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(context.Background(), input)
}

// checkAnswer returns what the slice has against an answer to a request.
func (s *slice) checkAnswer(r *http.Request, status int, header http.Header, body []byte) error {
	input, err := s.find(r, nil)
	if err != nil {
		return err
	}
	// No description can say of one status that its body may be missing, as that of 201 may here.
	input.Options.ExcludeResponseBody = len(body) == 0
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 status,
		Header:                 header,
		Body:                   io.NopCloser(bytes.NewReader(body)),
		Options:                input.Options,
	})
}

// operations lists what the documents describe, as "GET /chats", sorted.
func (s *slice) operations() []string {
	return s.collect(func(method, path string, _ *openapi3.Operation) []string { return []string{method + " " + path} })
}

// scopes lists the delegated permissions that the operations need, sorted.
func (s *slice) scopes() []string {
	return s.collect(func(_, _ string, op *openapi3.Operation) []string {
		if op.Security == nil || len(*op.Security) == 0 {
			return nil
		}
		return (*op.Security)[0]["azureaadv2"]
	})
}

// collect gathers texts from every operation, sorted and each once.
func (s *slice) collect(texts func(method, path string, op *openapi3.Operation) []string) []string {
	var all []string
	for _, doc := range s.docs {
		for path, item := range doc.Paths.Map() {
			for method, op := range item.Operations() {
				all = append(all, texts(method, path, op)...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// keyInParens is a key as the service writes it in links: chats('19:…') for chats/19:….
var keyInParens = regexp.MustCompile(`\('((?:[^']|'')*)'\)`)

// find returns the operation that a request is for.
func (s *slice) find(r *http.Request, body []byte) (*openapi3filter.RequestValidationInput, error) {
	address, err := url.Parse(s.server + keyInParens.ReplaceAllString(r.RequestURI, "/$1"))
	if err != nil {
		return nil, err
	}
	asked := r.Clone(context.Background())
	asked.URL, asked.Body = address, io.NopCloser(bytes.NewReader(body))
	var last error
	for _, router := range s.routers {
		route, params, err := router.FindRoute(asked)
		if err != nil {
			last = err
			continue
		}
		return &openapi3filter.RequestValidationInput{
			Request: asked, Route: route, PathParams: params,
			Options: &openapi3filter.Options{
				AuthenticationFunc:                openapi3filter.NoopAuthenticationFunc,
				RejectWhenRequestBodyNotSpecified: true,
				IncludeResponseStatus:             true,
			},
		}, nil
	}
	return nil, last
}

// TestSliceRefuses makes sure that the check of the requests, which the other tests rely on, finds what is wrong.
func TestSliceRefuses(t *testing.T) {
	member := `{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"]}`
	tests := []struct {
		name, method, address, body string
		want                        string // "" if nothing is wrong
	}{
		{"as it should be", "POST", "/chats", `{"chatType":"group","members":[` + member + `]}`, ""},
		{"no such path", "GET", "/chat", ``, "no matching operation was found"},
		{"no such method", "PUT", "/chats", `{}`, "no matching operation was found"},
		{"no body", "POST", "/chats", ``, "value is required but missing"},
		{"unknown kind of chat", "POST", "/chats", `{"chatType":"pair"}`, `value is not one of the allowed values ["oneOnOne","group","meeting","unknownFutureValue"]`},
		{"member without its type", "POST", "/chats", `{"members":[{"roles":["owner"]}]}`, `property "@odata.type" is missing`},
		{"roles that are no list", "POST", "/chats/1/members", `{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":"owner"}`, "value must be an array"},
		{"two apps", "POST", "/chats", `{"installedApps":[{},{}]}`, "maximum number of items is 1"},
		{"a body that has no place", "DELETE", "/chats/1", `{}`, "request body not allowed for this request"},
		{"a page of no size", "GET", "/chats?$top=x", ``, "invalid syntax"},
	}
	for _, test := range tests {
		for _, version := range []string{"v1.0", "beta"} {
			t.Run(version+"/"+test.name, func(t *testing.T) {
				r := httptest.NewRequest(test.method, "/"+version+test.address, nil)
				r.Header.Set("Content-Type", "application/json")
				r.ContentLength = int64(len(test.body))
				err := sliceOf(t, version).checkRequest(r, []byte(test.body))
				if got := reason(err); got != test.want {
					t.Errorf("got %q, want %q\n%v", got, test.want, err)
				}
			})
		}
	}
}

// reason is the kernel of an error of kin-openapi, which repeats the whole schema and value.
func reason(err error) string {
	var schema *openapi3.SchemaError
	var parse *openapi3filter.ParseError
	var request *openapi3filter.RequestError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &schema):
		return innermost(schema)
	case errors.As(err, &parse):
		return parse.RootCause().Error()
	case errors.As(err, &request):
		return request.Err.Error()
	}
	return err.Error()
}

// innermost follows the error of a schema into those of its parts, to the one that is at fault.
func innermost(err *openapi3.SchemaError) string {
	var part *openapi3.SchemaError
	for errors.As(err.Origin, &part) {
		err = part
	}
	return err.Reason
}
