package generator

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/inspect"
	"github.com/graphslice/graphslice/generator/internal/pick"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// PickOptions say how the page of a project is served.
type PickOptions struct {
	Sources  Sources
	Progress Progress
	// Code is the code whose use of the package is marked.
	Code Code
	// Command begins the line of a shell that does what the page would write, such as gen add.
	Command []string
	// Port is the port to listen at; 0 lets the system choose.
	Port int
	// Ready is told the address of the page, which is to be kept secret, and another that opens it once, as soon as both work.
	Ready func(address, once string)
	// Make stands in for Generate; nil is Generate itself.
	Make func(context.Context, Config) (*Result, error)
	// Unrestored is told what could not be put back after something failed.
	Unrestored func(error)
}

// Pick serves a page, at an address of this machine only, on which operations of the sources of the project's first package are
// ticked, and written into its configuration; until the page is closed or ctx is done, which both are no error. The error is
// Diagnostics, or a fault of the generator itself.
func (p *Project) Pick(ctx context.Context, opts PickOptions) error {
	cuts, err := p.allCuts()
	if err != nil {
		return err
	}
	if opts.Make == nil {
		opts.Make = Generate
	}
	opts.Sources = opts.Sources.Keep(opts.Progress)
	w := &picking{PickOptions: opts, project: p, cut: cuts[0]}
	return pick.Serve(ctx, pick.Options{Project: w, Ready: opts.Ready, Port: opts.Port})
}

// picking is what the page knows of a project. Lines and Used run beside all else.
type picking struct {
	PickOptions

	mu      sync.Mutex // of what follows, which Setting reads anew
	project *Project
	cut     cut.Cut
}

// now is the project, and its cut, as they were read last.
func (w *picking) now() (*Project, cut.Cut) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.project, w.cut
}

// targetOf is the package, of which there is none if the source was named without a configuration.
func targetOf(p *Project) (t Target, ok bool) {
	if len(p.Targets) == 0 {
		return Target{Config: Config{Package: "graph", Version: Version}}, false
	}
	return p.Targets[0], true
}

// Setting reads the configuration, which may have been edited.
func (w *picking) Setting() (pick.Setting, error) {
	p, c := w.now()
	s := pick.Setting{Sources: slices.Clone(c.Metadata), Command: w.Command}
	if c.OpenAPI != "" {
		s.Sources = append(s.Sources, c.OpenAPI)
	}
	t, ok := targetOf(p)
	if !ok {
		s.Files, s.Follow = []pick.File{{File: slice.File{Out: "slice.yaml"}}}, c.Follow
		return s, nil
	}
	again, err := Open(p.file)
	if err != nil {
		return s, err
	}
	i := slices.IndexFunc(again.Targets, func(other Target) bool { return other.Out == t.Out && other.HasCut() })
	if i < 0 {
		return s, Diagnostics{{Pos: Pos{File: Shown(p.file)}, Severity: Error, Code: "bad-config",
			Message: "the package " + filepath.ToSlash(t.Out) + " is no longer in it"}}
	}
	p = again.Only(again.Targets[i])
	cuts, err := p.allCuts()
	if err != nil {
		return s, err
	}
	w.mu.Lock()
	w.project, w.cut = p, cuts[0]
	w.mu.Unlock()
	s.Config, s.Out, s.Follow = filepath.ToSlash(Shown(p.file)), filepath.ToSlash(t.Out), cuts[0].Follow
	for n, patterns := range again.Targets[i].described.Patterns() {
		s.Files = append(s.Files, pick.File{File: cuts[0].Files[n], Include: patterns.Include, Keep: patterns.Keep})
	}
	return s, nil
}

// Open reads the sources.
func (w *picking) Open(ctx context.Context) (*slice.Source, error) {
	_, c := w.now()
	source, found, err := cut.Open(ctx, c, w.Sources, w.Progress)
	if err == nil && source == nil {
		err = found
	}
	return source, err
}

// config is how the package is made of documents instead of slices.
func (w *picking) config(documents []pick.Text) (Config, error) {
	p, c := w.now()
	t, ok := targetOf(p)
	cfg := t.Config
	cfg.texts = map[string][]byte{}
	for _, d := range documents {
		cfg.texts[d.Path] = d.Data
	}
	if !ok {
		for _, d := range documents {
			cfg.Specs = append(cfg.Specs, d.Path)
		}
		return cfg, nil
	}
	cfg.Specs = nil
	for _, spec := range t.Specs {
		f := slices.IndexFunc(c.Files, func(f slice.File) bool { return filepath.Clean(f.Out) == filepath.Clean(spec) })
		if f < 0 {
			cfg.Specs = append(cfg.Specs, spec)
		} else if _, made := cfg.texts[c.Files[f].Out]; made { // else nothing is left of it
			cfg.Specs = append(cfg.Specs, c.Files[f].Out)
		}
	}
	var err error
	cfg.Previous, err = disk.ReadLock(t.Out)
	return cfg, err
}

