// Package generator turns slices of an OpenAPI description into a typed Go client package.
//
// A [Project] is what a configuration file says: [Open] reads it, and its methods hold the order of the stages, from cutting slices
// to exchanging folders. Cut, Generate, Addition and Tidy change the disk, all or nothing; Check, Diff, Inspect and Paths only
// answer. [Of] and [OfCut] make a project without a file.
//
// [Generate] makes one package of a [Config], and [Read] what it would be made of; both write nothing. [Uses] and [Permissions]
// look at code that uses generated packages.
//
// Faults of the input are [Diagnostics], which say where and what to do. Where a comment says so, they are the error.
//
// Functions about words, names and paths, such as [Likely], [Printable] and [Shown], are there for a command to speak as the
// generator does.
package generator

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/emit"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/sharing"
)

// Config is what one generated package is made from.
type Config struct {
	// Specs are the paths of the slices, OpenAPI 3.0 in YAML or JSON; several are merged into one package.
	Specs []string
	// Package is the name in the package clause, such as "graph".
	Package string
	// Include and Exclude select operations by path glob and methods, such as "/chats/**#GET,POST".
	// No include selects everything.
	Include, Exclude []string
	// AllowUnmatched makes a pattern that matches nothing a warning instead of an error.
	AllowUnmatched bool
	// Overrides are paths of files that rename, hide or correct what the slices say.
	Overrides []string
	// Leave names parts of the runtime that the package is to be without, though it could use them; see Leavable.
	Leave []string
	// Runtime is the import path of the runtime that the package shares with others, such as "example.com/program/internal/msgraph";
	// "" for one that stands alone. A Project fills it in, and makes the runtime.
	Runtime string
	// Split makes a package of the calls below each first segment of the paths, in folders below that of the package, which has the
	// types. It takes a Runtime, and ImportPath.
	Split bool
	// AllowRemoteRefs permits $ref to http and https addresses.
	AllowRemoteRefs bool
	// Fake is the name of the package that fakes the service, such as "graphtest"; "" makes none. ImportPath is that of the
	// package itself, which the fake imports, and packages of calls.
	Fake, ImportPath string
	// Version is the generator's version, for the User-Agent of the generated client.
	Version string
	// Keep are elements of the last generation that stay if the API has dropped them. A Project fills it in.
	Keep []Element
	// Previous is the lock of the last generation, nil if there was none: the names that it gave out stay where a newcomer
	// wants one of them, or where another version or other rules gave them out. A Project fills it in.
	Previous *Lock

	fakes string // for a fake: the import path of the package whose service it fakes
	file  string // the configuration file that describes the package; "" if none does

	texts map[string][]byte // what specs hold that are not on the disk, or not yet, by their paths
}

// File is one file of the generated package.
type File = gosource.File

// Summary counts what a package holds.
type Summary struct {
	Models     int `json:"models"`
	Enums      int `json:"enums"`
	Operations int `json:"operations"`
	Binds      int `json:"binds"`
}

// Result is what Generate made.
type Result struct {
	// Files are sorted by name; nil if Diagnostics has errors.
	Files []File
	// Fake are the files of the package that fakes the service, sorted by name, if there is to be one.
	Fake        []File
	Diagnostics Diagnostics
	Summary     Summary
	// Inputs are the files that were read, each with its hash, in the order of reading. Paths are as in Config: relative to
	// the working folder, or absolute.
	Inputs []Input
	// Elements are everything in the package that has a name, sorted.
	Elements []Element
	// Permissions are what is known of those that the operations accept.
	Permissions []LockedPermission

	parts []string // of the runtime that the package needs
}

// Generate makes the package that cfg describes. Faults of the input are in Result.Diagnostics and leave Files nil;
// an error is a fault of the generator itself, or ctx's.
func Generate(ctx context.Context, cfg Config) (*Result, error) {
	var inputs []Input
	c, diags, err := read(ctx, cfg, func(name string, text []byte) {
		inputs = append(inputs, input(name, text))
	})
	if err != nil {
		return nil, err
	}
	if c == nil {
		return &Result{Diagnostics: diags}, nil
	}
	runtime, err := gosource.RuntimeFiles(cfg.Package)
	if err != nil {
		return nil, err
	}
	result := &Result{
		Diagnostics: diags, Inputs: inputs, Permissions: api.Permissions(c.Package.Permissions),
		parts: sharing.Parts(withoutUnused(runtime, c.Package, cfg.Leave)),
		Summary: Summary{
			Models: len(c.Package.Models), Enums: len(c.Package.Enums), Operations: len(c.Package.Operations),
			Binds: emit.Binds(c.Package, c.Names),
		}}
	var beside sync.WaitGroup // the code
	beside.Go(func() { result.Elements = c.elements() })
	defer beside.Wait()
	if result.Fake, err = fakeFiles(c.Package, c.Resources, c.Names, cfg); err != nil {
		return nil, err
	}
	// Last, and with nothing to do behind it: formatting takes most of a run's memory, and by then nobody needs the contents.
	result.Files, err = emitFiles(c, cfg, runtime)
	if clash := clashes(err); clash != nil {
		return &Result{Diagnostics: append(diags, clash...).Sorted()}, nil
	}
	if err != nil {
		return nil, err
	}
	return result, nil
}

// elements are everything in the package that has a name, sorted.
func (c *Contents) elements() []Element {
	all := api.Elements(c.Package, c.Resources, c.Names, c.Packages)
	for i, e := range all {
		all[i].Kept = c.Names.Kept(e.Kind, e.ID)
	}
	return all
}

// input is what the lock says of a file or an address that was read.
func input(name string, text []byte) Input {
	if strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://") {
		return Input{Path: name}
	}
	return Input{Path: name, Hash: lock.Hash(text)}
}

// emitFiles makes the files of the package, formatted and type-checked.
func emitFiles(c *Contents, cfg Config, runtime []File) ([]File, error) {
	emitted, err := emit.Package(c.Package, c.Resources, c.Names, c.emitOptions(cfg))
	if err != nil {
		return nil, err
	}
	files := withoutUnused(runtime, c.Package, cfg.Leave)
	for _, f := range emitted {
		files = append(files, File{Name: f.Name, Data: f.Data})
	}
	if cfg.Runtime == "" {
		offer, err := offered(c.Package, cfg)
		if err != nil {
			return nil, err
		}
		return gosource.Finish(files, offer)
	}
	split := c.split(cfg)
	if files, err = sharing.Package(files, cfg.Runtime, split); err != nil {
		return nil, err
	}
	if split != nil {
		return gosource.Format(files, cfg.ImportPath, cfg.Runtime)
	}
	return gosource.Format(files, cfg.Runtime)
}

// split says how the package's calls stand in packages of their own, nil if they do not.
func (c *Contents) split(cfg Config) *sharing.Split {
	if c.Packages == nil {
		return nil
	}
	return &sharing.Split{Home: cfg.ImportPath, Functions: c.Packages.Functions(c.Names)}
}

func (c *Contents) emitOptions(cfg Config) emit.Options {
	return emit.Options{
		Package: cfg.Package, Version: cfg.Version, Header: lock.Header, Shared: cfg.Runtime, Unpaced: slices.Contains(cfg.Leave, pacingPart),
		Split: c.Packages,
	}
}

// reservedNames are the identifiers of the runtime, which no type of a slice may take.
func reservedNames(runtime []File) names.Reserved {
	return names.Reserved{Package: gosource.Declared(runtime), Client: gosource.Methods(runtime, "Client")}
}
