package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const pathsHead = `Gen paths lists what a source has before anything is cut: method, path, what it does, the least permissions where they are
known, and the pattern to paste below include, or to give to gen add. Nothing is written.

Usage:
  gen paths [WORDS…] [flags]                       what the slices of ./graphslice.yaml are cut from
  gen paths [WORDS…] --metadata SOURCE [flags]     a file or an https address, without a configuration

Words stand anywhere in a path or in what it does, in any order, whatever their case. Without words a terminal gets a tree with
counts.

Flags:
`

const pathsTail = `
Examples:
  # How is mail sent?
  gen paths send mail
  # What is there below /me, to two levels?
  gen paths --include '/me/**' --format tree
  # All that lists something, as JSON, without a configuration.
  gen paths list --metadata '` + cleanedV1 + `' --format json

JSON is one object, {"operations": […]}; a text without a value is "", a list without one is [].
  method, path        what is called
  kind                list, create, get, update, delete, count, action, function, getContent, setContent, listRef, addRef, getRef,
                      setRef or removeRef; "" for an operation of an OpenAPI document
  summary             what it does
  scopes, applicationScopes
                      the least permissions
  pattern             what selects it alone
`

// pathsOptions are the flags and arguments of gen paths.
type pathsOptions struct {
	sourceFlags
	namedSources
	config, out      string
	include, exclude []string
	format           string
	help             bool
	words            []string
	flags            *pflag.FlagSet
}

// flagSet returns the flags that fill o.
func (o *pathsOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("paths")
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file that says what slices are cut from, if no source is named")
	flags.StringVar(&o.out, "out", "", "`folder` of the package whose sources to list, if the file names several (default: the first)")
	o.addNames(flags)
	flags.StringArrayVar(&o.include, "include", nil, "`pattern` of operations to list, such as '/me/**' (repeatable; default: all)")
	flags.StringArrayVar(&o.exclude, "exclude", nil, "`pattern` of operations to leave out of these (repeatable)")
	o.sourceFlags.addFlags(flags)
	flags.StringVar(&o.format, "format", "", "`text`, json or tree (default: text; on a terminal and without words tree)")
	enumerate(flags, "format", "text", "json", "tree")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// parse reads the arguments. The error is a usageError.
func (o *pathsOptions) parse(args []string) error {
	o.flags = o.flagSet()
	if err := parseFlags(o.flags, args); err != nil || o.help {
		return err
	}
	if err := checkValues(o.flags); err != nil {
		return err
	}
	for _, word := range o.flags.Args() {
		o.words = append(o.words, strings.Fields(strings.ToLower(word))...)
	}
	if err := o.checkNames(o.flags, o.config); err != nil {
		return err
	}
	return o.sourceFlags.validate()
}

// runPaths is the command paths.
func (a *app) runPaths(ctx context.Context, args []string) error {
	var o pathsOptions
	if err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, pathsHead+o.flags.FlagUsages()+pathsTail)
		return nil
	}
	listing, err := a.listPaths(ctx, &o)
	if err != nil {
		return err
	}
	format := o.format
	if format == "" && len(o.words) == 0 && terminal(a.stdout) != nil {
		format = "tree"
	}
	if format == "tree" {
		return a.answer("text", newPathTree(listing.Operations))
	}
	return a.answer(cmp.Or(format, "text"), listing)
}

// listPaths reads the sources and picks the operations that have all words. None is an error: a usageError or a generator.Diagnostics.
func (a *app) listPaths(ctx context.Context, o *pathsOptions) (*pathListing, error) {
	p, err := a.pathsProject(o)
	if err != nil {
		return nil, err
	}
	from, err := p.Sources()
	if err != nil {
		return nil, err
	}
	work := a.begin("reading " + strings.Join(from, " "))
	defer work.end()
	list, err := p.Paths(ctx, o.include, o.exclude, o.sources(), work.progress())
	if err != nil {
		return nil, err
	}
	work.end()
	found := list.Diagnostics
	a.printFindings(found, false, false)
	if n := len(list.Stops); n > 0 && !found.HasErrors() {
		fmt.Fprintf(a.stderr, "gen: not listed is what lies behind %s, such as %s; --include '%s/**' lists it\n", generator.Count(n, "place"), list.Stops[0], list.Stops[0])
	}
	if found.HasErrors() {
		return nil, codeError(exitInput)
	}
	return o.choose(list.Operations)
}

// pathsProject has what the sources are: those of flags or those of a package of the configuration.
func (a *app) pathsProject(o *pathsOptions) (*generator.Project, error) {
	if o.areNamed() {
		return o.project(), nil
	}
	p, err := generator.Open(o.config)
	if err != nil {
		return nil, withSourceHint(err)
	}
	t, err := a.cutTarget(o.config, o.out, p, true)
	if err != nil {
		return nil, err
	}
	return p.Only(t), nil
}

// withSourceHint says what else can be listed if there is no configuration.
func withSourceHint(err error) error {
	if list, ok := err.(generator.Diagnostics); ok && len(list) == 1 && list[0].Code == "no-config" && list[0].Hint != "" {
		list[0].Hint = "gen init writes one; or name a source, such as --metadata '" + cleanedV1 + "'"
	}
	return err
}

