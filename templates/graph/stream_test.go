package graph

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGetStream(t *testing.T) {
	s := serve(t,
		reply{body: "\x00\x01content"}, reply{status: 404, body: `{"error":{"code":"X"}}`},
		reply{status: 302, header: location("/v1.0/content")}, reply{body: "moved"})
	content, err := getStream(t.Context(), s.gadgets().add("/$value"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if got, err := io.ReadAll(content); string(got) != "\x00\x01content" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if got := s.sent()[0].header.Get("Accept"); got != "*/*" {
		t.Errorf("Accept %q", got)
	}
	if _, err = getStream(t.Context(), s.gadgets().add("/$value"), nil, nil); s.text(err) != "GET /v1.0/gadgets/$value: 404 X" {
		t.Errorf("error %v", err)
	}
	moved, err := getStream(t.Context(), s.gadgets().add("/$value"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer moved.Close()
	if got, err := io.ReadAll(moved); string(got) != "moved" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestStreamsAreNotLimited(t *testing.T) {
	s := serve(t, reply{body: "0123456789"})
	s.client.maxBody = 5
	content, err := getStream(t.Context(), s.gadgets(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if got, err := io.ReadAll(content); string(got) != "0123456789" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestGetText(t *testing.T) {
	s := serve(t, reply{body: byteOrderMark + "<html>é"})
	got, err := getText(t.Context(), s.gadgets().add("/content"), nil, nil)
	if got != "<html>é" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestSendStreamErrors(t *testing.T) {
	s := serve(t, reply{status: 413}, reply{status: 204})
	err := sendStream(t.Context(), s.gadgets().add("/$value"), "PUT", "a\nb", nil, nil)
	if got, want := s.text(err), `PUT /v1.0/gadgets/$value: the content type "a\nb" cannot be sent`; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	err = sendStream(t.Context(), s.gadgets().add("/$value"), "PUT", "", nil, nil)
	if got, want := s.text(err), "PUT /v1.0/gadgets/$value: 413 Request Entity Too Large"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	err = sendStream(t.Context(), s.gadgets().add("/$value"), "PUT", "image/png", nil, []CallOption{Header("Content-Type", "image/jpeg")})
	if err != nil {
		t.Error(err)
	}
	got := []string{s.sent()[0].header.Get("Content-Type"), s.sent()[1].header.Get("Content-Type")}
	if diff := cmp.Diff([]string{"application/octet-stream", "image/jpeg"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCount(t *testing.T) {
	tests := []struct {
		body string
		want int64
		err  string
	}{
		{body: "42", want: 42},
		{body: byteOrderMark + "7\r\n", want: 7},
		{body: "", err: "GET /v1.0/gadgets/$count: 200 OK: the answer cannot be read: it is not a count"},
		{body: "<html>", err: "GET /v1.0/gadgets/$count: 200 OK: the answer cannot be read: it is not a count"},
		{body: "99999999999999999999", err: "GET /v1.0/gadgets/$count: 200 OK: the answer cannot be read: it is not a count"},
	}
	for _, test := range tests {
		s := serve(t, reply{body: test.body})
		got, err := count(t.Context(), s.gadgets().add("/$count"), nil, nil)
		if got != test.want || s.text(err) != test.err {
			t.Errorf("%q: %d, %q, want %d, %q", test.body, got, s.text(err), test.want, test.err)
		}
		if accept := s.sent()[0].header.Get("Accept"); accept != "text/plain" {
			t.Errorf("Accept %q", accept)
		}
	}
}

// TestStreamThatAnswersWithItsEntity returns it, or reads it where the service answers without a body.
func TestStreamThatAnswersWithItsEntity(t *testing.T) {
	s := serve(t, reply{status: 201, body: `{"id":"new"}`}, reply{status: 204}, reply{body: `{"id":"old"}`}, reply{status: 409})
	for _, want := range []string{"new", "old"} {
		at := s.gadgets().add("/content").sending("text/plain", strings.NewReader("x"))
		result, err := send(t.Context(), at, "PUT", nil, readGadget, nil)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := result.Wait(t.Context()); err != nil || v.ID != want {
			t.Errorf("%v, %v, want %s", v, err, want)
		}
	}
	at := s.gadgets().sending("", strings.NewReader("x"))
	if _, err := send(t.Context(), at, "PUT", nil, readGadget, nil); !errors.Is(err, ErrConflict) {
		t.Errorf("error %v", err)
	}
	want := []string{"PUT /v1.0/gadgets/content", "PUT /v1.0/gadgets/content", "GET /v1.0/gadgets", "PUT /v1.0/gadgets"}
	if diff := cmp.Diff(want, s.lines()); diff != "" {
		t.Error(diff)
	}
}

// TestOptionalBody: parameters of which all may be absent need not be given.
func TestOptionalBody(t *testing.T) {
	s := serve(t, reply{status: 204}, reply{status: 204})
	for _, v := range []*gadget{nil, {}} {
		if err := exec(t.Context(), s.gadgets(), "POST", optionalBody(v), nil); err != nil {
			t.Error(err)
		}
	}
	got := s.sent()
	if got[0].body != "" || got[0].header.Get("Content-Type") != "" || got[1].body != "{}" {
		t.Errorf("sent %q and %q", got[0].body, got[1].body)
	}
}

func sendStream(ctx context.Context, r *resource, method, contentType string, body io.Reader, opts []CallOption) error {
	return exec(ctx, r.sending(contentType, body), method, nil, opts)
}

func TestBodiesThatAreNotJSON(t *testing.T) {
	s := serve(t, reply{status: 201, body: `{"id":"1"}`}, reply{status: 503}, reply{body: "<p>done</p>"}, reply{status: 204}, reply{status: 204})
	ctx, at := t.Context(), s.gadgets()
	made, err := send(ctx, at.sendingText("text/html", "<p>a</p>"), http.MethodPost, nil, readGadget, nil)
	if err != nil || made.Value.ID != "1" {
		t.Errorf("%+v, %v", made, err)
	}
	text, err := sendForText(ctx, at.sendingText("text/html", ""), http.MethodPut, nil, nil) // again after a 503
	if err != nil || text != "<p>done</p>" {
		t.Errorf("%q, %v", text, err)
	}
	form, err := Multipart(func(w *multipart.Writer) error {
		return errors.Join(w.SetBoundary("b0undary"), w.WriteField("name", "x"))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := sendStream(ctx, at, http.MethodPost, "multipart/form-data", form, nil); err != nil {
		t.Error(err)
	}
	own := []CallOption{Header("Content-Type", "multipart/form-data; boundary=mine")}
	if err := sendStream(ctx, at, http.MethodPost, "multipart/form-data", strings.NewReader("--mine--"), own); err != nil {
		t.Error(err)
	}
	err = sendStream(ctx, at, http.MethodPost, "multipart/form-data", strings.NewReader("--mine--"), nil)
	want := `POST /v1.0/gadgets: a body of multipart/form-data needs its boundary: make it by Multipart, or give Header("Content-Type", w.FormDataContentType())`
	if errorText(err) != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	var got []string
	for _, r := range s.sent() {
		got = append(got, r.line[:4]+" "+r.header.Get("Content-Type")+" "+r.body)
	}
	if diff := cmp.Diff([]string{
		"POST text/html <p>a</p>", "PUT  text/html ", "PUT  text/html ",
		"POST multipart/form-data; boundary=b0undary --b0undary\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--b0undary--\r\n",
		"POST multipart/form-data; boundary=mine --mine--",
	}, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestMultipartFaults(t *testing.T) {
	if _, err := Multipart(nil); err == nil {
		t.Error("no error for nil")
	}
	if _, err := Multipart(func(*multipart.Writer) error { return io.ErrUnexpectedEOF }); err != io.ErrUnexpectedEOF {
		t.Error(err)
	}
}
