package generator

import (
	"context"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// Target is one package to make and the folder that it goes to.
type Target struct {
	Config
	Out string
	// FakeOut is the folder of the package that fakes the service; "" if there is to be none.
	FakeOut string
	// Pos is where the configuration describes the package, zero if no configuration does. Findings that have no place of their
	// own, such as a pattern that matches nothing, get it.
	Pos Pos

	described config.Package // what the configuration says of it
}

// HasCut reports whether the configuration says what the package's slices are cut from.
func (t Target) HasCut() bool { return t.described.Slice != nil }

// Slices are the paths of the slices that are cut for the package, which HasCut. The error is Diagnostics.
func (t Target) Slices() ([]string, error) {
	c, found := cut.Of(t.described)
	if found.HasErrors() {
		return nil, found.Sorted()
	}
	var paths []string
	for _, f := range c.Files {
		paths = append(paths, f.Out)
	}
	return paths, nil
}

// Project is packages, and what their slices are cut from: mostly what a configuration file says. Its methods hold the order of
// the stages.
type Project struct {
	// Targets are in the order of the file.
	Targets []Target

	all  []Target // of the file, where Targets are some of them
	file string   // "" if there is none
	text []byte
	// unshared says why the packages cannot have the runtime that the configuration wants them to share, Diagnostics.
	unshared error

	cuts []cut.Cut // what no file says
}

// Open reads a configuration file, such as graphslice.yaml. The error is Diagnostics, every fault that was found.
func Open(file string) (*Project, error) {
	text, err := config.Read(file)
	if err != nil {
		return nil, err
	}
	return parse(file, text)
}

// parse is Open for a text that the file has, or is to have.
func parse(file string, text []byte) (*Project, error) {
	packages, err := config.Parse(file, text, Leavable())
	if err != nil {
		return nil, err
	}
	p := &Project{file: file, text: text}
	for _, c := range packages {
		p.Targets = append(p.Targets, Target{
			Config: Config{
				Specs: c.Specs, Package: c.Name, Include: c.Include, Exclude: c.Exclude, Overrides: c.Overrides, Leave: c.Leave, Fake: c.FakeName, Split: c.Split,
				Version: Version, file: file,
			},
			Out: c.Out, FakeOut: c.Fake, Pos: c.Pos, described: c,
		})
	}
	p.share()
	p.all = p.Targets
	return p, nil
}

// Of is the project of one package without a file, in folder out; "" is for one that is only inspected.
func Of(cfg Config, out string) *Project {
	if out != "" {
		out = osfile.Shown(out)
	}
	return &Project{Targets: []Target{{Config: cfg, Out: out}}}
}

// WithFake has the package that fakes the service of the project's one package go to a folder, after which it is named.
func (p *Project) WithFake(dir string) {
	t := &p.Targets[0]
	t.FakeOut, t.Fake = osfile.Shown(dir), config.FolderName(dir)
}

// OfCut is the project of one cut without a file and without a package.
func OfCut(cfg SliceConfig) *Project { return &Project{cuts: []cut.Cut{{Config: cfg}}} }

// Only is the project without its other packages.
func (p *Project) Only(t Target) *Project {
	only := *p
	only.Targets = []Target{t}
	return &only
}

// AllowRemoteRefs says for all packages whether a $ref may lead to http and https addresses.
func (p *Project) AllowRemoteRefs(allow bool) {
	for i := range p.Targets {
		p.Targets[i].AllowRemoteRefs = allow
	}
}

// packages are what the configuration says of the targets.
func (p *Project) packages() []config.Package {
	var packages []config.Package
	for _, t := range p.Targets {
		packages = append(packages, t.described)
	}
	return packages
}

// Inspect reads the project's one package, to answer questions about it. The diagnostics are sorted; with errors there is no
// subject. The error is Diagnostics, ctx's, or a fault of the generator itself.
func (p *Project) Inspect(ctx context.Context) (*Subject, Diagnostics, error) {
	t := p.Targets[0]
	var err error
	if t.Out != "" { // the names that the package has
		if t.Previous, err = disk.ReadLock(t.Out); err != nil {
			return nil, nil, err
		}
	}
	contents, found, err := Read(ctx, t.Config)
	if err != nil {
		return nil, nil, err
	}
	t.place(found)
	cut.Hint(t.described, found)
	if contents == nil {
		return nil, found, nil
	}
	subject := Subject(*contents)
	return &subject, found, nil
}

// place gives findings without a place that of the package in the configuration.
func (t Target) place(found Diagnostics) {
	for i := range found {
		if found[i].Pos.IsZero() {
			found[i].Pos = t.Pos
		}
	}
}

// index is the place of a package in the configuration.
func (p *Project) index(t Target) int {
	return slices.IndexFunc(p.Targets, func(other Target) bool { return other.Pos == t.Pos })
}
