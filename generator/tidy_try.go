package generator

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/tidy"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// operationsOf reads the operations of a slice. The error is Diagnostics.
func operationsOf(path string) ([]tidy.Operation, error) {
	data, err := osfile.ReadIfThere(path)
	if err != nil {
		return nil, err
	}
	if data == nil {
		return nil, Diagnostics{{Pos: Pos{File: osfile.Shown(path)}, Severity: Error, Code: "no-slice", Message: "no such slice", Hint: "run gen slice"}}
	}
	var document struct {
		Paths map[string]map[string]yaml.Node `yaml:"paths"`
	}
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, Diagnostics{{Pos: Pos{File: osfile.Shown(path)}, Severity: Error, Code: "not-yaml", Message: err.Error(), Hint: "run gen slice"}}
	}
	var all []tidy.Operation
	for p, item := range document.Paths {
		for key := range item {
			if method := strings.ToUpper(key); slices.Contains(tidyMethods, method) {
				all = append(all, tidy.Operation{Method: method, Path: p})
			}
		}
	}
	slices.SortFunc(all, func(a, b tidy.Operation) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	return all, nil
}

// tidyMethods are the keys of a path that are operations.
var tidyMethods = []string{"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"}

// maxRounds is how often types can be found missing: what a type is made of may lack itself.
const maxRounds = 5

// try makes the narrowed packages without writing them: until they have all that the code names, and the code compiles.
func (t *tidying) try(ctx context.Context) error {
	for range maxRounds {
		if err := t.rewrite(); err != nil {
			return err
		}
		edited, err := t.edited()
		if err != nil {
			return err
		}
		if err := t.recut(ctx, edited); err != nil || t.out.Failed() {
			return err
		}
		if err := t.generate(ctx, edited); err != nil {
			return err
		}
		if t.complete() {
			return t.compile(ctx)
		}
	}
	return Diagnostics{{Severity: Error, Code: "not-narrowed", Message: "the types that the code names cannot be kept", Hint: "name them in types: below slice:, or narrow by hand"}}
}

