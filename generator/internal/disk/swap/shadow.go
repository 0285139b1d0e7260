package swap

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// shadowPrefix starts the name of the folder that a package is made ready in, beside the one that it is for. Go tools
// ignore folders that start with a dot.
const shadowPrefix = ".graphslice-next-"

// shadow is the new state of a folder, whole, in a folder beside it: new files, and links to those that stay. One system
// call exchanges the two, so that nobody ever sees a mixture.
type shadow struct {
	change Change
	dir    string // resolved
	path   string // of the shadow
	isNew  bool   // dir does not exist yet
}

func shadowOf(dir string) string {
	return filepath.Join(filepath.Dir(dir), shadowPrefix+filepath.Base(dir))
}

// isExchangeable reports whether dir can be replaced as a whole: links do for all that is in it, and it is not where this
// process, and probably the shell that started it, stands.
func isExchangeable(dir string) bool {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil || !canExchange || holdsWorkingDir(dir) {
		return false
	}
	return !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.Type().IsRegular() })
}

// holdsWorkingDir reports whether the working folder is dir or below it, or unknown.
func holdsWorkingDir(dir string) bool {
	cwd, err := osfile.Resolve(".")
	if err != nil {
		return true
	}
	rel, err := filepath.Rel(dir, cwd)
	return err != nil || filepath.IsLocal(rel)
}

// stageShadow makes the shadow, up to the exchange.
func (t *transaction) stageShadow(c Change, dir string) (*shadow, error) {
	s := &shadow{change: c, dir: dir, path: shadowOf(dir)}
	if err := t.makeDir(filepath.Dir(dir)); err != nil {
		return nil, err
	}
	t.step("mkdir", s.path)
	if err := os.Mkdir(s.path, 0o777); err != nil {
		return nil, err
	}
	t.undo = append(t.undo, func() error { return os.RemoveAll(s.path) })
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.isNew = true
	case err != nil:
		return nil, err
	default:
		if err := s.takeOver(t, info); err != nil {
			return nil, err
		}
	}
	return s, t.writeNew(c, dir, s.path)
}

// takeOver gives the shadow what stays of the folder that it is for: owner, mode and files.
func (s *shadow) takeOver(t *transaction, dir fs.FileInfo) error {
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	if !sameOwner(dir, info) {
		return errors.New("the folder is somebody else's")
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if s.replaces(entry.Name()) {
			continue
		}
		t.step("link", entry.Name())
		if err := os.Link(filepath.Join(s.dir, entry.Name()), filepath.Join(s.path, entry.Name())); err != nil {
			return err
		}
	}
	const bits = fs.ModePerm | fs.ModeSetgid | fs.ModeSticky
	if dir.Mode()&bits == info.Mode()&bits {
		return nil
	}
	t.step("chmod", s.path)
	return os.Chmod(s.path, dir.Mode()&bits)
}

// replaces reports whether the change writes or removes a file.
func (s *shadow) replaces(name string) bool {
	return slices.Contains(s.change.Remove, name) || slices.ContainsFunc(s.change.Write, func(f File) bool { return f.Name == name })
}

// commit switches to the shadow. If the file system cannot exchange folders, the journal serves.
func (s *shadow) commit(t *transaction) error {
	if s.isNew {
		if err := t.move(s.path, s.dir); err != nil {
			return err
		}
		syncDir(filepath.Dir(s.dir))
		return nil
	}
	if err := t.swap(s.path, s.dir); err != nil {
		if err := os.RemoveAll(s.path); err != nil {
			return osfile.IOFault(s.path, err)
		}
		j, err := t.stageJournal(s.change, s.dir)
		if err != nil {
			return err
		}
		return j.commit(t)
	}
	t.undo = append(t.undo, func() error { return t.swap(s.path, s.dir) })
	t.cleanUp = append(t.cleanUp, func() error { return s.discard(t) })
	syncDir(filepath.Dir(s.dir))
	return nil
}

// discard removes the old folder, which stands where the shadow was. What somebody put into it while it was being replaced
// goes where they meant it to.
func (s *shadow) discard(t *transaction) error {
	entries, err := os.ReadDir(s.path)
	if err != nil {
		return osfile.IOFault(s.path, err)
	}
	for _, entry := range entries {
		from, to := filepath.Join(s.path, entry.Name()), filepath.Join(s.dir, entry.Name())
		if s.replaces(entry.Name()) || isSame(from, to) {
			continue
		}
		if err := os.Rename(from, to); err != nil {
			return osfile.IOFault(from, err)
		}
	}
	if err := t.removeAll(s.path); err != nil {
		return osfile.IOFault(s.path, err)
	}
	return nil
}

// isSame reports whether two paths are links to one file.
func isSame(a, b string) bool {
	x, errA := os.Lstat(a)
	y, errB := os.Lstat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}
