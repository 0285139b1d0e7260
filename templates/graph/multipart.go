package graph

import (
	"bytes"
	"errors"
	"mime/multipart"
)

// MultipartBody is a body of several parts, which knows the boundary between them.
type MultipartBody struct {
	*bytes.Reader
	contentType string
}

// ContentType returns the media type with the boundary.
func (b *MultipartBody) ContentType() string { return b.contentType }

// Multipart makes a body of several parts (multipart/form-data), which write gives to the writer:
//
//	body, err := graph.Multipart(func(w *multipart.Writer) error {
//		if err := w.WriteField("name", "Quarterly report"); err != nil {
//			return err
//		}
//		part, err := w.CreateFormFile("file", "report.pdf")
//		if err != nil {
//			return err
//		}
//		_, err = io.Copy(part, file)
//		return err
//	})
//
// The body is held in memory. One that is too large for that is any io.Reader, with the writer's FormDataContentType
// given by Header("Content-Type", …).
func Multipart(write func(w *multipart.Writer) error) (*MultipartBody, error) {
	if write == nil {
		return nil, errors.New("Multipart: the function is nil")
	}
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	if err := write(w); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return &MultipartBody{bytes.NewReader(buf.Bytes()), w.FormDataContentType()}, nil
}
