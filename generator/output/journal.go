package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator/lock"
)

// A journal changes a folder file by file, where it cannot be exchanged as a whole. In the folder it has one of its own:
//
//	.graphslice-next/new/     the files to come
//	.graphslice-next/old/     the files that they replace, and those that fall away
//	.graphslice-next/journal  what to do, "write NAME" or "remove NAME" a line
//
// The journal itself appears in one step, when all that it needs is on the disk. From then on the change will happen: if
// the process is killed, the next run does the rest before anything else. Without it, nothing has happened yet.
type journal struct {
	plan *Plan
	dir  string // resolved
}

const journalDir = ".graphslice-next"

func (j journal) path(parts ...string) string {
	return filepath.Join(append([]string{j.dir, journalDir}, parts...)...)
}

// stageJournal writes all but the journal itself.
func (t *transaction) stageJournal(p *Plan, dir string) (*journal, error) {
	j := &journal{plan: p, dir: dir}
	if err := t.makeDir(dir); err != nil {
		return nil, ioFault(p.Dir, err)
	}
	t.step("mkdir", j.path())
	if err := os.Mkdir(j.path(), 0o777); err != nil {
		return nil, ioFault(p.Dir, err)
	}
	t.undo = append(t.undo, func() error { return os.RemoveAll(j.path()) })
	for _, sub := range []string{"new", "old"} {
		t.step("mkdir", j.path(sub))
		if err := os.Mkdir(j.path(sub), 0o777); err != nil {
			return nil, ioFault(p.Dir, err)
		}
	}
	if err := t.writeNew(p, dir, j.path("new")); err != nil {
		return nil, ioFault(p.Dir, err)
	}
	return j, nil
}

// commit writes the journal and does what it says.
func (j *journal) commit(t *transaction) error {
	var text bytes.Buffer
	for _, name := range j.plan.Stale {
		text.WriteString("remove " + name + "\n")
	}
	for _, f := range j.plan.write {
		text.WriteString("write " + f.Name + "\n")
	}
	t.step("write", "journal")
	f, err := create(j.path("unfinished"), text.Bytes(), 0o666)
	if err == nil {
		err = syncAndClose([]*os.File{f})
	}
	if err != nil {
		return ioFault(j.plan.Dir, err)
	}
	if err := t.move(j.path("unfinished"), j.path("journal")); err != nil {
		return err
	}
	syncDir(j.path())
	if err := j.follow(t, text.String()); err != nil {
		return err
	}
	t.cleanUp = append(t.cleanUp, func() error { return j.discard(t) })
	return nil
}

// follow does what the journal says and has not been done yet.
func (j *journal) follow(t *transaction, text string) error {
	for line := range strings.Lines(text) {
		verb, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !lock.IsPlainName(name) || name == journalDir {
			return fault(j.path("journal"), "bad-journal", "remove the folder that it is in, and restore the others from version control",
				"it is not what graphslice writes")
		}
		target := filepath.Join(j.dir, name)
		if verb == "write" && !exists(j.path("new", name)) {
			continue // done
		}
		if exists(target) && !exists(j.path("old", name)) {
			if err := t.move(target, j.path("old", name)); err != nil {
				return err
			}
		}
		if verb == "write" {
			if err := t.move(j.path("new", name), target); err != nil {
				return err
			}
		}
	}
	syncDir(j.dir)
	return nil
}

// discard removes the journal first: the rest without it says nothing.
func (j *journal) discard(t *transaction) error {
	t.step("remove", j.path("journal"))
	if err := os.Remove(j.path("journal")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ioFault(j.path("journal"), err)
	}
	syncDir(j.path())
	if err := t.removeAll(j.path()); err != nil {
		return ioFault(j.path(), err)
	}
	return nil
}

// recoverJournal ends what a killed run has begun in dir.
func (t *transaction) recoverJournal(dir string) error {
	j := journal{dir: dir}
	info, err := os.Lstat(j.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !info.IsDir() {
		return fault(j.path(), "file-in-the-way", "move it away", "it is not a folder of graphslice, and has the name of one")
	}
	text, err := readRegular(j.path("journal"))
	switch {
	case err == nil:
		if err := j.follow(t, string(text)); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return j.discard(t)
}

// exists reports whether there is anything at path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
