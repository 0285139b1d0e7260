package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// stagingPrefix starts the name of the folder that new files wait in, inside the output folder, so that moving them
// is a rename. Go tools ignore folders that start with a dot.
const stagingPrefix = ".graphslice-tmp-"

// Apply makes the folders what the plans say: it writes every new file aside first, then moves them into place,
// each in one step, with the manifest last. If anything fails, what was done is undone in all the folders.
// The error is a diag.List, joined with what could not be undone.
func Apply(plans ...*Plan) error {
	plans = slices.DeleteFunc(slices.Clone(plans), func(p *Plan) bool { return !p.Differs() })
	var t transaction
	if err := t.run(plans); err != nil {
		return errors.Join(err, t.rollBack())
	}
	return t.cleanUp()
}

// transaction remembers what there is to undo and to clean up.
type transaction struct {
	undo    []func() error
	staging []string // one folder a plan
	dirs    []fs.FileInfo
}

func (t *transaction) run(plans []*Plan) error {
	for _, p := range plans {
		if err := t.stage(p); err != nil {
			return err
		}
	}
	for i, p := range plans {
		if err := t.commit(p, t.staging[i]); err != nil {
			return err
		}
	}
	return nil
}

// stage writes the new files, and copies of those that they replace, into a folder of their own.
func (t *transaction) stage(p *Plan) error {
	if err := t.makeDir(p.Dir); err != nil {
		return ioFault(p.Dir, err)
	}
	info, err := os.Stat(p.Dir)
	if err != nil {
		return ioFault(p.Dir, err)
	}
	if slices.ContainsFunc(t.dirs, func(other fs.FileInfo) bool { return os.SameFile(info, other) }) {
		return fault(p.Dir, "same-out", "give each package a folder of its own", "two packages go to this folder")
	}
	t.dirs = append(t.dirs, info)

	staging, err := os.MkdirTemp(p.Dir, stagingPrefix)
	if err != nil {
		return ioFault(p.Dir, err)
	}
	t.staging = append(t.staging, staging)
	t.undo = append(t.undo, func() error { return os.RemoveAll(staging) })
	for _, sub := range []string{"new", "old"} {
		if err := os.Mkdir(filepath.Join(staging, sub), 0o777); err != nil {
			return ioFault(p.Dir, err)
		}
	}
	for _, f := range p.write {
		if err := os.WriteFile(filepath.Join(staging, "new", f.Name), f.Data, 0o666); err != nil {
			return ioFault(filepath.Join(p.Dir, f.Name), err)
		}
	}
	for name, data := range p.old {
		if err := os.WriteFile(filepath.Join(staging, "old", name), data, 0o666); err != nil {
			return ioFault(filepath.Join(p.Dir, name), err)
		}
	}
	return nil
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
	err := os.Mkdir(dir, 0o777)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		t.undo = append(t.undo, func() error { return os.Remove(dir) })
	}
	return err
}

// commit moves stale files out and new ones in.
func (t *transaction) commit(p *Plan, staging string) error {
	for _, name := range p.Stale {
		if err := t.move(filepath.Join(p.Dir, name), filepath.Join(staging, "old", name)); err != nil {
			return err
		}
	}
	for _, f := range p.write {
		target := filepath.Join(p.Dir, f.Name)
		if err := os.Rename(filepath.Join(staging, "new", f.Name), target); err != nil {
			return ioFault(target, err)
		}
		t.undo = append(t.undo, func() error {
			if _, replaced := p.old[f.Name]; replaced {
				return os.Rename(filepath.Join(staging, "old", f.Name), target)
			}
			return os.Remove(target)
		})
	}
	return nil
}

// move renames a file and remembers to rename it back.
func (t *transaction) move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return ioFault(from, err)
	}
	t.undo = append(t.undo, func() error { return os.Rename(to, from) })
	return nil
}

// rollBack undoes everything, the last step first.
func (t *transaction) rollBack() error {
	var errs []error
	for _, undo := range slices.Backward(t.undo) {
		errs = append(errs, undo())
	}
	return errors.Join(errs...)
}

// cleanUp removes the folders that new files waited in.
func (t *transaction) cleanUp() error {
	var errs []error
	for _, dir := range t.staging {
		errs = append(errs, os.RemoveAll(dir))
	}
	return errors.Join(errs...)
}
