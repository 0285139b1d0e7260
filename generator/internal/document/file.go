package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Files is a file system: the disk, or an os.Root.
type Files interface {
	Open(name string) (*os.File, error)
	Stat(name string) (fs.FileInfo, error)
}

// Disk is every file that the user may open.
type Disk struct{}

// Open is os.Open.
func (Disk) Open(name string) (*os.File, error) { return os.Open(name) }

// Stat is os.Stat.
func (Disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// ReadFile returns the content of a regular file of at most so many bytes. Its errors do not repeat the name.
func ReadFile(files Files, name string, most int64) ([]byte, error) {
	info, err := files.Stat(name) // before opening: opening a pipe may block
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file")
	case err != nil:
		return nil, fmt.Errorf("the file cannot be opened: %w", WithoutPath(err))
	case info.IsDir():
		return nil, errors.New("this is a directory, not a file")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is not a regular file")
	case info.Size() > most:
		return nil, fmt.Errorf("the file is too large: %d MiB", info.Size()>>20)
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be opened: %w", WithoutPath(err))
	}
	defer f.Close()
	var data bytes.Buffer
	data.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := data.ReadFrom(io.LimitReader(f, most)); err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", WithoutPath(err))
	}
	return data.Bytes(), nil
}

// WithoutPath takes the cause out of an error that begins with the operation and the path.
func WithoutPath(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
