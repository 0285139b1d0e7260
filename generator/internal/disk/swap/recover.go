package swap

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// What a killed run has left is found by its name, and a name is anybody's: a folder may come with a checkout. So a journal
// is followed only as far as gen itself would go without --force, given the lock beside it: what it takes away has Header and
// is listed by the old lock with its hash, what it puts in place has Header and is listed by the new one. And what lies about
// is removed only if it is graphslice's by its content; anything else stops the run, and stays.

// Recover ends what a killed run has left in dir, which is resolved, and beside it. The error is a diag.List; one of warnings alone
// says what could not be removed, and is in nobody's way.
func Recover(dir string) error { return new(transaction).recover(dir) }

func (t *transaction) recover(dir string) error {
	shadow, journal := t.recoverShadow(dir), t.recoverJournal(dir)
	switch {
	case journal == nil || isWarning(journal) && shadow != nil && !isWarning(shadow):
		return shadow
	case isWarning(shadow):
		return journal
	}
	return errors.Join(shadow, journal)
}

// isWarning reports whether an error stops nothing.
func isWarning(err error) bool {
	var found diag.List
	return errors.As(err, &found) && !found.HasErrors()
}

// Leftovers says what a killed run has left in dir, which is resolved, and beside it, and changes nothing. The error says why
// Recover would refuse it, as a diag.List.
func Leftovers(dir string) (diag.List, error) {
	var found diag.List
	report := func(path, state string) {
		found.Add(diag.Diagnostic{Pos: diag.Pos{File: path}, Severity: diag.Warning, Code: "unfinished-run",
			Message: "a run of gen was ended before it was done, and " + state, Hint: "run gen: it puts that in order first"})
	}
	inShadow, err := hasShadow(dir)
	if err != nil {
		return nil, err
	}
	if inShadow {
		report(shadowOf(dir), "left this folder; the package is whole")
	}
	j := journal{dir: dir}
	steps, inJournal, err := j.left()
	if err != nil {
		return nil, err
	}
	switch {
	case inJournal && steps != nil:
		report(j.path(), "the package may be half old and half new")
	case inJournal:
		report(j.path(), "left this folder; the package is whole")
	}
	return found, nil
}

// step is a line of a journal.
type step struct {
	verb string // "write" or "remove"
	name string
}

