package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/diff"
	"github.com/graphslice/graphslice/generator/pathglob"
	"github.com/graphslice/graphslice/generator/slice"
)

// failWords are the values of --fail-on that are no rules.
var failWords = []string{"go", "wire", "breaking", "any"}

// checkRules finds ids that are none. The error is a usageError.
func (o *diffOptions) checkRules() error {
	if o.flags.Changed("explain") {
		if _, ok := diff.RuleOf(o.explain); !ok {
			return usagef("--explain: there is no rule %q%s", o.explain, nearRule(o.explain))
		}
	}
	if o.flags.Changed("fail-on") && len(o.failOn) == 0 {
		return usagef("--fail-on is empty")
	}
	for _, on := range o.failOn {
		if _, ok := diff.RuleOf(on); !ok && !slices.Contains(failWords, on) {
			return usagef("--fail-on is go, wire, breaking, any or the id of a rule, not %q%s", on, nearRule(on))
		}
	}
	return nil
}

func nearRule(id string) string {
	if near := diff.NearestRule(id); near != "" {
		return "; the nearest rule is " + near
	}
	return ""
}

// explainRule prints what a rule is about.
func (a *app) explainRule(id string) {
	rule, _ := diff.RuleOf(id)
	verdict := rule.Verdict().String()
	switch rule.Breaks() {
	case diff.BreaksWire:
		verdict = "breaks the wire, and Go where the compiler says so"
	case diff.BreaksGo:
		verdict = "breaks Go where the compiler says so, and is compatible otherwise"
	default:
		if rule.Verdict() == diff.Compatible {
			verdict = "compatible, unless the compiler says that Go breaks"
		}
	}
	fmt.Fprintf(a.stdout, "%s: %s\n\n%s\n", rule.ID, verdict, rule.Explain)
}

// acceptances reads the file of what is accepted: the one that is named, or the one that stands in its place, if there is one. The
// error is a diag.List.
func (o *diffOptions) acceptances() ([]*diff.Acceptance, error) {
	name := o.accept
	if name == "" {
		beside := o.config
		if len(o.files) > 0 {
			beside = o.files[0]
		}
		name = filepath.FromSlash(diff.AcceptBeside(filepath.ToSlash(beside)))
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.accept == "":
		return nil, nil
	case err != nil:
		return nil, fileFault(name, err)
	case !info.Mode().IsRegular() || info.Size() > diff.MaxAccept:
		return nil, diag.List{{Pos: diag.Pos{File: displayPath(name)}, Severity: diag.Error, Code: "accept", Message: "it is no file of a few entries"}}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	entries, faults := diff.ParseAccept(displayPath(name), text)
	if faults.HasErrors() {
		return nil, faults.Sorted()
	}
	return entries, nil
}

// selects is what tells whether the patterns of a package, and those that its slices are cut by, select an operation; nil if it has
// none of either.
func (t target) selects() func(id string) bool {
	set := pathglob.Set{}
	var err error
	if set.Include, err = pathglob.ParseAll(t.Include); err != nil {
		return nil // who reads the slices says so
	}
	if set.Exclude, err = pathglob.ParseAll(t.Exclude); err != nil {
		return nil
	}
	cuts := t.cutPatterns()
	if len(t.Include)+len(t.Exclude)+len(cuts) == 0 {
		return nil
	}
	return func(id string) bool {
		method, path, _ := strings.Cut(id, " ")
		byCut := len(cuts) == 0 || slices.ContainsFunc(cuts, func(s pathglob.Set) bool { return s.Match(method, path) })
		return byCut && set.Match(method, path)
	}
}

// cutPatterns are the patterns of the slices that the configuration cuts, nil if it cuts none or one of them takes everything.
func (t target) cutPatterns() []pathglob.Set {
	if t.Slice == nil {
		return nil
	}
	cfg, faults := slice.ReadConfig(t.Pos.File, t.Slice)
	if faults.HasErrors() {
		return nil
	}
	var sets []pathglob.Set
	for _, f := range cfg.Files {
		include, err := pathglob.ParseAll(f.Include)
		exclude, excludeErr := pathglob.ParseAll(f.Exclude)
		if err != nil || excludeErr != nil || len(include) == 0 {
			return nil
		}
		sets = append(sets, pathglob.Set{Include: include, Exclude: exclude})
	}
	return sets
}