// generate makes the narrowed packages in memory.
func (t *tidying) generate(ctx context.Context, edited *Project) error {
	dir, err := os.MkdirTemp("", "graphslice-tidy-")
	if err != nil {
		return osfile.FileFault(os.TempDir(), err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for n, target := range edited.Targets {
		if err := target.findImport(); err != nil {
			return err
		}
		cfg := target.Config
		if cfg.Previous, err = disk.ReadLock(target.Out); err != nil {
			return err
		}
		names, err := t.layOut(dir, &cfg)
		if err != nil {
			return err
		}
		result, err := Generate(ctx, cfg)
		if err != nil {
			return err
		}
		if result.Diagnostics.HasErrors() {
			for i, d := range result.Diagnostics {
				if real, ok := names[d.File]; ok {
					result.Diagnostics[i].File = real
				}
				if d.Code == "unmatched-override" {
					result.Diagnostics[i].Hint = "it would go, for nothing uses it: take this correction out, or hold it with keep: below slice: or a file of it"
				}
			}
			return result.Diagnostics.Sorted()
		}
		t.made[t.places[n]].result = result
	}
	return nil
}

// layOut writes the narrowed slices to a folder and makes cfg read them. It returns what they are called otherwise.
func (t *tidying) layOut(dir string, cfg *Config) (map[string]string, error) {
	names := map[string]string{}
	cfg.Specs = slices.Clone(cfg.Specs)
	for i, spec := range cfg.Specs {
		f := slices.IndexFunc(t.out.Cut.Files, func(f CutFile) bool { return filepath.Clean(f.Path) == filepath.Clean(spec) })
		if f < 0 {
			continue
		}
		file, err := os.CreateTemp(dir, "*-"+filepath.Base(spec))
		if err == nil {
			_, err = file.Write(t.out.Cut.Files[f].Data)
			if closing := file.Close(); err == nil {
				err = closing
			}
		}
		if err != nil {
			return nil, osfile.FileFault(dir, err)
		}
		names[file.Name()] = spec
		cfg.Specs[i] = file.Name()
	}
	return names, nil
}

// complete reports whether the narrowed packages have all types and properties that the code names, and nothing is said of others;
// what lacks is described from now on.
func (t *tidying) complete() bool {
	complete := true
	for _, i := range t.places {
		made := t.made[i]
		lacking := slices.DeleteFunc(lackingTypes(made), func(name string) bool { return slices.Contains(made.described, name) })
		made.described = append(made.described, lacking...)
		complete = complete && len(lacking) == 0
	}
	if !complete { // what is described now may be trimmed
		return false
	}
	for _, i := range t.places {
		if t.made[i].prune() {
			complete = false
		}
	}
	return complete
}

// lackingTypes are the types that the code names and that went, or of which a property went.
func lackingTypes(made *tidied) []string {
	has := map[string]bool{}
	for _, e := range made.result.Elements {
		has[e.Kind+" "+e.ID] = true
	}
	isType := map[string]bool{}
	for _, e := range made.used.Lock.Elements {
		isType[e.ID] = isType[e.ID] || e.Kind == api.KindType
	}
	var lacking []string
	for _, u := range made.used.Types {
		if !has[api.KindType+" "+u.ID] && !has[api.KindEnum+" "+u.ID] && isType[u.ID] {
			lacking = append(lacking, u.ID)
		}
	}
	for _, u := range made.used.Properties {
		if owner := u.ID[:strings.LastIndexByte(u.ID, '/')]; !has[api.KindProperty+" "+u.ID] && isType[owner] {
			lacking = append(lacking, owner)
		}
	}
	slices.Sort(lacking)
	return slices.Compact(lacking)
}

// compile checks the code with the narrowed packages in the place of those on the disk.
func (t *tidying) compile(ctx context.Context) error {
	code := t.Code
	code.Overlay = map[string][]byte{}
	for _, i := range t.places {
		made, target := t.made[i], t.Targets[i]
		overlay(code.Overlay, made.used.Folder, target.Package, made.used.Lock.Files, made.result.Files)
		if target.Fake == "" {
			continue
		}
		dir, err := filepath.Abs(target.FakeOut)
		if err != nil {
			return err
		}
		before, err := disk.ReadLock(dir)
		if err != nil {
			return err
		}
		overlay(code.Overlay, dir, target.Fake, before.Files, made.result.Fake)
	}
	t.Progress.Tell("checking the code with the narrowed packages")
	err := usage.Check(ctx, code)
	if found, ok := err.(Diagnostics); ok && len(found) > 0 {
		found[0].Hint = "it needs more than the narrowed slices have: name in keep:, below the file of the slice, an operation that it comes with"
	}
	return err
}

// overlay puts the files of a package in the place of those that are there, of which those that go hold nothing.
func overlay(overlay map[string][]byte, dir, pkg string, before []lock.File, files []File) {
	for _, f := range before {
		name := pkg
		if folder, _, isBelow := strings.Cut(f.Name, "/"); isBelow { // of a package of calls
			name = folder
		}
		if strings.HasSuffix(f.Name, ".go") {
			overlay[filepath.Join(dir, f.Name)] = []byte("package " + name + "\n")
		}
	}
	for _, f := range files {
		overlay[filepath.Join(dir, f.Name)] = f.Data
	}
}

// measure compares the packages with what they were.
func (t *tidying) measure(ctx context.Context) error {
	for _, i := range t.places {
		made := t.made[i]
		p := TidyPackage{Out: t.Targets[i].Out, Gone: made.gone, Properties: made.goneProperties(), Described: made.described, Before: sizeOf(made.used.Lock.Elements)}
		p.After = sizeOf(made.result.Elements)
		for _, f := range made.used.Lock.Files {
			data, err := osfile.ReadIfThere(filepath.Join(made.used.Folder, f.Name))
			if err != nil {
				return err
			}
			p.Before.add(data)
		}
		for _, f := range made.result.Files {
			p.After.add(f.Data)
		}
		t.out.Packages = append(t.out.Packages, p)
	}
	return ctx.Err()
}

func (s *Size) add(data []byte) {
	s.Lines += bytes.Count(data, []byte("\n"))
	s.Bytes += len(data)
}

// sizeOf counts elements.
func sizeOf(elements []Element) Size {
	var s Size
	for _, e := range elements {
		switch e.Kind {
		case api.KindOperation:
			s.Operations++
		case api.KindType, api.KindEnum:
			s.Types++
		case api.KindProperty:
			s.Properties++
		}
	}
	return s
}
