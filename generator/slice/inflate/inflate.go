// Package inflate uncompresses documents that come as gzip files, within a limit.
package inflate

import (
	"bytes"
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
		return nil, fmt.Errorf("the gzip file holds more than %d MiB", limit>>20)
	}
	return b.Bytes(), nil
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
