package graphtest

import (
	"io"
	"net/http"
)

// content is a body that is no JSON.
func content(in *request, _ decoder) (any, error) { return in.body, nil }

// text is a body that is text.
func text(in *request, _ decoder) (any, error) { return string(in.body), nil }

// stream answers with raw content, an io.Reader.
func stream(_ *request, v any) *answer {
	content, ok := v.(io.Reader)
	if !ok {
		return nothing()
	}
	a := answerWith(http.StatusOK, "Content-Type", "application/octet-stream")
	a.stream = content
	return a
}

// plain answers with text, a string.
func plain(_ *request, v any) *answer {
	text, _ := v.(string)
	a := answerWith(http.StatusOK, "Content-Type", "text/plain; charset=utf-8")
	a.body = []byte(text)
	return a
}
