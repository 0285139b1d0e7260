package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/api"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/diff"
	"github.com/graphslice/graphslice/generator/output"
)

const diffHead = `Gen diff says what a change means for the code that uses a package: what is breaking and what to do then, what is compatible,
and what is documentation only. Nothing is written.

Usage:
  gen diff [flags]                 each package on disk, with what its specs give now
  gen diff --base REV [flags]      each package as it was at a git revision, with what its specs give now
  gen diff OLD NEW [flags]         two OpenAPI documents, or two metadata documents (without Go code)

Flags:
`

const diffTail = `
Examples:
  # What would change with the next gen, on one screen.
  gen diff
  # For a pull request, against the branch that it goes to.
  gen diff --base origin/main --format markdown
  # In CI: exit 3 if a newer document breaks what uses the package.
  gen diff old/Teams.yml new/Teams.yml --include '/teams/**' --no-docs --fail-on breaking
  # Only what does not compile any more, or one rule.
  gen diff --fail-on go,operation-header-required
  gen diff --explain property-removed

Each finding has the id of its rule, such as property-removed, which --explain explains. What breaks Go does not compile any more;
what breaks the wire compiles, and the service refuses it or answers otherwise. What is known and taken stands in
graphslice-accept.yaml, beside graphslice.yaml; it is shown with its reason, and does not count for --fail-on:

  - id: property-removed
    element: microsoft.graph.chat/topic   # * stands for any text
    reason: nothing of ours reads it
    until: 2027-03-01                     # optional: the last day on which this counts

Whether Go code is compatible is decided by golang.org/x/exp/apidiff; an API change can be breaking although all still compiles.
Text is a screen, and Markdown has 60 KB at most: both put families together and count the rest; --all and --format json show everything.

JSON is one object, {"reports": […]}, with a report for each package; a text without a value is "", a list without one is [].
  subject, old, new   what was compared
  notes               what could not be compared
  summary             numbers: breaking (of these go and wire; many break both), compatible, documentation, accepted
  findings            rule, verdict (breaking, compatible, documentation), breaks (go, wire), kind (operation, parameter, path, type,
                      property, enum, member, constant, service, go), change (removed, added, changed, deprecated, documented), id,
                      name (in Go), what, do (for the caller's code), renamed (the id that it may have now), family (what it has in
                      common with others), accepted (reason, until; or null), go (subject, message, compatible)

Exit codes: 0 done, 1 a spec, a lock, the repository or the disk is at fault, 2 the call is at fault, 3 --fail-on found something.
`

// diffOptions are the flags and arguments of gen diff.
type diffOptions struct {
	choice
	packageName, base, format string
	accept, explain           string
	failOn                    []string
	noDocs, all, help         bool
	files                     []string // OLD and NEW, or none
	flags                     *pflag.FlagSet
}

// parseDiff reads the arguments. The error is a usageError.
func parseDiff(args []string) (*diffOptions, error) {
	o := &diffOptions{}
	o.flags = o.flagSet()
	if err := parseFlags(o.flags, args); err != nil {
		return nil, err
	}
	if o.help {
		return o, nil
	}
	o.files = o.flags.Args()
	return o, o.validate()
}

// flagSet returns the flags that fill o.
func (o *diffOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("diff")
	o.addFlags(flags)
	for _, name := range []string{"include", "exclude", "overrides"} {
		f := flags.Lookup(name)
		f.Usage = strings.Replace(f.Usage, "(with --spec;", "(with --spec, or OLD and NEW;", 1)
	}
	flags.StringVar(&o.packageName, "package", "graph", "the package's `name` (with --spec: the last part of --out; or OLD and NEW)")
	flags.StringVar(&o.base, "base", "", "git `revision` that has the package to compare with")
	flags.StringVar(&o.format, "format", "text", "`text`, markdown or json")
	flags.StringSliceVar(&o.failOn, "fail-on", nil, "exit 3 if there is such a `finding`: go, wire, breaking (go or wire), any, or the id of a rule; separated by commas")
	flags.StringVar(&o.accept, "accept", "", "`file` of findings that are accepted (default "+diff.AcceptName+", beside the configuration or OLD)")
	flags.StringVar(&o.explain, "explain", "", "explain the rule of this `id`")
	flags.BoolVar(&o.noDocs, "no-docs", false, "leave out what is documentation only")
	flags.BoolVar(&o.all, "all", false, "list every finding")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	enumerate(flags, "format", "text", "markdown", "json")
	return flags
}