// left returns what is to do of the journal in the folder, and whether there is anything of it: without steps, only to clean
// up. The error says why it is not to be believed.
func (j journal) left() (steps []step, found bool, err error) {
	info, err := os.Lstat(j.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil || !info.IsDir() {
		return nil, false, osfile.Fault(j.path(), "file-in-the-way", "move it away", "it is not a folder of graphslice, and has the name of one")
	}
	text, err := osfile.ReadRegular(j.path("journal"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, false, err
	}
	if err == nil {
		if steps, err = j.parse(string(text)); err == nil {
			err = j.verify(steps)
		}
		if err != nil {
			return nil, false, err
		}
	}
	return steps, true, j.checkFiles(steps)
}

// parse reads the text of a journal.
func (j journal) parse(text string) ([]step, error) {
	steps := []step{}
	for line := range strings.Lines(text) {
		verb, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		isOwn := strings.HasSuffix(name, ".go") || name == lock.Name && verb == "write"
		if verb != "write" && verb != "remove" || !isOwn || !lock.IsTreeName(name) ||
			slices.ContainsFunc(steps, func(s step) bool { return s.name == name }) {
			return nil, j.refusal(fmt.Errorf("%q is not what graphslice writes into it", strings.TrimSuffix(line, "\n")))
		}
		steps = append(steps, step{verb, name})
	}
	return steps, nil
}

// refusal says why a journal is not believed.
func (j journal) refusal(why error) error {
	var found diag.List
	if errors.As(why, &found) { // of a file, which says it better
		return found
	}
	return osfile.Fault(j.path("journal"), "bad-journal",
		"remove the folder that it is in, restore from version control what is missing beside it, and run this again",
		"it is not the work of the %s beside it, and nothing of it was done: %v", lock.Name, why)
}

// verify refuses steps that are not the way from one lock to another.
func (j journal) verify(steps []step) error {
	before, after, err := j.locks(slices.Contains(steps, step{"write", lock.Name}))
	if err != nil {
		return j.refusal(err)
	}
	for _, s := range steps {
		if s.name == lock.Name {
			continue // it was read
		}
		if err := j.check(s, before, after); err != nil {
			return j.refusal(err)
		}
	}
	return nil
}

// locks returns the lock of the old files and that of the new ones, which may be the same. The lock is the last step.
func (j journal) locks(writesLock bool) (before, after *lock.Lock, err error) {
	here, fresh, past := filepath.Join(j.dir, lock.Name), j.path("new", lock.Name), j.path("old", lock.Name)
	toDo := writesLock && exists(fresh)
	switch {
	case exists(past) && exists(here) && toDo:
		return nil, nil, fmt.Errorf("there is a %s where the old one was taken away", lock.Name)
	case exists(past):
		before, err = osfile.ReadLock(past)
	case writesLock && !toDo:
		before = &lock.Lock{} // there was none
	default:
		before, err = osfile.ReadLock(here)
	}
	switch {
	case err != nil:
	case toDo:
		after, err = osfile.ReadLock(fresh)
	case writesLock:
		after, err = osfile.ReadLock(here)
	default:
		after = before
	}
	return before, after, err
}

// check objects to a step that gen would not take.
func (j journal) check(s step, before, after *lock.Lock) error {
	target, fresh, past := filepath.Join(j.dir, s.name), j.path("new", s.name), j.path("old", s.name)
	if after.Lists(s.name) != (s.verb == "write") {
		return fmt.Errorf("the lock does not agree that the last run was to %s %s", s.verb, s.name)
	}
	if exists(past) {
		if err := checkOurs(past, s.name, before); err != nil {
			return err
		}
	}
	switch {
	case s.verb == "remove" && exists(fresh):
		return fmt.Errorf("%s is to be removed, and there is a new one", s.name)
	case s.verb == "write" && !exists(fresh): // done
		return nil
	case s.verb == "write" && exists(past) && exists(target):
		return fmt.Errorf("somebody has put a %s where the old one was taken away", s.name)
	case s.verb == "write":
		if err := checkOurs(fresh, s.name, after); err != nil {
			return err
		}
	}
	if exists(target) && !exists(past) {
		return checkOurs(target, s.name, before)
	}
	return nil
}

// checkOurs objects to a file that the lock does not have as it is, by its name there, and to a folder of it that leads elsewhere.
func checkOurs(path, name string, l *lock.Lock) error {
	if below := filepath.Dir(path); filepath.Dir(name) != "." {
		if info, err := os.Lstat(below); err != nil || !info.IsDir() {
			return fmt.Errorf("%s is no folder", filepath.Dir(name))
		}
	}
	data, err := osfile.ReadRegular(path)
	if err != nil {
		return err
	}
	if state := l.OwnerOf(name, data); state != lock.Ours && state != lock.Merged {
		return fmt.Errorf("%s is not as the lock has it", name)
	}
	return nil
}

// checkFiles refuses what is in the journal's folder and not of it. Without a journal, that is what graphslice has not written.
func (j journal) checkFiles(steps []step) error {
	kinds := map[string]bool{"new": true, "old": true, "journal": false, "unfinished": false} // whether each is a folder
	for path, entry := range j.files() {
		isDir, isKnown := kinds[entry.Name()]
		known := isKnown && isDir == entry.IsDir() && (isDir || entry.Type().IsRegular())
		if name, below := j.nameOf(path); below {
			isNamed := slices.ContainsFunc(steps, func(s step) bool { return s.name == name || strings.HasPrefix(s.name, name+"/") })
			known = entry.Type().IsRegular() && (steps != nil && isNamed || steps == nil && isOurs(path)) ||
				entry.IsDir() && !strings.Contains(name, "/") && (steps == nil || isNamed)
		}
		if !known {
			return osfile.Fault(path, "file-in-the-way", "move it away, and run this again",
				"it is in a folder that gen uses for a moment and removes, and it is not graphslice's")
		}
	}
	return nil
}

// nameOf is the name that the journal has for a path below its two folders; false for another.
func (j journal) nameOf(path string) (string, bool) {
	for _, sub := range []string{"new", "old"} {
		if name, err := filepath.Rel(j.path(sub), path); err == nil && name != "." && filepath.IsLocal(name) {
			return filepath.ToSlash(name), true
		}
	}
	return "", false
}

// files are what is in the journal's folder, in the two folders there, and in folders of these.
func (j journal) files() map[string]fs.DirEntry {
	files := map[string]fs.DirEntry{}
	var read func(path string, below int)
	read = func(path string, below int) {
		if info, err := os.Lstat(path); err != nil || !info.IsDir() {
			return
		}
		entries, _ := os.ReadDir(path) // what cannot be read cannot be removed either
		for _, entry := range entries {
			files[filepath.Join(path, entry.Name())] = entry
			if entry.IsDir() && below > 0 {
				read(filepath.Join(path, entry.Name()), below-1)
			}
		}
	}
	read(j.path(), 0)
	read(j.path("new"), 1)
	read(j.path("old"), 1)
	return files
}

// recoverJournal ends what a killed run has begun in dir.
func (t *transaction) recoverJournal(dir string) error {
	j := journal{dir: dir}
	steps, found, err := j.left()
	if err != nil || !found {
		return err
	}
	if err := t.makeDir(j.path("old")); err != nil { // a copy may lack what is empty
		return osfile.IOFault(j.path(), err)
	}
	if err := j.follow(t, steps); err != nil {
		return err
	}
	if err := j.discard(t, steps); err != nil {
		return notRemoved("what an earlier run has left", err)
	}
	return nil
}

// hasShadow reports whether a killed run has left a shadow beside dir. The error is about what is in it and would be lost:
// neither graphslice's nor the same in dir.
func hasShadow(dir string) (bool, error) {
	path := shadowOf(dir)
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.IsDir() {
		return false, osfile.Fault(path, "file-in-the-way", "move it away", "it is not a folder of graphslice, and has the name of one")
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return false, osfile.IOFault(path, err)
	}
	for _, entry := range entries {
		from, to := filepath.Join(path, entry.Name()), filepath.Join(dir, entry.Name())
		if !isOurs(from) && !isSame(from, to) && !isCopy(from, to) && !(entry.IsDir() && holdsOurs(from)) {
			return false, osfile.Fault(from, "file-in-the-way", "move it to where it belongs, such as "+filepath.ToSlash(dir)+", and run this again",
				"it is in a folder that gen uses for a moment and removes, and it is not graphslice's")
		}
	}
	return true, nil
}

// recoverShadow removes the shadow that a killed run left beside dir: the new state that it did not come to, or the old
// that it did not come to remove.
func (t *transaction) recoverShadow(dir string) error {
	found, err := hasShadow(dir)
	if err != nil || !found {
		return err
	}
	if err := t.removeAll(shadowOf(dir)); err != nil {
		return notRemoved("what an earlier run has left", osfile.IOFault(shadowOf(dir), err))
	}
	return nil
}

// isOurs reports whether a file that was left behind is one of graphslice, or the beginning of one.
func isOurs(path string) bool {
	data, err := osfile.ReadRegular(path)
	return err == nil && (filepath.Base(path) == lock.Name || lock.HasHeader(data) || strings.HasPrefix(lock.Header, string(data)))
}

// holdsOurs reports whether a folder, which may be that of a package, has nothing but files of Go that are graphslice's.
func holdsOurs(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !strings.HasSuffix(e.Name(), ".go") || !isOurs(filepath.Join(dir, e.Name()))
	})
}

// isCopy reports whether two files have the same text: a copy of the folders has no links.
func isCopy(a, b string) bool {
	x, errA := osfile.ReadRegular(a)
	y, errB := osfile.ReadRegular(b)
	return errA == nil && errB == nil && string(x) == string(y)
}
