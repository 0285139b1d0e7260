package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// cache keeps one document: in a file, with what is known about it in a second. Several processes may use it at once:
// files are replaced, never changed, and a document that does not fit what is known about it is not used.
type cache struct {
	url  string // its hash
	dir  string
	name string // of the files, without their extension
}

// cacheEntry is what is known about a document.
type cacheEntry struct {
	// URL is the hash of the address, which may have a signature in it.
	URL    string `json:"url"`
	ETag   string `json:"etag"`
	SHA256 string `json:"sha256"`
}

// openCache returns the cache for a URL. Without a folder to keep it in, it is always empty.
func openCache(dir string, u *url.URL) cache {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return cache{}
		}
		dir = filepath.Join(user, "graphslice")
	}
	return cache{url: hash([]byte(u.String())), dir: dir, name: hash([]byte(u.String()))[:32]}
}

// etag returns the ETag of the document that is kept; "" if there is none, or one that cannot be used.
func (c cache) etag(limit int64) string {
	entry, ok := c.entry()
	if !ok {
		return ""
	}
	file, err := openRegular(c.path(".data"))
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if n, err := io.Copy(sum, io.LimitReader(file, limit+1)); err != nil || n > limit || hex.EncodeToString(sum.Sum(nil)) != entry.SHA256 {
		return ""
	}
	return entry.ETag
}

// read returns the document; nil if there is none, or one that cannot be used.
func (c cache) read(limit int64) []byte {
	entry, ok := c.entry()
	if !ok {
		return nil
	}
	file, err := openRegular(c.path(".data"))
	if err != nil {
		return nil
	}
	defer file.Close()
	data, err := readAll(file, -1, limit)
	if err != nil || hash(data) != entry.SHA256 {
		return nil
	}
	return data
}

// maxEntry is more than what is known about a document takes, in bytes.
const maxEntry = 64 << 10

// entry returns what is known about the document, if it is of this address.
func (c cache) entry() (cacheEntry, bool) {
	var entry cacheEntry
	if c.dir == "" {
		return entry, false
	}
	file, err := openRegular(c.path(".json"))
	if err != nil {
		return entry, false
	}
	defer file.Close()
	text, err := readAll(file, -1, maxEntry)
	return entry, err == nil && json.Unmarshal(text, &entry) == nil && entry.URL == c.url
}

// openRegular opens a file that is no folder, pipe or device.
func openRegular(path string) (*os.File, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fs.ErrInvalid)
	}
	return os.Open(path)
}

// write keeps a document, if it has an ETag.
func (c cache) write(data []byte, etag string) error {
	if c.dir == "" || etag == "" {
		return nil
	}
	text, err := json.MarshalIndent(cacheEntry{URL: c.url, ETag: etag, SHA256: hash(data)}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return err
	}
	if err := replace(c.path(".data"), data); err != nil {
		return err
	}
	return replace(c.path(".json"), append(text, '\n'))
}

func (c cache) path(extension string) string { return filepath.Join(c.dir, c.name+extension) }

// replace writes a file in one step.
func replace(path string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // fails once it is renamed
	_, err = temp.Write(data)
	if closeErr := temp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
