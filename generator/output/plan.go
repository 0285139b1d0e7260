package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
)

// Plan is what a run would change in one folder. Names are without the folder and sorted.
type Plan struct {
	// Dir is the folder as it was named.
	Dir string
	// Changed differ from what is there, Missing are not there yet, Stale are ours and no longer made, Unchanged
	// are as they should be. The manifest is among them.
	Changed, Missing, Stale, Unchanged []string
	// Warnings name what was ours by the manifest and is kept because it no longer looks like it.
	Warnings diag.List

	write []File            // Changed and Missing, the manifest last
	old   map[string][]byte // what Changed replace
}

// Differs reports whether applying the plan changes anything.
func (p *Plan) Differs() bool { return len(p.Changed)+len(p.Missing)+len(p.Stale) > 0 }

// NewPlan compares files, as Format returns them, with folder dir, which need not exist. It changes nothing. A file in
// the way that is not ours, a manifest that cannot be trusted or a folder that cannot be read is a diag.List.
func NewPlan(dir string, files []File) (*Plan, error) {
	present, err := listDir(dir)
	if err != nil {
		return nil, err
	}
	ours, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	p := &Plan{Dir: dir, old: map[string][]byte{}}
	made := make(map[string]bool, len(files))
	var faults diag.List
	for _, f := range files {
		made[f.Name] = true
		_, listed := ours.Files[f.Name]
		faults = append(faults, p.compare(f, listed)...)
	}
	p.findStale(ours, made)
	faults = append(faults, p.checkNeighbours(present, files)...)
	if faults.HasErrors() {
		return nil, faults.Sorted()
	}
	text, err := newManifest(files)
	if err != nil {
		return nil, err
	}
	p.compare(File{Name: ManifestName, Data: text}, true)
	slices.Sort(p.Changed)
	slices.Sort(p.Missing)
	slices.Sort(p.Unchanged)
	return p, nil
}

// listDir returns the names in dir, none if there is no such folder. The error is a diag.List.
func listDir(dir string) ([]string, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, ioFault(dir, err)
	}
	if !info.IsDir() {
		return nil, fault(dir, "file-in-the-way", "name a folder as out", "it is not a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, ioFault(dir, err)
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names, nil
}

// compare files f into the plan; listed says that the manifest has it. The result says why it cannot be written.
func (p *Plan) compare(f File, listed bool) diag.List {
	path := filepath.Join(p.Dir, f.Name)
	data, err := readRegular(path)
	var faults diag.List
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Missing = append(p.Missing, f.Name)
		p.write = append(p.write, f)
	case errors.As(err, &faults):
	case bytes.Equal(data, f.Data):
		p.Unchanged = append(p.Unchanged, f.Name)
	case listed && (f.Name == ManifestName || hasHeader(data)):
		p.Changed = append(p.Changed, f.Name)
		p.write = append(p.write, f)
		p.old[f.Name] = data
	default:
		faults.Add(foreign(path, listed))
	}
	return faults
}

// foreign is the finding that a file stands where a generated one belongs and is not ours to replace.
func foreign(path string, listed bool) diag.Diagnostic {
	why := "is not in " + ManifestName
	if listed {
		why = "does not start with graphslice's header"
	}
	return diag.Diagnostic{
		Pos: diag.Pos{File: path}, Severity: diag.Error, Code: "file-in-the-way",
		Message: "a generated file belongs here, and this one " + why + ", so it is not replaced",
		Hint:    "move it away, or generate into another folder",
	}
}

// findStale files into the plan what the manifest lists and is no longer made.
func (p *Plan) findStale(ours manifest, made map[string]bool) {
	for name := range ours.Files {
		if made[name] {
			continue
		}
		path := filepath.Join(p.Dir, name)
		data, err := readRegular(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err == nil && hasHeader(data):
			p.Stale = append(p.Stale, name)
		default:
			p.Warnings.Warnf(diag.Pos{File: path}, "kept-file",
				"it was generated once and is no longer made, but it is not graphslice's any more, so it stays")
		}
	}
	slices.Sort(p.Stale)
	p.Warnings = p.Warnings.Sorted()
}

// checkNeighbours refuses names that differ only in case from a file that stays, and warns of what a
// killed run has left.
func (p *Plan) checkNeighbours(present []string, files []File) diag.List {
	byFold := make(map[string]string, len(files))
	for _, f := range files {
		byFold[strings.ToLower(f.Name)] = f.Name
	}
	var faults diag.List
	for _, name := range present {
		if strings.HasPrefix(name, stagingPrefix) {
			p.Warnings.Warnf(diag.Pos{File: filepath.Join(p.Dir, name)}, "left-over",
				"a run that was killed left this folder: remove it")
		}
		made, ok := byFold[strings.ToLower(name)]
		if !ok || made == name || slices.Contains(p.Stale, name) {
			continue
		}
		faults.Add(diag.Diagnostic{
			Pos: diag.Pos{File: filepath.Join(p.Dir, name)}, Severity: diag.Error, Code: "file-in-the-way",
			Message: "it differs only in case from " + made + ", which belongs here: on many systems they are one file",
			Hint:    "rename it, or generate into another folder",
		})
	}
	return faults
}
