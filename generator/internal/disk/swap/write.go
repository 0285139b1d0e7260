package swap

import (
	"errors"
	"io/fs"
	"os"
	"sync"
)

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
