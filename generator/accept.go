package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// AcceptName is what the file of accepted findings is called, beside the configuration or the older of two documents.
const AcceptName = diff.AcceptName

// DiffRules are the IDs of all rules.
func DiffRules() []string {
	var ids []string
	for _, r := range diff.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// DiffRuleOf finds the rule of an ID; where there is none, nearest is the ID that was meant, or "".
func DiffRuleOf(id string) (rule DiffRule, nearest string, ok bool) {
	if rule, ok = diff.RuleOf(id); ok {
		return rule, "", true
	}
	return rule, diff.NearestRule(id), false
}

// ReadAccepted reads the file of accepted findings at name, or else the one beside the file there, if there is one. The error is a
// Diagnostics.
func ReadAccepted(name, beside string) ([]*Acceptance, error) {
	isNamed := name != ""
	if !isNamed {
		name = filepath.Join(filepath.Dir(beside), AcceptName)
	}
	info, err := os.Stat(name) // before opening: a pipe may block
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isNamed:
		return nil, nil
	case err != nil:
		return nil, osfile.FileFault(name, err)
	case !info.Mode().IsRegular() || info.Size() > diff.MaxAccept:
		return nil, osfile.Fault(osfile.Shown(name), "accept", "", "it is no file of a few entries")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, osfile.FileFault(name, err)
	}
	entries, faults := diff.ParseAccept(osfile.Shown(name), text)
	if faults.HasErrors() {
		return nil, faults.Sorted()
	}
	return entries, nil
}

// Accept marks the findings that entries accept on a day. The warnings are of entries that have ended or accept nothing.
func Accept(reports []*DiffReport, entries []*Acceptance, day time.Time) Diagnostics {
	for _, r := range reports {
		diff.Accept(r.Findings, entries, day)
	}
	return diff.Stale(entries, day)
}

// DiffFails reports whether there is a finding that a value of --fail-on names; see diff.Finding.Fails.
func DiffFails(reports []*DiffReport, on []string) bool {
	return slices.ContainsFunc(reports, func(r *DiffReport) bool {
		return slices.ContainsFunc(r.Findings, func(f diff.Finding) bool { return slices.ContainsFunc(on, f.Fails) })
	})
}

// selects is what tells whether the patterns of a package, and those that its slices are cut by, select an operation; nil if it has
// none of either.
func (t Target) selects() func(id string) bool {
	own, err := patternSet(t.Include, t.Exclude)
	if err != nil {
		return nil // who reads the slices says so
	}
	cuts := t.cutPatterns()
	if len(t.Include)+len(t.Exclude)+len(cuts) == 0 {
		return nil
	}
	return func(id string) bool {
		method, path, _ := strings.Cut(id, " ")
		byCut := len(cuts) == 0 || slices.ContainsFunc(cuts, func(s pathglob.Set) bool { return s.Match(method, path) })
		return byCut && own.Match(method, path)
	}
}

func patternSet(include, exclude []string) (set pathglob.Set, err error) {
	if set.Include, err = pathglob.ParseAll(include); err == nil {
		set.Exclude, err = pathglob.ParseAll(exclude)
	}
	return set, err
}

// cutPatterns are the patterns of the slices that the configuration cuts, nil if it cuts none or one of them takes everything.
func (t Target) cutPatterns() []pathglob.Set {
	if !t.HasCut() {
		return nil
	}
	c, found := cut.Of(t.described)
	if found.HasErrors() {
		return nil
	}
	var sets []pathglob.Set
	for _, f := range c.Files {
		set, err := patternSet(f.Include, f.Exclude)
		if err != nil || len(f.Include) == 0 {
			return nil
		}
		sets = append(sets, set)
	}
	return sets
}
