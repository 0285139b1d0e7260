// Package disk brings a folder to what it is to hold: it compares files with what is there, and writes what differs, all or
// nothing.
//
// A folder may hold files of other people. A file is replaced or removed only if it starts with lock.Header, the lock beside it
// lists it, and it still is what was written; everything else stays as it is, and a file in the way stops the run.
package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/disk/swap"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Plan is what a run would change in one folder, and in folders of packages below it. Names are without the folder and sorted.
type Plan struct {
	// Dir is the folder as it was named.
	Dir string
	// Changed differ from what is there, Missing are not there yet, Stale are ours and no longer made, Unchanged
	// are as they should be. The lock is among them.
	Changed, Missing, Stale, Unchanged []string
	// Documentation are those of Changed whose code stays the same: comments differ, or in the lock the hashes.
	Documentation []string
	// Edited are those of Changed and Stale that somebody has changed since they were written, unless Options.Force.
	Edited []string
	// Strays are beside them: Go files that look like ours and are not by the lock. A run leaves them alone.
	Strays []string
	// Warnings name what was ours by the lock and is kept because it no longer looks like it, what looks like ours and is not by the
	// lock, and a lock that was merged.
	Warnings diag.List

	opts   Options
	before *lock.Lock
	write  []File            // Changed and Missing, the lock last
	seen   map[string]string // the hashes of what Changed and Stale were when they were compared
}

// File is one file of a folder.
type File = osfile.File

// Options say what a plan may do.
type Options struct {
	// Force: files that were edited by hand are replaced, and files that have lock.Header and that no lock lists.
	Force bool
	// NoDocs: files of which only comments would change stay as they are.
	NoDocs bool
	// SameCode reports whether two texts of a file differ in comments and layout alone. It is not nil.
	SameCode func(a, b []byte) bool
}

// Differs reports whether applying the plan changes anything.
func (p *Plan) Differs() bool { return len(p.Changed)+len(p.Missing)+len(p.Stale) > 0 }

// OutOfDate reports whether the folder is not what the plan's options ask for. With NoDocs it may differ all the same,
// in what the lock says of the inputs.
func (p *Plan) OutOfDate() bool {
	return len(p.Missing)+len(p.Stale) > 0 || len(p.Changed) > 0 && !(p.opts.NoDocs && len(p.Changed) == len(p.Documentation))
}

// Apply makes the folders what the plans say, which must not have Edited files: all of them or, if anything fails, none (see
// swap.Apply). The error is a diag.List, joined with what could not be undone.
func Apply(plans ...*Plan) error {
	var edits diag.List
	var changes []swap.Change
	for _, p := range plans {
		edits = append(edits, p.Edits()...)
		if p.Differs() {
			changes = append(changes, swap.Change{Dir: p.Dir, Write: p.write, Remove: p.Stale, Verify: p.verify})
		}
	}
	if len(edits) > 0 {
		return edits
	}
	return swap.Apply(changes...)
}

// Edits says of each file in Edited what to do about it.
func (p *Plan) Edits() diag.List {
	var faults diag.List
	for _, name := range p.Edited {
		faults.Add(diag.Diagnostic{
			Pos: diag.Pos{File: filepath.Join(p.Dir, name)}, Severity: diag.Error, Code: "edited-file",
			Message: "it was changed after it was generated, and generating would undo that",
			Hint:    "move the change into the slices, the overrides or a file of your own; or let it go with --force, as after a merge",
		})
	}
	return faults
}

// ReadLock returns the lock of the package in dir; one without entries if there is none. The error is a diag.List.
func ReadLock(dir string) (*lock.Lock, error) { return osfile.ReadLock(filepath.Join(dir, lock.Name)) }

// NewPlan compares files, sorted by name, with folder dir, which need not exist. Record is the lock that
// belongs to them, without its Files. Nothing is changed. A file in the way that is not ours, a lock that cannot be
// trusted or a folder that cannot be read is a diag.List.
func NewPlan(dir string, files []File, record lock.Lock, opts Options) (*Plan, error) {
	if _, err := osfile.ReadDir(dir); err != nil {
		return nil, err
	}
	before, err := ReadLock(dir)
	if err != nil {
		return nil, err
	}
	p := &Plan{Dir: dir, opts: opts, before: before, seen: map[string]string{}}
	if before.Merged {
		p.Warnings.Warnf(diag.Pos{File: filepath.Join(dir, lock.Name)}, "merged-lock",
			"it is a merge of several generations; what is made now replaces all of them")
	}
	made := make(map[string]bool, len(files))
	present, err := p.present(files)
	if err != nil {
		return nil, err
	}
	var faults diag.List
	for _, f := range files {
		made[f.Name] = true
		entry, found := p.compare(f)
		record.Files = append(record.Files, entry)
		faults = append(faults, found...)
	}
	p.findStale(made)
	var found diag.List
	p.Strays, found = strays(dir, present, made)
	p.Warnings = append(p.Warnings, found...).Sorted()
	faults = append(faults, p.checkNeighbours(present, files)...)
	if faults = append(faults, p.compareLock(record)...); faults.HasErrors() {
		return nil, faults.Sorted()
	}
	for _, names := range [][]string{p.Changed, p.Missing, p.Stale, p.Unchanged, p.Documentation, p.Edited} {
		slices.Sort(names)
	}
	return p, nil
}