// cutTarget picks the package in folder out, or the first that says what its slices are cut from; if there are others, it says
// which one it took, if it may. The error is a usageError or a generator.Diagnostics.
func (a *app) cutTarget(config, out string, p *generator.Project, say bool) (generator.Target, error) {
	cuttable := slices.DeleteFunc(slices.Clone(p.Targets), func(t generator.Target) bool { return !t.HasCut() })
	if len(cuttable) == 0 {
		return generator.Target{}, p.CheckCuts()
	}
	if out == "" {
		if t := cuttable[0]; len(cuttable) > 1 && say {
			fmt.Fprintf(a.stderr, "gen: of several packages, %s; --out picks another\n", filepath.ToSlash(t.Out))
		}
		return cuttable[0], nil
	}
	var outs []string
	for _, t := range cuttable {
		if t.Out == generator.Shown(out) {
			return t, nil
		}
		outs = append(outs, filepath.ToSlash(t.Out))
	}
	return generator.Target{}, usagef("%s has no package in %q that says what its slices are cut from; there is %s", config, out, strings.Join(outs, ", "))
}

// choose returns the operations that have all words.
func (o *pathsOptions) choose(operations []generator.PathInfo) (*pathListing, error) {
	listing := &pathListing{Operations: []pathOperation{}}
	missing := slices.Clone(o.words)
	for _, p := range operations {
		text := strings.ToLower(p.Method + " " + p.Path + " " + p.Summary)
		missing = slices.DeleteFunc(missing, func(word string) bool { return strings.Contains(text, word) })
		if !slices.ContainsFunc(o.words, func(word string) bool { return !strings.Contains(text, word) }) {
			listing.Operations = append(listing.Operations, newPathOperation(p))
		}
	}
	if len(listing.Operations) > 0 {
		return listing, nil
	}
	fault := generator.Diagnostic{Severity: generator.Error, Code: "no-match", Message: "the source has no operation"}
	switch {
	case len(missing) > 0:
		fault.Message = fmt.Sprintf("no operation has %s in its path or in what it does", quotedList(missing))
		if near := generator.Likely(missing[0], wordsOf(operations)); near != "" {
			fault.Hint = "did you mean " + near + "?"
		}
	case len(o.words) > 0:
		fault.Message = fmt.Sprintf("no operation has all of %s in its path or in what it does", quotedList(o.words))
		fault.Hint = "leave one out"
	}
	return nil, generator.Diagnostics{fault}
}

func quotedList(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(quoted, ", ")
}

// wordsOf are the words that paths are made of, in lower case, each once.
func wordsOf(operations []generator.PathInfo) []string {
	seen := map[string]bool{}
	for _, p := range operations {
		for _, name := range strings.FieldsFunc(p.Path, func(r rune) bool { return strings.ContainsRune("/{}().,='$@-_", r) }) {
			seen[strings.ToLower(name)] = true
			start := 0
			for i, r := range name {
				if r >= 'A' && r <= 'Z' && i > start {
					seen[strings.ToLower(name[start:i])] = true
					start = i
				}
			}
			seen[strings.ToLower(name[start:])] = true
		}
	}
	words := make([]string, 0, len(seen))
	for word := range seen {
		words = append(words, word)
	}
	slices.Sort(words)
	return words
}

// pathListing is the answer of gen paths. As JSON its lists are never null, and the names of its fields do not change.
type pathListing struct {
	// Operations are sorted by path and method.
	Operations []pathOperation `json:"operations"`
}

// pathOperation is an operation that can be cut.
type pathOperation struct {
	Method            string   `json:"method"`
	Path              string   `json:"path"`
	Kind              string   `json:"kind"`
	Summary           string   `json:"summary"`
	Scopes            []string `json:"scopes"`
	ApplicationScopes []string `json:"applicationScopes"`
	Pattern           string   `json:"pattern"`
}

func newPathOperation(p generator.PathInfo) pathOperation {
	return pathOperation{p.Method, p.Path, p.Kind, p.Summary, append([]string{}, p.Delegated...), append([]string{}, p.Application...), p.Pattern}
}

// WriteText writes a table for a person; permissions only if some are known.
func (l *pathListing) WriteText(w io.Writer) error {
	knowsScopes := slices.ContainsFunc(l.Operations, func(o pathOperation) bool { return len(o.Scopes)+len(o.ApplicationScopes) > 0 })
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(method, path, summary, scopes, application, pattern string) {
		cells := []string{method, path, cmp.Or(summary, "-")}
		if knowsScopes {
			cells = append(cells, cmp.Or(scopes, "-"), cmp.Or(application, "-"))
		}
		fmt.Fprintln(t, generator.Printable(strings.Join(append(cells, pattern), "\t"))) // an error stays with the writer until Flush
	}
	row("METHOD", "PATH", "WHAT IT DOES", "DELEGATED", "APPLICATION", "PATTERN")
	for _, o := range l.Operations {
		summary := strings.Join(strings.Fields(o.Summary), " ")
		row(o.Method, o.Path, summary, strings.Join(o.Scopes, " "), strings.Join(o.ApplicationScopes, " "), pasteable(o.Pattern))
	}
	return t.Flush()
}

// pasteable quotes a pattern for both YAML and a shell, or, where that cannot be, for a shell.
func pasteable(pattern string) string {
	if strings.Contains(pattern, "'") && !strings.ContainsAny(pattern, "\"$`\\!") {
		return `"` + pattern + `"`
	}
	return generator.ShellQuoted(pattern)
}
