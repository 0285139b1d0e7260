package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
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
  # In CI: exit 3 if something breaks what the code of this module uses.
  gen diff --base origin/main --fail-on uses
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

In a Go module that uses the package, what touches its code comes first, with the places: where it names what has changed, and calls
whose bodies or answers hold it ("by way of"). --uses chooses packages, --uses none looks at no code. Code that cannot be read is told
in a note; it is a fault if --uses, --tags or --fail-on uses asks for it. What Client.Do and reflection touch is listed as not known.

Whether Go code is compatible is decided by golang.org/x/exp/apidiff; an API change can be breaking although all still compiles.
Text is a screen, and Markdown has 60 KB at most: both put families together and count the rest; --all and --format json show everything.

JSON is one object, {"reports": […]}, with a report for each package; a text without a value is "", a list without one is [].
  subject, old, new   what was compared
  notes               what could not be compared
  summary             numbers: breaking (of these go and wire; many break both), compatible, documentation, accepted
  touches             the same numbers, of what touches the code; null if none was looked at
  unknown             what of the code may touch anything: go, what, why, file, line, column, test
  findings            rule, verdict (breaking, compatible, documentation), breaks (go, wire), kind (operation, parameter, path, type,
                      property, enum, member, constant, service, go), change (removed, added, changed, deprecated, documented), id,
                      name (in Go), what, do (for the caller's code), renamed (the id that it may have now), family (what it has in
                      common with others), accepted (reason, until; or null), go (subject, message, compatible), uses (places: file,
                      line, column, test, go, by: how a call comes to it that does not name it)

Exit codes: 0 done, 1 a spec, a lock, the repository or the disk is at fault, 2 the call is at fault, 3 --fail-on found something.
`

// diffOptions are the flags and arguments of gen diff.
type diffOptions struct {
	packageOptions
	packageName, base, format string
	accept, explain           string
	failOn, uses, tags        []string
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
	flags.StringSliceVar(&o.failOn, "fail-on", nil, "exit 3 if there is such a `finding`: go, wire, breaking (go or wire), uses (breaking, and touches the code), any, or the id of a rule; separated by commas")
	o.addUses(flags)
	flags.StringVar(&o.accept, "accept", "", "`file` of findings that are accepted (default "+generator.AcceptName+", beside the configuration or OLD)")
	flags.StringVar(&o.explain, "explain", "", "explain the rule of this `id`")
	flags.BoolVar(&o.noDocs, "no-docs", false, "leave out what is documentation only")
	flags.BoolVar(&o.all, "all", false, "list every finding")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	enumerate(flags, "format", "text", "markdown", "json")
	suggest(flags, "fail-on", failWords...)
	suggest(flags, "explain", generator.DiffRules()...)
	return flags
}

// validate finds what the call cannot say together.
func (o *diffOptions) validate() error {
	if err := checkEnum(o.flags); err != nil {
		return err
	}
	if err := cmp.Or(o.checkRules(), o.checkUses()); err != nil {
		return err
	}
	switch {
	case o.flags.Changed("base") && o.base == "":
		return usagef("--base is empty")
	case generator.PackageNameFault(o.packageName) != "":
		return usagef("--package %q %s", o.packageName, generator.PackageNameFault(o.packageName))
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
		return o.packageOptions.validate(o.flags)
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
	code := o.readUses(ctx)
	defer code.end()
	reports, err := a.compare(ctx, o)
	if err == nil {
		err = a.touch(ctx, o, code, reports)
	}
	work.end()
	if err != nil {
		return err
	}
	for _, d := range generator.Accept(reports, accepted, a.now()) {
		fmt.Fprintln(a.stderr, d)
	}
	if o.noDocs {
		generator.WithoutDocumentation(reports)
	}
	if err := a.printReports(o, reports); err != nil {
		fmt.Fprintf(a.stderr, "gen: stdout: %v\n", err)
		return codeError(exitInput)
	}
	if generator.DiffFails(reports, o.failOn) {
		return codeError(exitDiffers)
	}
	return nil
}

// compare makes a report of the two files, or of each package.
func (a *app) compare(ctx context.Context, o *diffOptions) ([]*generator.DiffReport, error) {
	if len(o.files) == 2 {
		report, err := a.compareFiles(ctx, o)
		return []*generator.DiffReport{report}, err
	}
	p, err := o.project()
	if err != nil {
		return nil, err
	}
	return p.Diff(ctx, o.base)
}

// project has the packages to compare: the one that flags describe, the one of the configuration in --out, or all of it.
func (o *diffOptions) project() (*generator.Project, error) {
	if len(o.specs) > 0 {
		p := generator.Of(o.generatorConfig(o.specs...), o.out)
		if name := filepath.Base(p.Targets[0].Out); !o.flags.Changed("package") && generator.IsPackageName(name) {
			p.Targets[0].Package = name
		}
		return p, nil
	}
	if o.out != "" {
		return o.packageOptions.project()
	}
	p, err := generator.Open(o.config)
	if err == nil {
		p.AllowRemoteRefs(o.remoteRefs)
	}
	return p, err
}

func (o *diffOptions) generatorConfig(specs ...string) generator.Config {
	return generator.Config{
		Specs: specs, Package: o.packageName, Include: o.include, Exclude: o.exclude, Overrides: o.overrides,
		AllowRemoteRefs: o.remoteRefs, Version: generator.Version,
	}
}

// compareFiles compares two documents.
func (a *app) compareFiles(ctx context.Context, o *diffOptions) (*generator.DiffReport, error) {
	old, new := o.files[0], o.files[1]
	oldXML, err := generator.IsMetadata(old)
	if err != nil {
		return nil, err
	}
	newXML, err := generator.IsMetadata(new)
	if err != nil {
		return nil, err
	}
	switch {
	case oldXML != newXML:
		return nil, usagef("%s and %s are of two kinds: metadata can be compared with metadata only", old, new)
	case oldXML:
		for _, name := range []string{"include", "exclude", "overrides", "package"} {
			if o.flags.Changed(name) {
				return nil, usagef("--%s is for OpenAPI documents; metadata is compared as a whole", name)
			}
		}
		return generator.DiffMetadata(old, new)
	}
	report, collisions, err := generator.DiffSpecs(ctx, o.generatorConfig(), old, new)
	for _, found := range collisions {
		a.reportCollisions(found)
	}
	return report, err
}

// maxCollisions is how many colliding names are reported one by one.
const maxCollisions = 5

func (a *app) reportCollisions(found generator.Diagnostics) {
	a.busy.clear()
	n := 0
	for _, d := range found {
		if d.Severity != generator.Error {
			continue
		}
		if n++; n <= maxCollisions {
			fmt.Fprintln(a.stderr, d)
		}
	}
	if n > maxCollisions {
		fmt.Fprintf(a.stderr, "gen: and %s more that collide\n", generator.Count(n-maxCollisions, "name"))
	}
}

// printReports writes the reports to stdout.
func (a *app) printReports(o *diffOptions, reports []*generator.DiffReport) error {
	if o.format == "json" {
		return generator.WriteDiffJSON(a.stdout, reports)
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