// validate finds what the call cannot say together.
func (o *diffOptions) validate() error {
	if err := checkEnum(o.flags); err != nil {
		return err
	}
	if err := o.checkRules(); err != nil {
		return err
	}
	switch {
	case o.flags.Changed("base") && o.base == "":
		return usagef("--base is empty")
	case packageFault(o.packageName) != "":
		return usagef("--package %q %s", o.packageName, packageFault(o.packageName))
	case len(o.files) != 0 && len(o.files) != 2:
		return usagef("gen diff compares two files, OLD and NEW; with none it compares the packages on disk")
	case len(o.files) == 2:
		for _, name := range []string{"config", "out", "spec", "base"} {
			if o.flags.Changed(name) {
				return usagef("two files and --%s exclude each other", name)
			}
		}
		return nil
	case len(o.specs) > 0 && o.out == "":
		return usagef("--spec needs --out, the folder of the package")
	case len(o.specs) > 0 && o.flags.Changed("config"):
		return usagef("--spec and --config exclude each other")
	case len(o.specs) == 0:
		return o.choice.validate(o.flags)
	}
	return nil
}

// runDiff is the command diff.
func (a *app) runDiff(ctx context.Context, args []string) error {
	o, err := parseDiff(args)
	if err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, diffHead+o.flags.FlagUsages()+diffTail)
		return nil
	}
	if o.explain != "" {
		a.explainRule(o.explain)
		return nil
	}
	accepted, err := o.acceptances()
	if err != nil {
		return err
	}
	work := a.begin("comparing")
	defer work.end()
	reports, err := a.compare(ctx, o)
	work.end()
	if err != nil {
		return err
	}
	for _, r := range reports {
		diff.Accept(r.Findings, accepted, a.now())
	}
	for _, d := range diff.Stale(accepted, a.now()) {
		fmt.Fprintln(a.stderr, d)
	}
	if o.noDocs {
		for _, r := range reports {
			r.Findings = diff.WithoutDocumentation(r.Findings)
		}
	}
	if err := a.printReports(o, reports); err != nil {
		fmt.Fprintf(a.stderr, "gen: stdout: %v\n", err)
		return codeError(exitInput)
	}
	for _, r := range reports {
		for _, f := range r.Findings {
			if slices.ContainsFunc(o.failOn, f.Fails) {
				return codeError(exitDiffers)
			}
		}
	}
	return nil
}

