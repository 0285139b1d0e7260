// Package config reads graphslice.yaml, which says what packages there are and what they are made from, and edits it.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/document"
)

// Package is what a configuration says of one package.
type Package struct {
	// Specs are slices, Overrides files that correct what they say; both are paths.
	Specs, Overrides []string
	// Include and Exclude select operations by path glob and methods.
	Include, Exclude []string
	// Leave are parts that the package is to do without.
	Leave []string
	// Name is that of the package, Out the folder that it goes to.
	Name, Out string
	// Split says that the calls go to a package for each first segment of the paths, in a folder below Out.
	Split bool
	// Fake is the folder of the package that fakes the service, FakeName that package's name; "" if there is to be none.
	Fake, FakeName string
	// Pos is where the configuration describes the package. Findings that have no place of their own, such as a pattern that
	// matches nothing, get it.
	Pos diag.Pos
	// Runtime is the folder of the runtime that all packages of the configuration share, RuntimePos where it says so; "" if each
	// stands alone.
	Runtime    string
	RuntimePos diag.Pos
	// Slice is what the slices are cut from (see slice.ReadConfig), nil if the configuration does not say it.
	Slice *yaml.Node
}

// maxConfig is more than any configuration has, in bytes.
const maxConfig = 4 << 20

// Read reads a configuration file. The error is a diag.List.
func Read(path string) ([]byte, error) {
	fault := func(hint, format string, args ...any) error {
		return diag.List{{Pos: diag.Pos{File: osfile.Shown(path)}, Severity: diag.Error, Code: "no-config", Message: fmt.Sprintf(format, args...), Hint: hint}}
	}
	info, err := os.Stat(path) // before opening: a pipe may block, and a device may never end
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault("gen init writes one; or name one with --config, or describe one package with --spec and --out; see gen --help", "no such file")
	case err == nil && !info.IsDir() && !info.Mode().IsRegular():
		return nil, fault("", "it is not a regular file")
	case err == nil && info.Size() > maxConfig:
		return nil, fault("", "it is too large for a configuration: %d MiB", info.Size()>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault("", "%v", errors.Unwrap(err))
	}
	return data, nil
}

// Parse says what the file at path holds, or is to hold:
//
//	packages:
//	  - specs: [specs/mail.yaml]           # slices, merged into one package
//	    out: internal/graph                # the folder it goes to
//	    package: graph                     # optional: its name; by default that of the folder
//	    include: ["/me/**#GET,POST"]       # optional: operations to take
//	    exclude: ["/me/photo/**"]          # optional: operations to leave out
//	    overrides: [specs/overrides.yaml]  # optional: corrections
//	    leave: [batch, pacing]             # optional: parts of the runtime to do without
//	    split: path                        # optional: the calls in a package for each first segment of the paths
//	    fake: internal/graph/graphtest     # optional: the folder of a package that fakes the service, for tests
//	    slice: …                           # optional: what the slices are cut from, see slice.ReadConfig
//	runtime: internal/msgraph              # optional: the folder of what the packages share
//
// Parts are those that a package can do without. Paths are relative to the file's folder; in what comes of it they are relative to the working folder. The error is a diag.List
// that holds every fault found.
func Parse(path string, data []byte, parts []string) ([]Package, error) {
	var faults diag.List
	r := reader{document.Reader{File: osfile.Shown(path), Faults: &faults}, parts}
	packages := r.packages(r.parse(data))
	if faults.HasErrors() {
		return nil, faults.Sorted()
	}
	return packages, nil
}

