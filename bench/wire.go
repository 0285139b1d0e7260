//go:build unix

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
)

// exchange is what a program sends, and what its calls hand back, if the service answers in one way.
type exchange struct {
	Answers  string    `json:"answers"`
	Requests []request `json:"requests"`
	Output   string    `json:"output"`
}

// request is what went over the wire. Addresses of the service are written as {root}.
type request struct {
	Method  string   `json:"method"`
	URL     string   `json:"url"`
	Headers []string `json:"headers"`
	Body    string   `json:"body"`
}

// The ways in which the service answers a POST.
const (
	withBody    = "201 with a body"
	withoutBody = "201 without a body"
	accepted    = "202"
)

// exchanges runs a program against the service once for each way to answer.
func exchanges(l limits, binary string) ([]exchange, error) {
	var all []exchange
	for _, answers := range []string{withBody, withoutBody, accepted} {
		e, err := exchangeWith(l, binary, answers)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// exchangeWith runs a program against a service on loopback. What the program prints and its error are a result.
func exchangeWith(l limits, binary, answers string) (exchange, error) {
	s := &service{answers: answers}
	server := httptest.NewServer(s)
	defer server.Close()
	root := server.URL + "/v1.0"
	u, err := l.execute("", []string{"ROOT=" + root, "TOKEN=token"}, binary)
	output := u.output
	if err != nil {
		output = err.Error()
	}
	short := strings.NewReplacer(root, "{root}", server.URL, "{host}")
	for i := range s.requests {
		s.requests[i].Body = short.Replace(s.requests[i].Body)
	}
	return exchange{answers, s.requests, short.Replace(strings.TrimSpace(output))}, nil
}

// service records requests and answers them as Graph does.
type service struct {
	answers string
	mu      sync.Mutex
	// requests are guarded by mu.
	requests []request
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	recorded, err := record(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, recorded)
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.Method == http.MethodGet {
		fmt.Fprint(w, `{"value":[{"id":"19:first@thread.v2","chatType":"group","members":[`+createdMember+`]}]}`)
		return
	}
	location, body := "/chats('19:new@thread.v2')", `{"id":"19:new@thread.v2","chatType":"oneOnOne"}`
	if strings.HasSuffix(r.URL.Path, "/members") {
		location, body = "/chats('19:chat@thread.v2')/members('MCMjMQ==')", createdMember
	}
	switch s.answers {
	case withBody:
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, body)
	case withoutBody:
		w.Header().Del("Content-Type")
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusCreated)
	case accepted:
		w.Header().Del("Content-Type")
		w.Header().Set("Location", "/chats('19:new@thread.v2')/operations('2432b57b')")
		w.WriteHeader(http.StatusAccepted)
	}
}

const createdMember = `{"@odata.type":"#microsoft.graph.aadUserConversationMember","id":"MCMjMQ==","roles":["owner"]}`

// notable are the headers that are recorded. Those that name a request have other values each time: their names only.
var notable = []string{"Accept", "Accept-Encoding", "Client-Request-Id", "Content-Encoding", "Content-Type", "Prefer", "SdkVersion", "User-Agent"}

func record(r *http.Request) (request, error) {
	recorded := request{Method: r.Method, URL: strings.TrimPrefix(r.RequestURI, "/v1.0")}
	for name, values := range r.Header {
		if !slices.ContainsFunc(notable, func(n string) bool { return strings.EqualFold(n, name) }) {
			continue
		}
		if strings.EqualFold(name, "Client-Request-Id") {
			values = []string{"…"}
		}
		recorded.Headers = append(recorded.Headers, name+": "+strings.Join(values, ", "))
	}
	slices.Sort(recorded.Headers)
	body, err := io.ReadAll(r.Body)
	if err == nil && r.Header.Get("Content-Encoding") == "gzip" {
		var reader *gzip.Reader
		if reader, err = gzip.NewReader(bytes.NewReader(body)); err == nil {
			body, err = io.ReadAll(reader)
		}
	}
	recorded.Body = string(body)
	return recorded, err
}
