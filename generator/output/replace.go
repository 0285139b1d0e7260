package output

import (
	"errors"
	"os"
	"path/filepath"
)

// Replace writes files, whose names are paths: all of them or, if anything fails, none. Each is written aside first and then
// moved into place in one step, and folders that are missing are made. The error is a diag.List, joined with what could not
// be undone.
func Replace(files []File) error {
	var t transaction
	if err := t.replace(files); err != nil {
		return errors.Join(err, t.rollBack())
	}
	return t.cleanUp()
}

// replace has a folder for each file, beside it: old and new.
func (t *transaction) replace(files []File) error {
	for _, f := range files {
		dir := filepath.Dir(f.Name)
		if err := t.makeDir(dir); err != nil {
			return ioFault(dir, err)
		}
		staging, err := os.MkdirTemp(dir, stagingPrefix)
		if err != nil {
			return ioFault(dir, err)
		}
		t.staging = append(t.staging, staging)
		t.undo = append(t.undo, func() error { return os.RemoveAll(staging) })
		if err := os.WriteFile(filepath.Join(staging, "new"), f.Data, 0o666); err != nil {
			return ioFault(f.Name, err)
		}
	}
	for i, f := range files {
		if _, err := os.Lstat(f.Name); err == nil {
			if err := t.move(f.Name, filepath.Join(t.staging[i], "old")); err != nil {
				return err
			}
		}
		if err := t.move(filepath.Join(t.staging[i], "new"), f.Name); err != nil {
			return err
		}
	}
	return nil
}
