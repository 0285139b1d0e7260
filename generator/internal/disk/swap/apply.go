// Package swap changes folders so that nobody ever finds one half old and half new: folders are exchanged in one step or, where
// that cannot be, a journal says what is to be done, and a run that was killed is brought to its end by the next.
package swap

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// Change is what is to become of one folder. Names are without the folder; one folder below it may stand in front, with a slash.
type Change struct {
	// Dir is the folder as it was named. It need not exist.
	Dir string
	// Write are new files and those that replace others, in the order in which they come; Remove are those that go. Who asks for
	// it has seen to it that they are its own.
	Write  []File
	Remove []string
	// Verify is called when everything is written aside and nothing switched yet. Its error stops the change.
	Verify func() error
}

// File is one file to write.
type File = osfile.File

// Apply makes the changes. Everything new is written aside first; then each folder is switched. If
// anything fails, what was done is undone in all the folders. A process that is killed leaves each folder old or new:
// at once where folders can be exchanged (see shadow), and where they cannot after the next Recover (see journal).
// The error is a diag.List, or Verify's, joined with what could not be undone. One of warnings alone says what could not be cleaned up
// after the changes were made.
func Apply(changes ...Change) error { return new(transaction).apply(changes) }

// transaction remembers what there is to undo and to clean up.
type transaction struct {
	undo    []func() error
	cleanUp []func() error
	// before is called before every step on the disk, by tests that end the process there.
	before func(step string)
	// exchange and remove are those of the system, unless a test has others.
	exchange func(a, b string) error
	remove   func(dir string) error
}

// staging is a change whose new files are written and which can be switched to.
type staging interface{ commit(t *transaction) error }

func (t *transaction) apply(changes []Change) error {
	if err := t.run(changes); err != nil {
		return errors.Join(err, t.rollBack())
	}
	return t.finish("the new files are in place, and what they replace")
}

func (t *transaction) run(changes []Change) error {
	dirs := make([]string, len(changes))
	for i, c := range changes {
		var err error
		if dirs[i], err = osfile.Resolve(c.Dir); err != nil {
			return osfile.IOFault(c.Dir, err)
		}
	}
	staged := make([]staging, len(changes))
	for i, c := range changes {
		var err error
		if staged[i], err = t.stage(c, dirs[i], isAbove(dirs[i], dirs)); err != nil {
			return err
		}
	}
	for _, c := range changes {
		if err := c.Verify(); err != nil {
			return err
		}
	}
	for _, s := range staged {
		if err := s.commit(t); err != nil {
			return err
		}
	}
	return nil
}

// isAbove reports whether a folder of the list is below dir.
func isAbove(dir string, list []string) bool {
	return slices.ContainsFunc(list, func(other string) bool {
		rel, err := filepath.Rel(dir, other)
		return err == nil && rel != "." && filepath.IsLocal(rel)
	})
}

// stage writes the new files of a change for folder dir, which is resolved, in the best way there is for it.
func (t *transaction) stage(c Change, dir string, hasOthersBelow bool) (staging, error) {
	if !hasOthersBelow && isExchangeable(dir) {
		undone := len(t.undo)
		s, err := t.stageShadow(c, dir)
		if err == nil {
			return s, nil
		}
		// Links may be forbidden, or the folder above be read-only. If the disk itself is at fault, the journal says so.
		if err := t.rollBackTo(undone); err != nil {
			return nil, osfile.IOFault(c.Dir, err)
		}
	}
	return t.stageJournal(c, dir)
}

// swap exchanges two folders in one step. Not every file system can.
func (t *transaction) swap(a, b string) error {
	t.step("exchange", a)
	if t.exchange != nil {
		return t.exchange(a, b)
	}
	return exchange(a, b)
}

// step says what comes next to a test that wants to know.
func (t *transaction) step(parts ...string) {
	if t.before != nil {
		t.before(strings.Join(parts, " "))
	}
}

