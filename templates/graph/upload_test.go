package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tray is what a generated upload session looks like.
type tray struct {
	Address  Opt[string]
	Expected []string

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *tray) properties(c *codec) {
	c.optString(`"address":`, &v.Address)
	c.strings(`"expected":`, &v.Expected)
}
func (v *tray) rest() rest { return rest{"#test.tray", nil, nil, &v.AdditionalProperties, &v.nulls} }
func (v *tray) uploadState() uploadState {
	return uploadState{v.Address.Or(""), "expected", v.Expected}
}

// uploadHost is a host that takes contents in pieces. It keeps what it got, and says what it expects.
type uploadHost struct {
	*httptest.Server
	t    *testing.T
	size int64

	mu    sync.Mutex
	data  []byte
	have  []bool
	lines []string // requests, as "PUT 0-4/10"
	// script are answers in place of the host's own, by the number of the request; keep says that the piece counts all the same.
	script map[int]reply
	keep   map[int]bool
}

func newUploadHost(t *testing.T, size int) *uploadHost {
	s := &uploadHost{t: t, size: int64(size), data: make([]byte, size), have: make([]bool, size), script: map[int]reply{}, keep: map[int]bool{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *uploadHost) session(expected ...string) *tray {
	return &tray{Address: Some(s.URL + "/up/TOPSECRET?x=1"), Expected: expected}
}

func (s *uploadHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Header.Get("Authorization") != "" || r.URL.RequestURI() != "/up/TOPSECRET?x=1" {
		s.t.Errorf("%s %s came with %v", r.Method, r.URL, r.Header)
	}
	body, _ := io.ReadAll(r.Body)
	n := len(s.lines)
	s.lines = append(s.lines, strings.TrimSpace(r.Method+" "+strings.TrimPrefix(r.Header.Get("Content-Range"), "bytes ")))
	answer, scripted := s.script[n]
	if r.Method == http.MethodPut && (!scripted || s.keep[n]) {
		s.take(r.Header.Get("Content-Range"), body)
	}
	switch {
	case answer.drop:
		panic(http.ErrAbortHandler)
	case scripted:
		for name, value := range answer.header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(answer.status)
		io.WriteString(w, answer.body)
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodPut && s.expected() == "[]":
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"id":"NEW","name":"whole"}`)
	default:
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprintf(w, `{"expected":%s}`, s.expected())
	}
}

func (s *uploadHost) take(contentRange string, body []byte) {
	var first, last, total int64
	if _, err := fmt.Sscanf(contentRange, "bytes %d-%d/%d", &first, &last, &total); err != nil || total != s.size || last-first+1 != int64(len(body)) {
		s.t.Errorf("%q came with %d bytes", contentRange, len(body))
		return
	}
	copy(s.data[first:], body)
	for i := first; i <= last; i++ {
		s.have[i] = true
	}
}

// expected are the ranges that the host lacks, as JSON.
func (s *uploadHost) expected() string {
	list := []string{}
	for i := 0; i < len(s.have); i++ {
		start := i
		for ; i < len(s.have) && !s.have[i]; i++ {
		}
		if i > start && i == len(s.have) {
			list = append(list, strconv.Itoa(start)+"-")
		} else if i > start {
			list = append(list, fmt.Sprintf("%d-%d", start, i-1))
		}
	}
	text, _ := json.Marshal(list)
	return string(text)
}

func contentOf(size int) []byte {
	content := make([]byte, size)
	for i := range content {
		content[i] = byte(i * 7 / 3)
	}
	return content
}

func runUpload(t *testing.T, s *uploadHost, session any, content []byte, options ...UploadOption) (*Result[*gadget], error) {
	t.Helper()
	client := serve(t).client
	return upload(t.Context(), client, session, bytes.NewReader(content), int64(len(content)), readGadget, options)
}

func TestUpload(t *testing.T) {
	const unit = uploadUnit
	lost := reply{drop: true}
	tests := []struct {
		name     string
		size     int
		expected []string // of the session
		had      int      // what the host has already
		piece    int
		script   map[int]reply
		keep     map[int]bool
		lines    []string
		progress []int64
	}{
		{name: "one piece", size: 5, expected: []string{"0-"}, lines: []string{"PUT 0-4/5"}, progress: []int64{5}},
		{name: "one byte", size: 1, expected: []string{"0-"}, lines: []string{"PUT 0-0/1"}, progress: []int64{1}},
		{name: "a number alone for a range", size: 5, expected: []string{"0"}, lines: []string{"PUT 0-4/5"}, progress: []int64{5}},
		{name: "a multiple of the piece", size: 2 * unit, expected: []string{"0-"}, piece: unit,
			lines: []string{"PUT 0-327679/655360", "PUT 327680-655359/655360"}, progress: []int64{unit, 2 * unit}},
		{name: "a rest", size: 2*unit + 1, expected: []string{"0-"}, piece: 2 * unit,
			lines: []string{"PUT 0-655359/655361", "PUT 655360-655360/655361"}, progress: []int64{2 * unit, 2*unit + 1}},
		{name: "a session of which the address alone was kept", size: unit + 2, had: unit, piece: unit,
			lines: []string{"GET", "PUT 327680-327681/327682"}, progress: []int64{unit + 2}},
		{name: "a session that is older than what was sent", size: unit + 2, expected: []string{"0-"}, had: unit, piece: unit,
			script: map[int]reply{0: {status: 416}},
			lines:  []string{"PUT 0-327679/327682", "GET", "PUT 327680-327681/327682"}, progress: []int64{unit, unit + 2}},
		{name: "failures of the service, and a lost connection", size: 5, expected: []string{"0-"},
			script: map[int]reply{0: {status: 500}, 1: {status: 503}, 2: lost},
			lines:  []string{"PUT 0-4/5", "PUT 0-4/5", "PUT 0-4/5", "PUT 0-4/5"}, progress: []int64{5}},
		{name: "a piece whose answer is lost", size: unit + 2, expected: []string{"0-"}, piece: unit,
			script: map[int]reply{0: lost, 1: {status: 416}}, keep: map[int]bool{0: true},
			lines: []string{"PUT 0-327679/327682", "PUT 0-327679/327682", "GET", "PUT 327680-327681/327682"}, progress: []int64{unit, unit + 2}},
		{name: "answers that do not say what is expected", size: unit + 2, expected: []string{"0-"}, piece: unit,
			script: map[int]reply{0: {status: 200}}, keep: map[int]bool{0: true},
			lines: []string{"PUT 0-327679/327682", "PUT 327680-327681/327682"}, progress: []int64{unit, unit + 2}},
		{name: "a piece that the service wants again", size: unit + 2, expected: []string{"0-"}, piece: unit,
			script: map[int]reply{0: {status: 202, body: `{"Expected":["0-"]}`}},
			lines:  []string{"PUT 0-327679/327682", "PUT 0-327679/327682", "PUT 327680-327681/327682"}, progress: []int64{0, unit, unit + 2}},
		{name: "ranges that leave holes", size: 10, expected: []string{"7-", "0-2", "2-3"},
			lines: []string{"PUT 0-3/10", "PUT 4-9/10"}, progress: []int64{4, 10}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			content, s := contentOf(tt.size), newUploadHost(t, tt.size)
			copy(s.data, content[:tt.had])
			for i := range tt.had {
				s.have[i] = true
			}
			s.script, s.keep = tt.script, tt.keep
			var progress []int64
			options := []UploadOption{UploadProgress(func(done, total int64) {
				if progress = append(progress, done); total != int64(tt.size) {
					t.Errorf("the total is %d", total)
				}
			})}
			if tt.piece > 0 {
				options = append(options, UploadPieceSize(tt.piece))
			}
			result, err := runUpload(t, s, &Result[*tray]{Value: s.session(tt.expected...)}, content, options...)
			if err != nil || result.Value == nil || result.Value.ID != "NEW" || !bytes.Equal(s.data, content) {
				t.Errorf("%+v, %v", result, err)
			}
			if diff := cmp.Diff(tt.lines, s.lines); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.progress, progress); diff != "" {
				t.Errorf("progress (-want +got):\n%s", diff)
			}
		})
	}
}

// A session that another call finishes has everything, and no item yet.
func TestUploadDeferred(t *testing.T) {
	s := newUploadHost(t, 5)
	s.script[0] = reply{status: http.StatusAccepted, body: `{"expected":[]}`}
	result, err := runUpload(t, s, s.session("0-"), contentOf(5))
	if err != nil || result.Value != nil || !result.Accepted() {
		t.Errorf("%+v, %v", result, err)
	}
	s = newUploadHost(t, 5)
	s.script[0] = reply{status: http.StatusCreated, header: map[string]string{"Location": "https://mail.example/attachments('NEW')"}}
	result, err = runUpload(t, s, s.session("0-"), contentOf(5))
	if err != nil || result.Value != nil || result.ID() != "NEW" {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestUploadFaults(t *testing.T) {
	again := reply{status: 202, body: `{"expected":["0-"]}`}
	tests := []struct {
		name    string
		session *tray // nil: that of the store
		script  map[int]reply
		want    string // {host} is the store's
		is      error
		lines   int
	}{
		{"no address", &tray{}, nil, "upload: the session has no address: it is nil, or not what the service answered", nil, 0},
		{"no URL", &tray{Address: Some("here")}, nil, "upload: the session's address is not a URL", nil, 0},
		{"http", &tray{Address: Some("http://store.example/x")}, nil, "upload: the session's address points to http://store.example, which is not https", nil, 0},
		{"a user", &tray{Address: Some("https://me:pw@store.example/x")}, nil, "upload: the session's address to store.example holds a user name", nil, 0},
		{"a range that is none", &tray{Address: Some("https://store.example/x"), Expected: []string{"x-"}}, nil,
			`upload: the service expects the range "x-" of a content of 5 bytes`, nil, 0},
		{"a session that has expired", nil, map[int]reply{0: {status: 404}},
			"upload: after 0 of 5 bytes: the upload session is gone: PUT (upload session): 404 Not Found", ErrUploadGone, 1},
		{"a session that was cancelled", nil, map[int]reply{0: {status: 410}},
			"upload: after 0 of 5 bytes: the upload session is gone: PUT (upload session): 410 Gone", ErrUploadGone, 1},
		{"no room", nil, map[int]reply{0: {status: 507, body: `{"error":{"code":"quotaLimitReached","message":"Full."}}`}},
			"upload: after 0 of 5 bytes: PUT (upload session): 507 quotaLimitReached: Full.", nil, 1},
		{"a redirect", nil, map[int]reply{0: {status: 307, header: map[string]string{"Location": "https://evil.example/"}}},
			"upload: after 0 of 5 bytes: PUT (upload session): redirects of an upload session are not followed", nil, 1},
		{"another place for what was made", nil, map[int]reply{0: {status: 303, header: map[string]string{"Location": "https://evil.example/"}}},
			"upload: after 0 of 5 bytes: PUT (upload session): redirects of an upload session are not followed", nil, 1},
		{"a claims challenge", nil, map[int]reply{0: {status: 401, header: map[string]string{"WWW-Authenticate": `Bearer claims="e30="`}}},
			"upload: after 0 of 5 bytes: PUT (upload session): 401 Unauthorized; the service asks for a token with other claims", ErrUnauthorized, 1},
		{"an expectation beyond the end", nil, map[int]reply{0: {status: 202, body: `{"expected":["5-"]}`}},
			`upload: after 0 of 5 bytes: PUT (upload session): 202 Accepted: the answer cannot be read: the service expects the range "5-" of a content of 5 bytes`, nil, 1},
		{"expectations that are none", nil, map[int]reply{0: {status: 202, body: `{"expected":7}`}},
			`upload: after 0 of 5 bytes: PUT (upload session): 202 Accepted: the answer cannot be read: json: expected an array, found a number (at byte 0)`, nil, 1},
		{"the same again and again", nil, map[int]reply{0: again, 1: again, 2: again, 3: again, 4: again, 5: again},
			"upload: after 0 of 5 bytes: the service asks again and again for what was sent", nil, 4},
		{"failures without end", nil, map[int]reply{0: {status: 500}, 1: {status: 500}, 2: {status: 500}, 3: {status: 500}, 4: {status: 500}},
			"upload: after 0 of 5 bytes: PUT (upload session): 500 Internal Server Error", ErrOutcomeUnknown, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newUploadHost(t, 5)
			s.script = tt.script
			session := tt.session
			if session == nil {
				session = s.session("0-")
			}
			_, err := runUpload(t, s, session, contentOf(5))
			if got := errorText(err); got != tt.want || strings.Contains(got, "TOPSECRET") {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("%v is no %v", err, tt.is)
			}
			if len(s.lines) != tt.lines {
				t.Errorf("requests: %q", s.lines)
			}
		})
	}
}

// claimsSource would answer any challenge.
type claimsSource struct{ t *testing.T }

func (s claimsSource) Token(context.Context) (string, error) { return testToken, nil }
func (s claimsSource) TokenWithClaims(context.Context, string) (string, error) {
	s.t.Error("a host that gets no token asked for claims")
	return "another-token", nil
}

func TestUploadGetsNoToken(t *testing.T) {
	s := newUploadHost(t, 5)
	s.script[0] = reply{status: 401, header: map[string]string{"WWW-Authenticate": `Bearer claims="e30="`}}
	client, err := NewClient(claimsSource{t}, WithServiceRoot(serve(t).URL+"/v1.0"), NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	_, err = upload(t.Context(), client, s.session("0-"), strings.NewReader("12345"), 5, readGadget, nil)
	if !errors.Is(err, ErrUnauthorized) || len(s.lines) != 1 {
		t.Errorf("%v, %q", err, s.lines)
	}
}

// badReader ends or fails at a byte.
type badReader struct {
	good int64
	err  error
}

func (r badReader) ReadAt(p []byte, off int64) (int, error) {
	n := min(int64(len(p)), max(r.good-off, 0))
	if n < int64(len(p)) {
		return int(n), r.err
	}
	return int(n), nil
}

func TestUploadContent(t *testing.T) {
	tests := []struct {
		name    string
		content io.ReaderAt
		size    int64
		option  UploadOption
		want    string
		is      error
		lines   int
	}{
		{"empty", strings.NewReader(""), 0, nil, "upload: the content is empty, which a session does not take: send it as the content itself", nil, 0},
		{"less than nothing", strings.NewReader(""), -1, nil, "upload: the size is -1", nil, 0},
		{"nil", nil, 5, nil, "upload: the content is nil", nil, 0},
		{"content that shrinks", strings.NewReader("123"), 5, nil, "upload: after 0 of 5 bytes: the content ends at byte 3: unexpected EOF", io.ErrUnexpectedEOF, 0},
		{"content that shrinks later", badReader{uploadUnit + 1, io.EOF}, uploadUnit + 5, UploadPieceSize(uploadUnit),
			"upload: after 327680 of 327685 bytes: the content ends at byte 327681: unexpected EOF", io.ErrUnexpectedEOF, 1},
		{"content that cannot be read", badReader{2, io.ErrClosedPipe}, 5, nil,
			"upload: after 0 of 5 bytes: reading the content at byte 0: io: read/write on closed pipe", io.ErrClosedPipe, 0},
		{"a reader that lies", badReader{2, nil}, 5, nil, "upload: after 0 of 5 bytes: the content ends at byte 2: unexpected EOF", io.ErrUnexpectedEOF, 0},
		{"an odd piece", strings.NewReader("12345"), 5, UploadPieceSize(1000),
			"upload: UploadPieceSize: 1000 is not a multiple of 320 KiB (327680 bytes) below 60 MiB", nil, 0},
		{"a large piece", strings.NewReader("12345"), 5, UploadPieceSize(60 << 20),
			"upload: UploadPieceSize: 62914560 is not a multiple of 320 KiB (327680 bytes) below 60 MiB", nil, 0},
		{"no function", strings.NewReader("12345"), 5, UploadProgress(nil), "upload: UploadProgress: the function is nil", nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newUploadHost(t, int(max(tt.size, 0)))
			var options []UploadOption
			if tt.option != nil {
				options = append(options, tt.option)
			}
			_, err := upload(t.Context(), serve(t).client, s.session("0-"), tt.content, tt.size, readGadget, options)
			if got := errorText(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("%v is no %v", err, tt.is)
			}
			if len(s.lines) != tt.lines {
				t.Errorf("requests: %q", s.lines)
			}
		})
	}
}

// Whoever ends the context ends the upload, and can go on with another: what the host has it keeps.
func TestUploadGoesOn(t *testing.T) {
	content, s := contentOf(3*uploadUnit), newUploadHost(t, 3*uploadUnit)
	client := serve(t).client
	ctx, cancel := context.WithCancel(t.Context())
	_, err := upload(ctx, client, s.session("0-"), bytes.NewReader(content), s.size, readGadget, []UploadOption{
		UploadPieceSize(uploadUnit), UploadProgress(func(int64, int64) { cancel() })})
	if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "upload: after 327680 of 983040 bytes: ") {
		t.Errorf("%v", err)
	}
	result, err := runUpload(t, s, s.session(), content)
	if err != nil || result.Value.ID != "NEW" || !bytes.Equal(s.data, content) {
		t.Errorf("%+v, %v", result, err)
	}
	if diff := cmp.Diff([]string{"PUT 0-327679/983040", "GET", "PUT 327680-983039/983040"}, s.lines); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestCancelUpload(t *testing.T) {
	s := newUploadHost(t, 5)
	client := serve(t).client
	if err := cancelUpload(t.Context(), client, s.session()); err != nil {
		t.Error(err)
	}
	s.script = map[int]reply{1: {status: 404}, 2: {status: 403}}
	if err := cancelUpload(t.Context(), client, &Result[*tray]{Value: s.session()}); err != nil {
		t.Error(err)
	}
	if err := cancelUpload(t.Context(), client, s.session()); errorText(err) != "upload: DELETE (upload session): 403 Forbidden" {
		t.Error(err)
	}
	if err := cancelUpload(t.Context(), client, (*Result[*tray])(nil)); err == nil {
		t.Error("no error for nil")
	}
	if diff := cmp.Diff([]string{"DELETE", "DELETE", "DELETE"}, s.lines); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}