// compare files f into the plan and returns what the lock has to say of it. The list says why it cannot be written.
func (p *Plan) compare(f File) (lock.File, diag.List) {
	path := filepath.Join(p.Dir, f.Name)
	entry := lock.File{Name: f.Name, Hash: lock.Hash(f.Data)}
	data, err := osfile.ReadRegular(path)
	var faults diag.List
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Missing = append(p.Missing, f.Name)
		p.write = append(p.write, f)
		return entry, nil
	case errors.As(err, &faults):
		return entry, faults
	case bytes.Equal(lock.Unix(data), f.Data):
		p.Unchanged = append(p.Unchanged, f.Name)
		return entry, nil
	}
	p.seen[f.Name] = lock.Hash(data)
	onlyDocs := p.opts.SameCode(data, f.Data)
	switch state := p.before.OwnerOf(f.Name, data); {
	case state == lock.Foreign, state == lock.Unlisted && !p.opts.Force:
		faults.Add(inTheWay(path, state))
		return entry, faults
	case state == lock.Ours && onlyDocs && p.opts.NoDocs:
		p.Unchanged = append(p.Unchanged, f.Name)
		return lock.File{Name: f.Name, Hash: lock.Hash(data), OldDocs: true}, nil
	case state == lock.Edited && !p.opts.Force:
		p.Edited = append(p.Edited, f.Name)
	}
	p.Changed = append(p.Changed, f.Name)
	p.write = append(p.write, f)
	if onlyDocs {
		p.Documentation = append(p.Documentation, f.Name)
	}
	return entry, nil
}

// inTheWay is the finding that a file stands where a generated one belongs and is not ours to replace.
func inTheWay(path string, state lock.Owner) diag.Diagnostic {
	d := diag.Diagnostic{
		Pos: diag.Pos{File: path}, Severity: diag.Error, Code: "file-in-the-way",
		Message: "a generated file belongs here, and this one does not start with graphslice's header, so it is not replaced",
		Hint:    "move it away, or generate into another folder",
	}
	if state == lock.Unlisted {
		d.Message = "a generated file belongs here, and this one is not in " + lock.Name + ", so it is not replaced"
		d.Hint = "restore the lock from version control; or replace the file with --force"
	}
	return d
}

// findStale files into the plan what the lock lists and is no longer made.
func (p *Plan) findStale(made map[string]bool) {
	for _, listed := range p.before.Files {
		if made[listed.Name] || listed.Name == lock.Name {
			continue
		}
		made[listed.Name] = true // a merge may have left several entries
		path := filepath.Join(p.Dir, listed.Name)
		data, err := osfile.ReadRegular(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil || !lock.HasHeader(data) {
			p.Warnings.Warnf(diag.Pos{File: path}, "kept-file",
				"it was generated once and is no longer made, but it is not graphslice's any more, so it stays")
			continue
		}
		p.Stale = append(p.Stale, listed.Name)
		p.seen[listed.Name] = lock.Hash(data)
		if p.before.OwnerOf(listed.Name, data) == lock.Edited && !p.opts.Force {
			p.Edited = append(p.Edited, listed.Name)
		}
	}
}

// compareLock files the lock into the plan.
func (p *Plan) compareLock(record lock.Lock) diag.List {
	f := File{Name: lock.Name, Data: record.Format()}
	data, err := osfile.ReadRegular(filepath.Join(p.Dir, lock.Name))
	var faults diag.List
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Missing = append(p.Missing, f.Name)
	case errors.As(err, &faults):
		return faults
	case bytes.Equal(lock.Unix(data), f.Data):
		p.Unchanged = append(p.Unchanged, f.Name)
		return nil
	default:
		p.Changed = append(p.Changed, f.Name)
		p.seen[f.Name] = lock.Hash(data)
		if !p.before.Merged && bytes.Equal(withoutDocs(*p.before), withoutDocs(record)) {
			p.Documentation = append(p.Documentation, f.Name)
		}
	}
	p.write = append(p.write, f)
	return nil
}

// verify refuses what somebody changed since the comparison. The error is a diag.List.
func (p *Plan) verify() error {
	for _, name := range slices.Concat(p.Changed, p.Missing, p.Stale) {
		hash := ""
		data, err := osfile.ReadRegular(filepath.Join(p.Dir, name))
		if err == nil {
			hash = lock.Hash(data)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) || hash != p.seen[name] {
			return osfile.Fault(filepath.Join(p.Dir, name), "changed-meanwhile", "run this again", "somebody changed it while it was being generated")
		}
	}
	return nil
}

// withoutDocs is the text of a lock without what changes when only documentation does.
func withoutDocs(l lock.Lock) []byte {
	l.Inputs, l.Files, l.Elements = slices.Clone(l.Inputs), slices.Clone(l.Files), slices.Clone(l.Elements)
	l.Permissions = nil
	for i := range l.Inputs {
		l.Inputs[i].Hash = ""
	}
	for i := range l.Files {
		l.Files[i] = lock.File{Name: l.Files[i].Name}
	}
	for i := range l.Elements {
		l.Elements[i] = l.Elements[i].WithoutDocs()
	}
	return l.Format()
}
