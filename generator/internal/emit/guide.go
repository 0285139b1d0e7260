package emit

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// guide makes doc.go, the comment of the package: what it is, and how it is used, with operations of this very slice. Its lines of
// code compile one section after the other, in a function that has a ctx and returns an error; a test holds them to that.
func (e *emitter) guide(roots []*ir.Resource, opts Options) File {
	g := &guide{emitter: e, pkg: opts.Package, shared: opts.Shared}
	g.find(roots)
	g.what(roots)
	g.signIn()
	g.creation()
	g.listing()
	g.reading()
	g.calling()
	g.failing()
	g.elsewhere(roots)
	g.files()
	return File{Name: "doc.go", Data: []byte(opts.Header + "\n\n" + strings.Join(g.lines, "\n") + "\npackage " + opts.Package + "\n")}
}

// guide is a comment that is being written, and what it shows.
type guide struct {
	*emitter
	pkg    string
	shared string // the import path of the runtime; "" if it is the package's own
	lines  []string

	create, list, get, update, call *shown
}

// text adds a paragraph.
func (g *guide) text(paragraph string) {
	if len(g.lines) > 0 {
		g.lines = append(g.lines, "//")
	}
	for _, line := range textLines(textWidth, []string{paragraph}) {
		g.lines = append(g.lines, "// "+line)
	}
}

// code adds lines of code. They are made of identifiers and quoted text, so that no line is another than it looks.
func (g *guide) code(format string, args ...any) {
	g.lines = append(g.lines, "//")
	for line := range strings.Lines(fmt.Sprintf(strings.TrimPrefix(format, "\n"), args...)) {
		g.lines = append(g.lines, strings.TrimRight("//\t"+line, "\t\n"))
	}
}

// what says what the package is, without numbers and with a line for each path: two branches that each add an operation are to
// merge.
func (g *guide) what(roots []*ir.Resource) {
	text := "Package " + g.pkg + " calls " + g.emitter.pkg.ServiceRoot + ". "
	switch titles := g.emitter.pkg.Titles; len(titles) {
	case 0:
		text += "It is made from a slice of its description, with operations below"
	case 1:
		text += "It is made from the slice " + titles[0] + " of its description, with operations below"
	default:
		text += "It is made from the slices " + listed(titles) + " of its description, with operations below"
	}
	g.text(text)
	g.lines = append(g.lines, "//")
	for _, r := range roots {
		g.lines = append(g.lines, "//   - "+strings.Join(textLines(textWidth, []string{r.Segment.Text()}), " "))
	}
	if g.split != nil {
		g.text("The calls below each are a package of their own, whose function " + names.Way + " leads to them from a client.")
	}
	g.text("Paths read as in the service's reference, with the method at their end.")
}

// maxListed is how many of several things a sentence names.
const maxListed = 6

// listed names several things: a, b and c.
func listed(all []string) string {
	last := len(all) - 1
	switch {
	case len(all) == 0:
		return ""
	case len(all) == 1:
		return all[0]
	case len(all) > maxListed:
		return strings.Join(all[:maxListed], ", ") + " and more"
	}
	return strings.Join(all[:last], ", ") + " and " + all[last]
}

func (g *guide) signIn() {
	g.text("# Sign in")
	text := "A client takes its tokens from a function, which is asked for each call; a sign-in library keeps them and renews them. " +
		"StaticToken is for a first try. A client is made once, and safe for concurrent use."
	var sets []string
	delegated, application := g.scopeSets()
	if len(delegated.names) > 0 {
		sets = append(sets, "DelegatedScopes")
	}
	if len(application.names) > 0 {
		sets = append(sets, "ApplicationScopes")
	}
	if len(sets) > 0 {
		text += " What to ask for when signing in: see " + listed(sets) + "."
	}
	g.text(text)
	g.code(`
client, err := %[1]s.NewClient(%[1]s.TokenFunc(func(ctx context.Context) (string, error) {
	return os.Getenv("TOKEN"), nil
}))
if err != nil {
	return err
}
`, g.pkg)
}

func (g *guide) creation() {
	s := g.create
	if s == nil {
		return
	}
	g.text("# Create and wait")
	g.text(s.op.Method + " " + s.op.Path + ":")
	call := s.fit("created, err := ", s.method, "ctx, "+g.body(s.sent), "")
	g.code(`
%s
if err != nil {
	return err
}
%s, err := created.Wait(ctx)
if err != nil {
	return err
}
%s
`, call, s.variable(), g.show(s))
	text := "A service may answer with what it has created, with its address alone, or with that of an operation that goes on in the background. " +
		"Wait returns the value all the same; created.ID() and created.Location are what is known without it."
	g.text(text)
}

func (g *guide) listing() {
	s := g.list
	if s == nil {
		return
	}
	g.text("# List")
	g.text(s.op.Method + " " + s.op.Path + ": All reads page after page, as far as the loop goes. " + s.method + " reads one page, whose Next reads the one after it.")
	options := s.options(g.pkg, "ListOptions", "Top: 50")
	call := s.fit("for "+s.variable()+", err := range ", "All", "ctx, "+options, " {")
	g.code(`
%s
	if err != nil {
		return err
	}
	%s
}
`, call, g.show(s))
}