// compare makes a report of the two files, or of each package.
func (a *app) compare(ctx context.Context, o *diffOptions) ([]*diff.Report, error) {
	if len(o.files) == 2 {
		report, err := a.compareFiles(ctx, o)
		return []*diff.Report{report}, err
	}
	targets, err := o.targets()
	if err != nil {
		return nil, err
	}
	var reports []*diff.Report
	for _, t := range targets {
		report, err := a.comparePackage(ctx, o, t)
		if err != nil {
			return nil, err
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// targets are the packages to compare: the one that flags describe, the one of the configuration in --out, or all of it.
func (o *diffOptions) targets() ([]target, error) {
	if len(o.specs) > 0 {
		t := target{Out: displayPath(o.out), Config: o.generatorConfig(o.specs...)}
		if name := filepath.Base(t.Out); !o.flags.Changed("package") && isPackageName(name) {
			t.Package = name
		}
		return []target{t}, nil
	}
	if o.out != "" {
		t, err := o.choice.target()
		t.AllowRemoteRefs = o.remoteRefs
		return []target{t}, err
	}
	targets, err := loadConfig(o.config)
	for i := range targets {
		targets[i].AllowRemoteRefs = o.remoteRefs
	}
	return targets, err
}

func (o *diffOptions) generatorConfig(specs ...string) generator.Config {
	return generator.Config{
		Specs: specs, Package: o.packageName, Include: o.include, Exclude: o.exclude, Overrides: o.overrides,
		AllowRemoteRefs: o.remoteRefs, Version: generator.Version,
	}
}

// comparePackage compares a package on disk, or at a revision, with what its specs give now.
func (a *app) comparePackage(ctx context.Context, o *diffOptions, t target) (*diff.Report, error) {
	source := folder(diskTree{t.Out})
	report := &diff.Report{Subject: filepath.ToSlash(t.Out), Old: "the last generation", New: "the specs"}
	if o.base != "" {
		revision, err := newGitTree(ctx, t.Out, o.base)
		if err != nil {
			return nil, err
		}
		source, report.Old = revision, o.base
	}
	old, err := readSide(source)
	if err != nil {
		return nil, err
	}
	// What gen would make now depends on what is on disk, whatever it is compared with.
	if t.Previous, err = output.ReadLock(t.Out); err != nil {
		return nil, err
	}
	t.Keep = generator.ToKeep(t.Previous, t.Config, t.Out, false)
	d, err := generator.Describe(ctx, t.Config)
	if err != nil {
		return nil, err
	}
	if d.Diagnostics.HasErrors() {
		return nil, atTarget(d.Diagnostics, t)
	}
	side := sideOf(d)
	side.Selects = t.selects()
	report.Findings, err = diff.Compare(t.Package, old, side)
	if err != nil {
		return nil, diag.List{{Pos: diag.Pos{File: t.Out}, Severity: diag.Error, Code: "diff", Message: err.Error(),
			Hint: "run gen to write the package anew"}}
	}
	return report, nil
}

// atTarget gives findings without a place that of the package in the configuration.
func atTarget(found diag.List, t target) diag.List {
	for i := range found {
		if found[i].Pos.IsZero() {
			found[i].Pos = t.Pos
		}
	}
	return found.Sorted()
}

func sideOf(d *generator.Description) diff.Side {
	side := diff.Side{Elements: d.Elements}
	for _, f := range d.Files {
		side.Files = append(side.Files, diff.File{Name: f.Name, Data: f.Data})
	}
	return side
}

// compareFiles compares two documents.
func (a *app) compareFiles(ctx context.Context, o *diffOptions) (*diff.Report, error) {
	report := &diff.Report{Old: filepath.ToSlash(o.files[0]), New: filepath.ToSlash(o.files[1])}
	oldXML, err := isXML(o.files[0])
	if err != nil {
		return nil, err
	}
	newXML, err := isXML(o.files[1])
	if err != nil {
		return nil, err
	}
	var sides [2]diff.Side
	switch {
	case oldXML != newXML:
		return nil, usagef("%s and %s are of two kinds: metadata can be compared with metadata only", o.files[0], o.files[1])
	case oldXML:
		for _, name := range []string{"include", "exclude", "overrides", "package"} {
			if o.flags.Changed(name) {
				return nil, usagef("--%s is for OpenAPI documents; metadata is compared as a whole", name)
			}
		}
		report.Notes = append(report.Notes, "metadata has no Go code; only the API was compared")
		sides, err = readMetadata(o.files)
	default:
		sides, err = a.describeBoth(ctx, o, report)
	}
	if err != nil {
		return nil, err
	}
	report.Findings, err = diff.Compare(o.packageName, sides[0], sides[1])
	return report, err
}

// describeBoth reads the two documents at once. Where Go names of one collide, only the API is compared, and the report
// says so.
func (a *app) describeBoth(ctx context.Context, o *diffOptions, report *diff.Report) ([2]diff.Side, error) {
	var sides [2]diff.Side
	var described [2]*generator.Description
	var errs [2]error
	var both sync.WaitGroup
	for i, file := range o.files {
		cfg := o.generatorConfig(file)
		cfg.AllowUnmatched = true // the other document may have what matches
		both.Go(func() { described[i], errs[i] = generator.Describe(ctx, cfg) })
	}
	both.Wait()
	var faults diag.List
	named := true
	for i, d := range described {
		if errs[i] != nil {
			return sides, errs[i]
		}
		if d.Elements == nil {
			faults = append(faults, d.Diagnostics...)
		} else if d.Diagnostics.HasErrors() {
			named = false
			a.reportCollisions(d.Diagnostics)
		}
		sides[i] = sideOf(d)
	}
	faults = append(faults, unmatchedInBoth(described[0].Diagnostics, described[1].Diagnostics)...)
	if faults.HasErrors() {
		return sides, faults.Sorted()
	}
	if !named {
		report.Notes = append(report.Notes, "Go names collide, so that only the API was compared; --overrides can give other names")
		for i := range sides {
			sides[i] = diff.Side{Elements: api.WithoutNames(sides[i].Elements)}
		}
	}
	return sides, nil
}

// unmatchedInBoth are the patterns that match no operation of either document.
func unmatchedInBoth(old, new diag.List) diag.List {
	var faults diag.List
	for _, d := range new {
		if d.Code == "unmatched-pattern" && slices.ContainsFunc(old, func(o diag.Diagnostic) bool { return o.Message == d.Message }) {
			d.Severity = diag.Error
			faults = append(faults, d)
		}
	}
	return faults
}

// maxCollisions is how many colliding names are reported one by one.
const maxCollisions = 5

func (a *app) reportCollisions(found diag.List) {
	a.busy.clear()
	n := 0
	for _, d := range found {
		if d.Severity != diag.Error {
			continue
		}
		if n++; n <= maxCollisions {
			fmt.Fprintln(a.stderr, d)
		}
	}
	if n > maxCollisions {
		fmt.Fprintf(a.stderr, "gen: and %d more names that collide\n", n-maxCollisions)
	}
}

// printReports writes the reports to stdout.
func (a *app) printReports(o *diffOptions, reports []*diff.Report) error {
	if o.format == "json" {
		return diff.WriteJSON(a.stdout, reports)
	}
	for i, r := range reports {
		text := r.Text(o.all)
		if o.format == "markdown" {
			text = r.Markdown()
		}
		if i > 0 {
			text = "\n" + text
		}
		if _, err := fmt.Fprint(a.stdout, text); err != nil {
			return err
		}
	}
	return nil
}
