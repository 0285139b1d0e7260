package graphtest

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// part is one request of a batch.
type part struct {
	ID        string            `json:"id"`
	Method    string            `json:"method"`
	URL       string            `json:"url"`
	Headers   map[string]string `json:"headers"`
	Body      json.RawMessage   `json:"body"`
	DependsOn []string          `json:"dependsOn"`
}

// partAnswer is the answer to one of them.
type partAnswer struct {
	ID      string            `json:"id"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    any               `json:"body,omitempty"`
}

// batchPath is where batches go.
const batchPath = "/$batch"

// maxParts is how many requests the service takes in a batch.
const maxParts = 20

// batch answers the requests of a batch, one after the other. What depends on one that failed is answered with 424.
func (s *fake) batch(ctx context.Context, in *request) *answer {
	if refused := s.authorized(http.MethodPost, in); refused != nil {
		return refused
	}
	var all struct{ Requests []part }
	err := json.Unmarshal(in.body, &all)
	if err != nil {
		err = bad("Invalid batch payload format: %s", err.Error())
	} else if !s.lenient {
		err = checkBatch(all.Requests)
	}
	if err != nil {
		s.refuse(http.MethodPost, in, err)
		return failure(http.StatusBadRequest, "BadRequest", err.Error())
	}
	answers := []partAnswer{}
	failed := map[string]bool{}
	for _, p := range all.Requests {
		a := failure(http.StatusFailedDependency, "FailedDependency", "A request that this one depends on has failed.")
		if !p.dependsOn(failed) {
			a = s.part(ctx, in, p)
		}
		if a.status >= http.StatusBadRequest {
			failed[p.ID] = true
		}
		answers = append(answers, a.asPart(p.ID))
	}
	return jsonAnswer(http.StatusOK, map[string]any{"responses": answers})
}

// dependsOn reports whether a request needs one of others.
//
//go:noinline
func (p *part) dependsOn(others map[string]bool) bool {
	for _, id := range p.DependsOn {
		if others[id] {
			return true
		}
	}
	return false
}

// part answers one request of a batch, with the token of the batch.
func (s *fake) part(ctx context.Context, batch *request, p part) *answer {
	address, query, _ := strings.Cut(p.URL, "?")
	values, err := parseQuery(query)
	if err != nil {
		return failure(http.StatusBadRequest, "BadRequest", "The URL of a request cannot be read.")
	}
	in := &request{
		server: s, path: "/" + strings.TrimPrefix(address, "/"), base: batch.base, query: values,
		header: http.Header{"Authorization": batch.header["Authorization"]}, body: p.Body,
		isPart: true,
	}
	for name, value := range p.Headers {
		in.header.Set(name, value)
	}
	var raw []byte
	if len(p.Body) > 0 && !isJSON(in.head("Content-Type")) && json.Unmarshal(p.Body, &raw) == nil {
		in.body = raw // other content comes as base64
	}
	a, err := s.one(ctx, p.Method, in)
	if err != nil {
		return failure(http.StatusBadGateway, "BadGateway", "The connection to the workload was lost.")
	}
	return a
}

// asPart is the answer as it stands in the answer of a batch.
func (a *answer) asPart(id string) partAnswer {
	p := partAnswer{ID: id, Status: a.status, Headers: map[string]string{}}
	for name, values := range a.header {
		p.Headers[name] = strings.Join(values, ", ")
	}
	data := a.content()
	switch {
	case len(data) == 0:
	case isJSON(a.header.Get("Content-Type")) && json.Valid(data):
		p.Body = json.RawMessage(data)
	default:
		p.Body = data // as base64
	}
	return p
}