// Inspect reads documents alone, without what the package leaves out. Overrides that are about something else count for nothing.
func (w *picking) Inspect(ctx context.Context, documents []pick.Text) (*inspect.Subject, Diagnostics, error) {
	cfg, err := w.config(documents)
	if err != nil {
		cfg.Previous = nil // names are then those that a new package would have
	}
	cfg.Specs, cfg.Include, cfg.Exclude, cfg.AllowUnmatched = nil, nil, nil, true
	for _, d := range documents {
		cfg.Specs = append(cfg.Specs, d.Path)
	}
	contents, found, err := Read(ctx, cfg)
	if err == nil && contents == nil && len(cfg.Overrides) > 0 {
		cfg.Overrides = nil
		contents, found, err = Read(ctx, cfg)
	}
	if err != nil || contents == nil {
		return nil, found, err
	}
	subject := Subject(*contents)
	return &subject, found, nil
}

// Lines makes the package in memory and counts.
func (w *picking) Lines(ctx context.Context, documents []pick.Text) (int, error) {
	cfg, err := w.config(documents)
	if err != nil {
		return 0, err
	}
	result, err := Generate(ctx, cfg)
	if err != nil {
		return 0, err
	}
	if result.Diagnostics.HasErrors() {
		return 0, result.Diagnostics.Sorted()
	}
	n := 0
	for _, f := range result.Files {
		n += bytes.Count(f.Data, []byte("\n"))
	}
	return n, nil
}

// Used finds what the code uses of the package.
func (w *picking) Used(ctx context.Context) ([]string, error) {
	p, _ := w.now()
	t, ok := targetOf(p)
	if !ok {
		return nil, nil
	}
	if l, err := disk.ReadLock(t.Out); err != nil || l == nil {
		return nil, err // there is nothing to use yet
	}
	uses, err := usage.Find(ctx, w.Code)
	if found, is := err.(Diagnostics); is && len(found) == 1 && found[0].Code == usage.NothingGenerated {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var ids []string
	if used := usedAt(uses, t.Out); used != nil {
		for _, u := range used.Operations {
			ids = append(ids, u.ID)
		}
	}
	return ids, nil
}

// Write edits the configuration, cuts and generates, or leaves everything as it was.
func (w *picking) Write(ctx context.Context, change pick.Change) (*pick.Written, error) {
	a, err := w.addition(change)
	if err != nil {
		return nil, err
	}
	before := sideOf(a.project.Targets[0].Out)
	made, err := a.Apply(ctx, AddOptions{Sources: w.Sources, Progress: w.Progress, Make: w.Make, Unrestored: w.Unrestored})
	if err != nil {
		return nil, err
	}
	if made.Failed() {
		return nil, made.faults()
	}
	return written(a, made, before)
}

// faults are why an addition has failed.
func (o *AddOutcome) faults() Diagnostics {
	var faults Diagnostics
	if o.Cut != nil {
		faults = append(faults, o.Cut.Faults...)
	}
	if o.Made != nil {
		faults = append(faults, o.Made.Diagnostics()...)
	}
	return slices.DeleteFunc(faults, func(d Diagnostic) bool { return d.Severity != Error }).Sorted()
}

// addition is a change of the page as one of the configuration.
func (w *picking) addition(change pick.Change) (*Addition, error) {
	p, c := w.now()
	text, err := config.Read(p.file)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(text, p.text) {
		return nil, Diagnostics{{Pos: Pos{File: Shown(p.file)}, Severity: Error, Code: "changed-meanwhile",
			Message: "the file was changed since the page has read it", Hint: "load the page anew, and tick again"}}
	}
	all, err := parse(p.file, text)
	if err != nil {
		return nil, err
	}
	e := config.NewEdit(p.file, text, Leavable())
	e.Package = all.index(p.Targets[0])
	a := &Addition{edit: e}
	for f, edit := range change.Edits {
		if e.File = f; edit.Empty() {
			continue
		}
		a.slice = c.Files[f].Out
		if err := e.Insert(edit.Added); err != nil {
			return nil, err
		}
		if err := e.Narrow(edit.Replace); err != nil {
			return nil, err
		}
	}
	if err := e.Follow(change.Follow); err != nil {
		return nil, err
	}
	if err := e.Unfollow(change.Unfollow); err != nil {
		return nil, err
	}
	edited, err := parse(p.file, e.After)
	if err != nil {
		return nil, err
	}
	a.project = edited.Only(edited.Targets[e.Package])
	return a, nil
}