// packages reads the document.
func (r reader) packages(root *yaml.Node) []Package {
	top := r.Mapping(root, "packages", "runtime")
	if top == nil {
		return nil
	}
	outs := map[string]*yaml.Node{}
	var packages []Package
	var splits []*yaml.Node
	for _, node := range r.list(r.Required(root, top, "packages"), "packages") {
		fields := r.Mapping(node, "exclude", "fake", "include", "leave", "out", "overrides", "package", "slice", "specs", "split")
		if fields == nil {
			continue
		}
		p := r.pkg(node, fields)
		packages, splits = append(packages, p), append(splits, fields["split"])
		r.apart(outs, p.Out, fields["out"])
		r.apart(outs, p.Fake, fields["fake"])
	}
	r.runtime(top["runtime"], packages)
	for i, p := range packages {
		if p.Split && p.Runtime == "" {
			r.Fault(splits[i], "bad-config", "write runtime: internal/msgraph on a line of its own",
				"split: path makes several packages, and no line says where the runtime is that they share")
		}
	}
	return packages
}

// apart holds packages to folders of their own: outs are those that are taken, with where the file says so.
func (r reader) apart(outs map[string]*yaml.Node, out string, node *yaml.Node) {
	first, ok := outs[out]
	switch {
	case out == "":
	case ok:
		r.Fault(node, "same-out", "give each package a folder of its own", "two packages go to %s", filepath.ToSlash(out))
		(*r.Faults)[len(*r.Faults)-1].Related = []diag.Pos{r.Pos(first)}
	default:
		outs[out] = node
	}
}

// runtime reads the folder of what the packages share, which is none of theirs.
func (r reader) runtime(node *yaml.Node, packages []Package) {
	dir := r.path(r.Text(node))
	if dir == "" {
		return
	}
	if fault := NameFault(FolderName(dir)); fault != "" {
		r.Fault(node, "bad-config", "end it with a word in lower case, as in internal/msgraph", "%q, the last part of runtime, %s", FolderName(dir), fault)
	}
	for i := range packages {
		p := &packages[i]
		if p.Runtime, p.RuntimePos = dir, r.Pos(node); p.Out == dir || p.Fake == dir {
			r.Fault(node, "same-out", "give it a folder of its own, such as internal/msgraph", "the runtime and a package go to %s", filepath.ToSlash(dir))
			(*r.Faults)[len(*r.Faults)-1].Related = []diag.Pos{p.Pos}
		}
	}
}

// pkg reads one package.
func (r reader) pkg(node *yaml.Node, fields map[string]*yaml.Node) Package {
	name := fields["package"]
	p := Package{
		Specs:     r.paths(r.Required(node, fields, "specs"), "slices"),
		Name:      r.Text(name),
		Include:   r.texts(fields["include"], "path patterns"),
		Exclude:   r.texts(fields["exclude"], "path patterns"),
		Overrides: r.paths(fields["overrides"], "override files"),
		Leave:     r.parts(fields["leave"]),
		Out:       r.path(r.Text(r.Required(node, fields, "out"))),
		Pos:       r.Pos(node),
		Slice:     fields["slice"],
		Split:     r.split(fields["split"]),
	}
	r.checkName(node, name, &p)
	if fake := fields["fake"]; fake != nil {
		p.Fake = r.path(r.Text(fake))
		if p.FakeName = FolderName(p.Fake); p.Fake != "" && NameFault(p.FakeName) != "" {
			r.Fault(fake, "bad-config", "the package is called as its folder: name one such as graphtest", "%q %s", p.FakeName, NameFault(p.FakeName))
		}
	}
	return p
}

// checkName sees to it that the package has a name: by default that of its folder, as with --spec.
func (r reader) checkName(node, name *yaml.Node, p *Package) {
	switch {
	case name != nil && p.Name != "":
		if fault := NameFault(p.Name); fault != "" {
			r.Fault(name, "bad-config", "use a word in lower case such as graph", "%q %s", p.Name, fault)
		}
	case name == nil && p.Out != "":
		if p.Name = FolderName(p.Out); NameFault(p.Name) != "" {
			r.Fault(node, "missing-key", "write one such as package: graph", "\"package\" is missing, and %q, the last part of out, cannot be its name", p.Name)
		}
	}
}
