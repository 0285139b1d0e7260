// Package fetch reads a document from a file or from the network: metadata or a whole OpenAPI document, of tens of
// megabytes, plain or compressed with gzip.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

const (
	defaultTimeout = 5 * time.Minute
	defaultSilence = time.Minute
	defaultMaxSize = 256 << 20
)

// Options say how to read. The zero value is ready for use.
type Options struct {
	// Timeout is how long a URL may take in all; 0 stands for five minutes.
	Timeout time.Duration
	// Silence is how long a server may send nothing; 0 stands for one minute.
	Silence time.Duration
	// MaxSize is how many bytes a document may have, as it is sent and once it is uncompressed; 0 stands for 256 MiB.
	MaxSize int64
	// CacheDir is the folder where documents are kept that a server gave an ETag to, so that they are sent again only
	// after they have changed; "" stands for graphslice in the user's cache folder (os.UserCacheDir).
	CacheDir string
	// Progress is the terminal to show the progress on, in a line that is gone at the end; nil shows none.
	Progress io.Writer
	// Transport is what requests go through; nil stands for http.DefaultTransport.
	Transport http.RoundTripper
	// Flag is what the flag is called that says From, without dashes; "" stands for from.
	Flag string
	// From has files that answer addresses instead of the network. If there is one, the network is not asked for any other
	// address either.
	From map[string]string
	// Offline: the network is not asked at all.
	Offline bool
	// Answered, if it is not nil, is called with each key of From that is used.
	Answered func(address string)
}

// Read returns the document at source: the path of a file, or a URL. The data is nil if the list has errors; each of them
// names the source.
//
// A URL must be https, and must not lead to another that isn't; only this machine itself may be asked with plain http.
func Read(ctx context.Context, source string, opts Options) ([]byte, diag.List) {
	if opts.Timeout == 0 {
		opts.Timeout = defaultTimeout
	}
	if opts.Silence == 0 {
		opts.Silence = defaultSilence
	}
	if opts.MaxSize == 0 {
		opts.MaxSize = defaultMaxSize
	}
	r := reader{opts: opts, source: source}
	if IsURL(source) {
		if data, done := r.readOffline(); done {
			return data, r.diags
		}
		return r.readURL(ctx)
	}
	return r.readFile()
}

// IsURL reports whether Read would ask the network for source.
func IsURL(source string) bool { return strings.Contains(source, "://") }

// reader reads one document.
type reader struct {
	opts   Options
	source string
	diags  diag.List
	// heard is called when the server sends something.
	heard func()
}

// fail adds an error and returns what Read returns then.
func (r *reader) fail(code, hint, format string, args ...any) ([]byte, diag.List) {
	r.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: Name(r.source)}, Severity: diag.Error, Code: code,
		Message: Shown(fmt.Sprintf(format, args...)), Hint: hint})
	return nil, r.diags
}

const (
	codeFile = "unreadable-file"
	codeURL  = "unreadable-url"
)

func (r *reader) readFile() ([]byte, diag.List) {
	data, err := File(r.source, r.opts.MaxSize)
	switch {
	case err != nil:
		return r.fail(codeFile, "", "%v", err)
	case len(data) == 0:
		return r.fail(codeFile, "", "the file is empty")
	case isHTML(data):
		return r.fail(codeFile, "the document is XML, YAML or JSON; a browser saves it with \"Save link as\"", "this is a web page (HTML), not a document")
	}
	return data, r.diags
}

// File reads a file of at most limit bytes, compressed or not, also one that is a pipe or a device. Its errors do not repeat the path.
func File(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file")
	case err != nil:
		return nil, withoutPath(err)
	case info.IsDir():
		return nil, errors.New("this is a folder, not a file")
	case info.Size() > limit:
		return nil, tooLarge("file", limit)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer file.Close()
	data, err := plain(&limited{file, limit}, info.Size(), limit)
	if errors.Is(err, errTooMuch) {
		return nil, tooLarge("file", limit)
	}
	return data, withoutPath(err)
}

func withoutPath(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return fmt.Errorf("the file cannot be read: %w", pathErr.Err)
	}
	return err
}

func tooLarge(what string, limit int64) error {
	return fmt.Errorf("the %s has more than %s", what, size(limit))
}

// size writes a number of bytes in the unit that suits it.
func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}
