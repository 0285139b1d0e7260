// Package inflate uncompresses documents that come as gzip files, within a limit.
package inflate

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// maxRatio is how many bytes a byte of a gzip file can stand for.
const maxRatio = 1032

// Bytes returns what a gzip file holds, and anything else as it is. It is an error if the file is damaged, cut short, or
// holds more than limit bytes. The error does not say which file it is about.
func Bytes(data []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, damaged(err)
	}
	var b bytes.Buffer
	b.Grow(sizeHint(data, limit))
	n, err := io.Copy(&b, io.LimitReader(reader, limit+1))
	if err != nil {
		return nil, damaged(err)
	}
	if n > limit {
		return nil, TooMuch(limit)
	}
	return b.Bytes(), nil
}

// TooMuch is the error that a gzip file holds more than limit bytes.
func TooMuch(limit int64) error { return fmt.Errorf("the gzip file holds more than %d MiB", limit>>20) }

// Reader reads what a gzip file holds, and anything else as it is; zipped says which. Errors of r itself come through.
func Reader(r io.Reader) (plain io.Reader, zipped bool, err error) {
	buffered := bufio.NewReader(r)
	if head, _ := buffered.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return buffered, false, nil
	}
	source := &source{reader: buffered}
	unzipped, err := gzip.NewReader(source)
	if err != nil {
		return nil, true, source.explain(err)
	}
	return &unzipping{unzipped, source}, true, nil
}

// source remembers why reading ended.
type source struct {
	reader *bufio.Reader
	err    error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.reader.Read(b)
	s.err = cmp.Or(err, s.err)
	return n, err
}

func (s *source) ReadByte() (byte, error) {
	b, err := s.reader.ReadByte()
	s.err = cmp.Or(err, s.err)
	return b, err
}

// explain is the reason why what is unzipped ended with err: the source's, if that did not come to its end.
func (s *source) explain(err error) error {
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return s.err
	}
	return damaged(err)
}

type unzipping struct {
	reader io.Reader
	source *source
}

func (u *unzipping) Read(b []byte) (int, error) {
	n, err := u.reader.Read(b)
	if err != nil && err != io.EOF {
		err = u.source.explain(err)
	}
	return n, err
}

// sizeHint is the size that the file's last four bytes tell, as far as it can be true.
func sizeHint(data []byte, limit int64) int {
	if len(data) < 8 {
		return 0
	}
	told := int64(binary.LittleEndian.Uint32(data[len(data)-4:]))
	return int(min(told, limit, int64(len(data))*maxRatio)) + bytes.MinRead
}

func damaged(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the gzip file ends early")
	}
	return fmt.Errorf("the gzip file is damaged: %w", err)
}
