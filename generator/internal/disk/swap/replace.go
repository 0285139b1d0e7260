package swap

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// stagingPrefix starts the name of the folder that a file waits in beside the one that it replaces.
const stagingPrefix = ".graphslice-tmp-"

// Replace writes files, whose names are paths: all of them or, if anything fails, none. Each is written aside first and then
// moved into place in one step, and folders that are missing are made. The error is a diag.List, joined with what could not
// be undone.
func Replace(files []File) error {
	var t transaction
	if err := t.replace(files); err != nil {
		return errors.Join(err, t.rollBack())
	}
	return errors.Join(t.clean()...)
}

// replace has a folder for each file, beside it: old and new.
func (t *transaction) replace(files []File) error {
	staged := make([]string, len(files))
	for i, f := range files {
		dir := filepath.Dir(f.Name)
		if err := t.makeDir(dir); err != nil {
			return osfile.IOFault(dir, err)
		}
		staging, err := os.MkdirTemp(dir, stagingPrefix)
		if err != nil {
			return osfile.IOFault(dir, err)
		}
		staged[i] = staging
		remove := func() error { return os.RemoveAll(staging) }
		t.undo, t.cleanUp = append(t.undo, remove), append(t.cleanUp, remove)
		if err := os.WriteFile(filepath.Join(staging, "new"), f.Data, 0o666); err != nil {
			return osfile.IOFault(f.Name, err)
		}
	}
	for i, f := range files {
		if _, err := os.Lstat(f.Name); err == nil {
			if err := t.move(f.Name, filepath.Join(staged[i], "old")); err != nil {
				return err
			}
		}
		if err := t.move(filepath.Join(staged[i], "new"), f.Name); err != nil {
			return err
		}
	}
	return nil
}
