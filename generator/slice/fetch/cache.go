package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
)

// cache keeps one document: in a file, with what is known about it in a second. Several processes may use it at once:
// files are replaced, never changed, and a document that does not fit what is known about it is not used.
type cache struct {
	url  string
	dir  string
	name string // of the files, without their extension
}

// cacheEntry is what is known about a document.
type cacheEntry struct {
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
	return cache{url: u.String(), dir: dir, name: hash([]byte(u.String()))[:32]}
}

// read returns the document and its ETag; "" if there is none.
func (c cache) read() (data []byte, etag string) {
	if c.dir == "" {
		return nil, ""
	}
	var entry cacheEntry
	text, err := os.ReadFile(c.path(".json"))
	if err != nil || json.Unmarshal(text, &entry) != nil {
		return nil, ""
	}
	data, err = os.ReadFile(c.path(".data"))
	if err != nil || hash(data) != entry.SHA256 {
		return nil, ""
	}
	return data, entry.ETag
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