// writeNew writes what the change has for folder dir into folder to, with the modes of what is replaced.
func (t *transaction) writeNew(c Change, dir, to string) error {
	var files []*os.File
	var err error
	for _, f := range c.Write {
		if err = t.makeBelow(to, f.Name); err != nil {
			break
		}
		t.step("write", f.Name)
		var file *os.File
		if file, err = create(filepath.Join(to, f.Name), f.Data, modeOf(filepath.Join(dir, f.Name))); err != nil {
			break
		}
		files = append(files, file)
	}
	if err := errors.Join(err, syncAndClose(files)); err != nil {
		return err
	}
	for _, below := range foldersOf(c.Write) {
		syncDir(filepath.Join(to, below))
	}
	syncDir(to)
	return nil
}

// makeBelow makes the folder that a name has in front, below dir, which is one of our own and goes as a whole.
func (t *transaction) makeBelow(dir, name string) error {
	below := filepath.Join(dir, filepath.Dir(name))
	if below == dir || exists(below) {
		return nil
	}
	t.step("mkdir", below)
	return os.Mkdir(below, 0o777)
}

// foldersOf are the folders that names of files have in front, each once.
func foldersOf(files []File) []string {
	var folders []string
	for _, f := range files {
		if below := filepath.Dir(f.Name); below != "." && !slices.Contains(folders, below) {
			folders = append(folders, below)
		}
	}
	return folders
}

// makeDir creates dir and what is missing above it, and remembers to remove just that.
func (t *transaction) makeDir(dir string) error {
	if parent := filepath.Dir(dir); parent != dir {
		if _, err := os.Stat(parent); errors.Is(err, fs.ErrNotExist) {
			if err := t.makeDir(parent); err != nil {
				return err
			}
		}
	}
	t.step("mkdir", dir)
	err := os.Mkdir(dir, 0o777)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		t.undo = append(t.undo, func() error { return os.Remove(dir) })
	}
	return err
}

// move renames a file and remembers to rename it back.
func (t *transaction) move(from, to string) error {
	t.step("rename", from, to)
	if err := os.Rename(from, to); err != nil {
		return osfile.IOFault(from, err)
	}
	t.undo = append(t.undo, func() error { return os.Rename(to, from) })
	return nil
}

// removeAll takes away a folder of our own.
func (t *transaction) removeAll(dir string) error {
	t.step("remove", dir)
	if t.remove != nil {
		return t.remove(dir)
	}
	return os.RemoveAll(dir)
}

// rollBack undoes everything, the last step first.
func (t *transaction) rollBack() error { return t.rollBackTo(0) }

// rollBackTo undoes all but the first n steps.
func (t *transaction) rollBackTo(n int) error {
	var errs []error
	for _, undo := range slices.Backward(t.undo[n:]) {
		errs = append(errs, undo())
	}
	t.undo = t.undo[:n]
	return errors.Join(errs...)
}

// finish removes what is needed no more. What cannot be removed fails nothing: it is a diag.List of warnings, which say so of what.
func (t *transaction) finish(what string) error {
	var left diag.List
	for _, err := range t.clean() {
		left = append(left, notRemoved(what, err)...)
	}
	if len(left) > 0 {
		return left
	}
	return nil
}

// clean removes what is needed no more, and returns what it cannot.
func (t *transaction) clean() []error {
	var errs []error
	for _, clean := range t.cleanUp {
		if err := clean(); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

// notRemoved makes warnings of why what is not needed any more stays.
func notRemoved(what string, err error) diag.List {
	var found diag.List
	if !errors.As(err, &found) {
		found = diag.List{{Message: err.Error()}}
	}
	found = slices.Clone(found)
	for i := range found {
		found[i].Severity, found[i].Code = diag.Warning, "not-removed"
		found[i].Message = what + " cannot be removed: " + found[i].Message
		found[i].Hint = "remove it; until then each run of gen tries to"
	}
	return found
}
