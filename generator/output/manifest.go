package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
)

// ManifestName is the file in each output folder that lists what graphslice wrote there. It is committed with the package.
const ManifestName = ".graphslice.json"

// manifest maps the names of our files to the SHA-256 of their text in hexadecimal.
type manifest struct {
	Files map[string]string `json:"files"`
}

// newManifest returns the text of the manifest that lists files: indented JSON, sorted by name.
func newManifest(files []File) ([]byte, error) {
	m := manifest{Files: make(map[string]string, len(files))}
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		m.Files[f.Name] = hex.EncodeToString(sum[:])
	}
	data, err := json.MarshalIndent(m, "", "  ")
	return append(data, '\n'), err
}

// readManifest returns the manifest of dir, an empty one if there is none. The error is a diag.List.
func readManifest(dir string) (manifest, error) {
	path := filepath.Join(dir, ManifestName)
	data, err := readRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err != nil {
		return manifest{}, err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return manifest{}, fault(path, "bad-manifest", "restore it from version control, or remove it and the generated files",
			"not a list of generated files: %v", err)
	}
	for name := range m.Files {
		if !isPlainName(name) {
			return manifest{}, fault(path, "bad-manifest", "it lists the files of its own folder only: restore it from version control",
				"%q is not a file of this folder", name)
		}
	}
	return m, nil
}

// isPlainName reports whether name is a file's name and nothing else: no folder, no drive, no "..".
func isPlainName(name string) bool {
	return name != "" && filepath.IsLocal(name) && name != "." && !strings.ContainsAny(name, `/\:`+"\x00")
}

// readRegular reads a file that is neither a folder nor a link to somewhere else. The error is a diag.List, or
// fs.ErrNotExist.
func readRegular(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, ioFault(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fault(path, "file-in-the-way", "move it away, or generate into another folder",
			"it is %s, and a generated file belongs here", describe(info.Mode()))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, ioFault(path, err)
	}
	return data, nil
}

// describe names what is not a regular file.
func describe(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	}
	return "not a regular file"
}

// fault is one finding about a path as an error.
func fault(path, code, hint, format string, args ...any) error {
	var l diag.List
	l.Errorf(diag.Pos{File: path}, code, format, args...)
	l[0].Hint = hint
	return l
}

// ioFault is what the operating system says about a path as an error.
func ioFault(path string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch { // the path is said already
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return fault(path, "io", "", "%v", err)
}