func (g *guide) reading() {
	s := g.get
	if s == nil {
		return
	}
	name, options := s.variable(), "nil"
	field := g.textField(s.sent)
	if field != nil {
		options = s.options(g.pkg, "GetOptions", fmt.Sprintf("Select: []string{%s.%s}", g.pkg, g.names.PropertyConstant(s.sent, field).String()))
	}
	call := s.fit(name+", err := ", s.method, "ctx, "+options, "")
	shown := g.show(s)
	if field != nil {
		shown = fmt.Sprintf("fmt.Println(%s.%s.Or(\"none\"))", name, g.names.Field(field).String())
	}
	title, change := "# Read", ""
	if g.update != nil && field != nil {
		title = "# Read and change"
		change = fmt.Sprintf(`
after := %[1]s.Clone(%[2]s)
after.%[3]s = %[1]s.Some("…")
patch, err := %[1]s.Changed(%[2]s, after) // what differs, and nothing else
if err != nil {
	return err
}
if _, err := %[4]s.%[5]s(ctx, patch); err != nil {
	return err
}
`, g.pkg, name, g.names.Field(field).String(), s.chain, g.update.method)
	}
	g.text(title)
	if field != nil {
		g.text("An Opt is absent, which is its zero value and is not sent; null; or has a value: " + g.pkg + ".Some(value), " + g.pkg +
			".Null[string]().")
	}
	g.text(s.op.Method + " " + s.op.Path + ":")
	g.code(`
%s
if err != nil {
	return err
}
%s
%s`, call, shown, strings.TrimPrefix(change, "\n"))
}

// calling shows an action or a function, where there is nothing else to show.
func (g *guide) calling() {
	s := g.call
	if s == nil || g.create != nil || g.list != nil || g.get != nil {
		return
	}
	g.text("# Call")
	g.text(s.op.Method + " " + s.op.Path + ":")
	before, after := "_, err = ", ""
	switch {
	case s.answersNothing:
		before = "err = "
	case s.answersBytes:
		before, after = "content, err := ", `
if err != nil {
	return err
}
defer content.Close()
_, err = io.Copy(os.Stdout, content)`
	}
	call := s.fit(before, s.method, s.arguments, "")
	g.code("%s", call+after)
}

func (g *guide) failing() {
	g.text("# Errors")
	g.text("Each answer that is no success is one *Error, whatever its body. What is safe to send again has been by then, as the client's " +
		"RetryPolicy says; ErrOutcomeUnknown marks a call that may have been carried out all the same.")
	g.code(`
var failed *%[1]s.Error
switch {
case errors.Is(err, %[1]s.ErrNotFound):
	fmt.Println("there is none")
case errors.As(err, &failed):
	fmt.Println(failed.StatusCode, failed.Code, failed.Message, failed.RequestID)
}
`, g.pkg)
}

func (g *guide) elsewhere(roots []*ir.Resource) {
	g.text("# What is not in the slice")
	g.text("Do sends any call, with the same token, retries and errors. Properties and types that the package does not know are kept in " +
		"AdditionalProperties.")
	path := "/"
	if len(roots) > 0 {
		path = roots[0].Segment.Text()
	}
	g.code(`
var answer json.RawMessage
_, err = client.Do(ctx, http.MethodGet, %s, nil, &answer)
`, strconv.Quote(path))
}

func (g *guide) files() {
	g.text("# Files")
	runtime := "runtime_*.go are what all of that needs"
	calls := "*_requests.go have the calls below a path, the others the types"
	if g.split != nil {
		calls = "folders have the calls below a path each, the other files the types"
	}
	if g.shared != "" {
		runtime = "runtime_*.go have what the package has in common with others, of package " + g.shared
	}
	g.text("Files that begin with \"Code generated by graphslice\" are made again by each run of gen, and graphslice.lock says of what; " + runtime +
		", " + calls + ". Any other file in the folder is yours: it is never touched.")
}

// packageGuides make a doc.go for each package of calls.
func (e *emitter) packageGuides(roots []*ir.Resource, opts Options) []File {
	var files []File
	for name, roots := range requestsFiles(roots, opts.Split) {
		if opts.Split == nil {
			return nil
		}
		pkg := opts.Split[roots[0]]
		g := &guide{emitter: e}
		var paths []string
		for _, r := range roots {
			paths = append(paths, r.Segment.Text())
		}
		g.text("Package " + pkg + " calls what is at and below " + listed(paths) + " of " + e.pkg.ServiceRoot + ", with clients and types of package " +
			opts.Package + ", whose comment says how.")
		files = append(files, File{Name: path.Join(path.Dir(name), "doc.go"),
			Data: []byte(opts.Header + "\n\n" + strings.Join(g.lines, "\n") + "\npackage " + opts.Package + "\n")})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}
