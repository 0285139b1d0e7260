// Package osfile reads from a disk that may hold anything what is to be a file or a folder, and says in diagnostics what it
// is instead.
package osfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// File is a file to be written.
type File struct {
	// Name is the file's name without a folder, or a path, as who writes it says.
	Name string
	// Data is the whole text.
	Data []byte
}

// maxFileSize is more than any lock or generated file has, in bytes.
const maxFileSize = 64 << 20

// ReadLock reads the lock at path; one without entries if there is none. The error is a diag.List.
func ReadLock(path string) (*lock.Lock, error) {
	text, err := ReadRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &lock.Lock{}, nil
	}
	if err != nil {
		return nil, err
	}
	return lock.Parse(path, text)
}

// ReadRegular reads a file that is neither a folder nor a link to somewhere else. The error is a diag.List, or
// fs.ErrNotExist.
func ReadRegular(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, IOFault(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, Fault(path, "file-in-the-way", "move it away, or generate into another folder",
			"it is %s, and a generated file belongs here", describe(info.Mode()))
	}
	if info.Size() > maxFileSize {
		return nil, Fault(path, "file-in-the-way", "move it away, or generate into another folder",
			"it is larger than any generated file: %d MiB", info.Size()>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, IOFault(path, err)
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

// ReadDir returns what is in dir, nothing if there is no such folder. The error is a diag.List.
func ReadDir(dir string) ([]fs.DirEntry, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, IOFault(dir, err)
	}
	if !info.IsDir() {
		return nil, Fault(dir, "file-in-the-way", "name a folder as out", "it is not a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, IOFault(dir, err)
	}
	return entries, nil
}

// Resolve returns the absolute path of dir without symbolic links. What does not exist yet is taken as it is written.
func Resolve(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(dir)
	parent := filepath.Dir(dir)
	if err == nil || !errors.Is(err, fs.ErrNotExist) || parent == dir {
		return real, err
	}
	if info, err := os.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return "", errDangling
	}
	if parent, err = Resolve(parent); err != nil {
		return "", err
	}
	return filepath.Join(parent, filepath.Base(dir)), nil
}

// Fault is one finding about a path as an error.
func Fault(path, code, hint, format string, args ...any) error {
	var l diag.List
	l.Errorf(diag.Pos{File: path}, code, format, args...)
	l[0].Hint = hint
	return l
}

// IOFault is what the operating system says about a path as an error.
func IOFault(path string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch { // the path is said already
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return Fault(path, "io", hintAt(err), "%v", err)
}

// hintAt is what to do about what the operating system says; "" if that is not known.
func hintAt(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "see who it and the folder that it is in belong to, and who may write there: ls -ld"
	case errors.Is(err, errDangling):
		return "make the folder that it leads to, or remove the link"
	}
	return ""
}

// errDangling is the fault of a link to nothing.
var errDangling = errors.New("it is a link to something that is not there")

// Shown is path as messages name it: relative to the working folder if it lies below it.
func Shown(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	cwd, err := os.Getwd()
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(cwd, path)
	if err != nil || !filepath.IsLocal(rel) {
		return path
	}
	return rel
}

// ReadIfThere reads a file; nil if there is none. The error is a diag.List.
func ReadIfThere(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, FileFault(path, err)
	case data == nil:
		data = []byte{}
	}
	return data, nil
}

// FileFault is the error of a file of the user's that cannot be written or read, as a diag.List.
func FileFault(path string, err error) error {
	if inner, ok := err.(*os.PathError); ok {
		err = inner.Err
	}
	return Fault(Shown(path), "file", hintAt(err), "%s", err.Error())
}
