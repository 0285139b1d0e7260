package swap

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// A journal changes a folder file by file, where it cannot be exchanged as a whole. In the folder it has one of its own:
//
//	.graphslice-next/new/     the files to come
//	.graphslice-next/old/     the files that they replace, and those that fall away
//	.graphslice-next/journal  what to do, "write NAME" or "remove NAME" a line
//
// A name may have a folder in front, with a slash: it is made where it is missing, and goes with the last of its files.
//
// The journal itself appears in one step, when all that it needs is on the disk. From then on the change will happen: if
// the process is killed, the next run does the rest before anything else, if it finds that the journal is this package's own
// (see recover.go). Without it, nothing has happened yet.
type journal struct {
	change Change
	dir    string // resolved
}

const journalDir = ".graphslice-next"

func (j journal) path(parts ...string) string {
	return filepath.Join(append([]string{j.dir, journalDir}, parts...)...)
}

// stageJournal writes all but the journal itself.
func (t *transaction) stageJournal(c Change, dir string) (*journal, error) {
	j := &journal{change: c, dir: dir}
	if err := t.makeDir(dir); err != nil {
		return nil, osfile.IOFault(c.Dir, err)
	}
	t.step("mkdir", j.path())
	if err := os.Mkdir(j.path(), 0o777); err != nil {
		return nil, osfile.IOFault(c.Dir, err)
	}
	t.undo = append(t.undo, func() error { return os.RemoveAll(j.path()) })
	for _, sub := range []string{"new", "old"} {
		t.step("mkdir", j.path(sub))
		if err := os.Mkdir(j.path(sub), 0o777); err != nil {
			return nil, osfile.IOFault(c.Dir, err)
		}
	}
	if err := t.writeNew(c, dir, j.path("new")); err != nil {
		return nil, osfile.IOFault(c.Dir, err)
	}
	return j, nil
}

// commit writes the journal and does what it says.
func (j *journal) commit(t *transaction) error {
	var steps []step
	for _, name := range j.change.Remove {
		steps = append(steps, step{"remove", name})
	}
	for _, f := range j.change.Write {
		steps = append(steps, step{"write", f.Name})
	}
	var text bytes.Buffer
	for _, s := range steps {
		text.WriteString(s.verb + " " + s.name + "\n")
	}
	t.step("write", "journal")
	f, err := create(j.path("unfinished"), text.Bytes(), 0o666)
	if err == nil {
		err = syncAndClose([]*os.File{f})
	}
	if err != nil {
		return osfile.IOFault(j.change.Dir, err)
	}
	if err := t.move(j.path("unfinished"), j.path("journal")); err != nil {
		return err
	}
	syncDir(j.path())
	if err := j.follow(t, steps); err != nil {
		return err
	}
	t.cleanUp = append(t.cleanUp, func() error { return j.discard(t, steps) })
	return nil
}

// follow does what the journal says and has not been done yet. After a killed run, verify has looked at all of it.
func (j *journal) follow(t *transaction, steps []step) error {
	for _, s := range steps {
		target, fresh, past := filepath.Join(j.dir, s.name), j.path("new", s.name), j.path("old", s.name)
		if s.verb == "write" && !exists(fresh) {
			continue // done
		}
		if exists(target) && !exists(past) {
			if err := t.makeBelow(j.path("old"), s.name); err != nil {
				return osfile.IOFault(past, err)
			}
			if err := t.move(target, past); err != nil {
				return err
			}
		}
		if s.verb == "write" {
			if err := t.makeDir(filepath.Dir(target)); err != nil {
				return osfile.IOFault(target, err)
			}
			if err := t.move(fresh, target); err != nil {
				return err
			}
		}
	}
	syncDir(j.dir)
	return nil
}

// discard removes folders of which nothing is left, and then the journal first: the rest without it says nothing.
func (j *journal) discard(t *transaction, steps []step) error {
	for _, s := range steps {
		if below := filepath.Dir(s.name); s.verb == "remove" && below != "." {
			_ = os.Remove(filepath.Join(j.dir, below)) // what is somebody's keeps it
		}
	}
	t.step("remove", j.path("journal"))
	if err := os.Remove(j.path("journal")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return osfile.IOFault(j.path("journal"), err)
	}
	syncDir(j.path())
	if err := t.removeAll(j.path()); err != nil {
		return osfile.IOFault(j.path(), err)
	}
	return nil
}

// exists reports whether there is anything at path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
