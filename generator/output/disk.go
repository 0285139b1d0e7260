package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/lock"
)

// maxFileSize is more than any lock or generated file has, in bytes.
const maxFileSize = 64 << 20

// ReadLock returns the lock of the package in dir; one without entries if there is none. The error is a diag.List.
func ReadLock(dir string) (*lock.Lock, error) {
	path := filepath.Join(dir, lock.Name)
	text, err := readRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &lock.Lock{}, nil
	}
	if err != nil {
		return nil, err
	}
	return lock.Parse(path, text)
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
	if info.Size() > maxFileSize {
		return nil, fault(path, "file-in-the-way", "move it away, or generate into another folder",
			"it is larger than any generated file: %d MiB", info.Size()>>20)
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

// listDir returns what is in dir, nothing if there is no such folder. The error is a diag.List.
func listDir(dir string) ([]fs.DirEntry, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, ioFault(dir, err)
	}
	if !info.IsDir() {
		return nil, fault(dir, "file-in-the-way", "name a folder as out", "it is not a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, ioFault(dir, err)
	}
	return entries, nil
}

// resolve returns the absolute path of dir without symbolic links. What does not exist yet is taken as it is written.
func resolve(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(dir)
	parent := filepath.Dir(dir)
	if err == nil || !errors.Is(err, fs.ErrNotExist) || parent == dir {
		return real, err
	}
	if parent, err = resolve(parent); err != nil {
		return "", err
	}
	return filepath.Join(parent, filepath.Base(dir)), nil
}

// modeOf is the mode of the file that a new one replaces, or the usual one.
func modeOf(path string) fs.FileMode {
	if info, err := os.Lstat(path); err == nil {
		return info.Mode().Perm()
	}
	return 0o666
}

// create returns a new file with the text, open so that it can be synced whatever its mode.
func create(path string, text []byte, mode fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(text); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// syncAndClose returns when files are on the disk, and not only on their way there. All at once is much faster than one
// after the other.
func syncAndClose(files []*os.File) error {
	errs := make([]error, len(files))
	var all sync.WaitGroup
	for i, f := range files {
		all.Go(func() { errs[i] = errors.Join(f.Sync(), f.Close()) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// syncDir makes renames in a folder last. Where folders cannot be synced, they need not be.
func syncDir(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
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
