package graphtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/templates/graph"
)

func TestContent(t *testing.T) {
	srv, told := newTestServer(t)
	address := srv.Content([]byte("the scan"))
	scan := func(context.Context, Call) (io.Reader, error) { return nil, Redirect(address) }
	on(srv.at("/orders").by("/{order-id}", "1").add("/scan"), "GET", answers([]Handler[io.Reader]{scan}), stream)
	client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithHTTPClient(srv.HTTPClient()))
	if err != nil {
		t.Fatal(err)
	}
	srv.Fault(Reset).On("GET", address).Next(1)
	var data []byte
	if _, err := client.Do(t.Context(), http.MethodGet, "/orders/1/scan", nil, &data); err != nil || string(data) != "the scan" {
		t.Errorf("%q %v", data, err)
	}
	if errs := told.errors; len(errs) > 0 {
		t.Error(errs)
	}
	for _, ask := range []struct {
		method, header, value string
		status                int
		want                  string
	}{
		{"GET", "Range", "bytes=4-", 206, "scan"},
		{"HEAD", "Range", "", 200, ""},
		{"POST", "Range", "", 405, `{"error":{"code":"MethodNotAllowed","message":"The content can be read only."}}`},
		{"GET", "Authorization", "Bearer t0ken", 401, `{"error":{"code":"unauthenticated","message":"No token is taken here."}}`},
	} {
		headers := []string{"Authorization", "", ask.header, ask.value}
		if status, body := send(t, srv, ask.method, address, "", headers...); status != ask.status || body != ask.want {
			t.Errorf("%v: %d %s", ask, status, body)
		}
	}
	if want := []string{"graphtest: GET " + address + ": a token has been sent to another host"}; !slices.Equal(told.end(), want) {
		t.Errorf("%q", told.errors)
	}
}

func TestUpload(t *testing.T) {
	const unit = 320 << 10
	long := strings.Repeat("x", unit)
	type step struct {
		method, piece, ranges string
		status                int
		want                  string // a part of the answer
	}
	put := func(piece string, first, size, status int, want string) step {
		return step{"PUT", piece, fmt.Sprintf("bytes %d-%d/%d", first, first+len(piece)-1, size), status, want}
	}
	refused := "PUT https://upload.graphtest.example/1: "
	tests := map[string]struct {
		result any
		fail   error
		steps  []step
		told   []string
	}{
		"pieces": {map[string]string{"id": "7"}, nil, []step{
			{"GET", "", "", 200, `"nextExpectedRanges":["0-"]`},
			put(long, 0, unit+4, 202, `"nextExpectedRanges":["327680-"]`),
			put(long, 0, unit+4, 416, "Byte 327680 is expected, and the piece begins with 0."),
			{"GET", "", "", 200, `"nextExpectedRanges":["327680-"]`},
			put("last", unit, unit+4, 201, `{"id":"7"}`),
			{"GET", "", "", 404, "itemNotFound"},
		}, nil},
		"at once and nothing":  {nil, nil, []step{put("last", 0, 4, 201, "")}, nil},
		"an error":             {nil, &graph.Error{StatusCode: 507, Code: "quota"}, []step{put("last", 0, 4, 507, "quota")}, nil},
		"an answer of its own": {nil, CreatedAt("7"), []step{put("last", 0, 4, 201, "")}, nil},
		"cancelled":            {nil, nil, []step{{"DELETE", "", "", 204, ""}, put("last", 0, 4, 404, "itemNotFound")}, nil},
		"out of order":         {nil, nil, []step{put("last", unit, unit+4, 416, "Byte 0 is expected, and the piece begins with 327680.")}, nil},
		"another method":       {nil, nil, []step{{"POST", "", "", 405, "MethodNotAllowed"}}, nil},
		"no range": {nil, nil, []step{{"PUT", "last", "", 400, "invalidRequest"}}, []string{
			refused + "The Content-Range header is missing or malformed: ''."}},
		"wrong range": {nil, nil, []step{{"PUT", "last", "bytes 0-4/4", 400, "invalidRequest"}, {"PUT", "last", "bytes 3-0/4", 400, "invalidRequest"},
			{"PUT", "last", "bytes 0-4/9", 400, "invalidRequest"}}, []string{
			refused + "The Content-Range header is missing or malformed: 'bytes 0-4/4'.", refused + "The Content-Range header is missing or malformed: 'bytes 3-0/4'.",
			refused + "The Content-Range header tells 5 bytes, and 4 have come."}},
		"small pieces": {nil, nil, []step{put("piece", 0, 10, 400, "invalidRequest")}, []string{
			refused + "The piece has 5 bytes, which is not a multiple of 320 KiB."}},
		"another size": {nil, nil, []step{put(long, 0, unit+4, 202, ""), put("last5", unit, unit+5, 400, "")}, []string{
			refused + "The Content-Range header tells that the whole has 327685 bytes, and did tell 327684."}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv, told := newTestServer(t)
			whole := ""
			address := srv.Upload(func(content []byte) (any, error) {
				whole = string(content)
				return test.result, test.fail
			})
			for i, s := range test.steps {
				headers := []string{"Authorization", ""}
				if s.ranges != "" {
					headers = append(headers, "Content-Range", s.ranges)
				}
				status, body := send(t, srv, s.method, address, s.piece, headers...)
				if status != s.status || !strings.Contains(body, s.want) || status == 201 && s.want == "" && body != "" {
					t.Errorf("step %d: %d %s", i, status, body)
				}
				if status == 201 && !strings.HasSuffix(whole, "last") {
					t.Errorf("step %d: %d bytes came", i, len(whole))
				}
			}
			errs := told.end()
			for i := range errs {
				errs[i] = strings.TrimPrefix(errs[i], "graphtest: ")
			}
			if !slices.Equal(errs, test.told) {
				t.Errorf("the test is told %q", errs)
			}
		})
	}
}

// Redirect says what it is to those who take it for an error.
func TestRedirectIsAnAnswer(t *testing.T) {
	var answer outcome
	if err := Redirect("https://x.example"); !errors.As(err, &answer) || err.Error() != "an answer of graphtest" {
		t.Error(err)
	}
}

// A range that is understood is one of the whole, and written as it was.
func FuzzContentRange(f *testing.F) {
	f.Add("bytes 0-25/128")
	f.Add("bytes 327680-655359/655360")
	f.Fuzz(func(t *testing.T, text string) {
		first, last, size, ok := contentRange(text)
		if ok && (first < 0 || last < first || size <= last) {
			t.Errorf("%q: %d to %d of %d", text, first, last, size)
		}
	})
}
