package generator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/gomod"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/sharing"
)

// share tells the packages which runtime they share, if the configuration has one. What is wrong with it is told when they are made.
func (p *Project) share() {
	if len(p.Targets) == 0 || p.Targets[0].described.Runtime == "" {
		return
	}
	importPath, err := runtimePath(p.Targets)
	p.unshared = err
	for i := range p.Targets {
		p.Targets[i].Runtime = importPath
		if p.Targets[i].Split && p.unshared == nil {
			p.unshared = p.Targets[i].findImport()
		}
	}
}

// runtimePath is the import path of the runtime that packages share. The error is Diagnostics: it has none, or they cannot import it.
func runtimePath(targets []Target) (string, error) {
	first := targets[0].described
	fault := func(hint, format string, args ...any) error {
		return Diagnostics{{Pos: first.RuntimePos, Severity: Error, Code: "bad-runtime", Message: fmt.Sprintf(format, args...), Hint: hint}}
	}
	module, err := gomod.Of(first.Runtime)
	if own, ownErr := gomod.Of(targets[0].Out); err != nil && ownErr == nil {
		return "", fault("name a folder of the module that "+filepath.ToSlash(targets[0].Out)+" is in, such as internal/msgraph",
			"the runtime goes to %s, which is in no module, and %s is in %s", filepath.ToSlash(first.Runtime), filepath.ToSlash(targets[0].Out), own.Path)
	}
	if err != nil {
		return "", fault("run go mod init in the folder of the program", "the packages import the runtime, and how cannot be told: %s", messageOf(err))
	}
	importPath, err := module.ImportPath(first.Runtime)
	if err != nil {
		return "", err
	}
	if path.Base(importPath) != config.FolderName(first.Runtime) { // the module's own
		return "", fault("name a folder of its own, such as internal/msgraph", "the runtime cannot go to the folder of the go.mod")
	}
	if found := ignored(first.Runtime, first.RuntimePos); len(found) > 0 {
		return "", found
	}
	for _, t := range targets {
		own, err := gomod.Of(t.Out)
		if err != nil || own != module {
			return "", fault("name a folder of the module that "+filepath.ToSlash(t.Out)+" is in", "the runtime goes to module %s, and %s is not in it", module.Path, filepath.ToSlash(t.Out))
		}
		if from, err := module.ImportPath(t.Out); err == nil && !mayImport(from, importPath) {
			return "", fault("name a folder that all packages can import, such as internal/core", "Go does not let %s import %s, which is internal elsewhere", from, importPath)
		}
	}
	return importPath, nil
}

// messageOf is the message of the first of an error's diagnostics.
func messageOf(err error) string {
	var found Diagnostics
	if errors.As(err, &found) && len(found) > 0 {
		return found[0].Message
	}
	return err.Error()
}

// mayImport reports whether Go lets one package import another as far as folders called internal say.
func mayImport(from, to string) bool {
	to = "/" + to + "/"
	i := strings.LastIndex(to, "/internal/")
	return i < 0 || strings.HasPrefix("/"+from+"/", to[:i]+"/")
}

// clashes are the findings of a package that has names which its runtime needs; nil of another error.
func clashes(err error) Diagnostics {
	var clash *sharing.Clash
	if !errors.As(err, &clash) {
		return nil
	}
	if clash.Type == "" {
		return Diagnostics{{Severity: Error, Code: "one-go-name", Message: clash.Member + " is called as something that packages of calls need of that of the types",
			Hint: "rename it in overrides"}}
	}
	return Diagnostics{{Severity: Error, Code: "one-go-name", Message: fmt.Sprintf(
		"%s.%s has the name of a method by which packages speak with the runtime that they share", clash.Type, clash.Member),
		Hint: "rename the property in overrides"}}
}

// runtimeTarget is the shared runtime as what is made; false if there is none.
func (p *Project) runtimeTarget() (Target, bool) {
	if len(p.all) == 0 || p.all[0].described.Runtime == "" {
		return Target{}, false
	}
	first := p.all[0]
	dir := first.described.Runtime
	return Target{Config: Config{Package: path.Base(first.Runtime), Version: first.Version, file: first.file}, Out: dir, Pos: first.described.RuntimePos,
		described: config.Package{Name: path.Base(first.Runtime), Out: dir}}, true
}

// sharedUpToDate reports whether all packages and the runtime that they share are what the configuration makes, by hashes alone.
func (p *Project) sharedUpToDate(t Target, opts Options) bool {
	for _, other := range p.Targets {
		if other.findImport() != nil || !other.isUpToDate(opts) {
			return false
		}
	}
	options, err := p.runtimeOptions(t)
	l := asWritten(t.Config, t.Out, opts.NoDocs)
	return err == nil && l != nil && l.Options == options
}

// runtimeOptions is a hash of what the shared runtime depends on: the packages that there are.
func (p *Project) runtimeOptions(t Target) (string, error) {
	options := []any{t.Package}
	for _, other := range p.all {
		out, err := relativePath(t.Out, other.Out)
		if err != nil {
			return "", err
		}
		options = append(options, out)
	}
	text, err := json.Marshal(options)
	return lock.Hash(text), err
}

// runRuntime makes the runtime that the packages share, those that were made just now and the others of the configuration, and
// compares it with the disk.
func (p *Project) runRuntime(ctx context.Context, t Target, made []PackageOutcome, opts Options) (PackageOutcome, error) {
	o := PackageOutcome{Target: t}
	if opts.check && !opts.Full { // the packages are up to date, too
		return o.upToDate()
	}
	var parts []string
	for _, m := range made {
		parts = append(parts, m.parts...)
	}
	for _, other := range p.all {
		if slices.ContainsFunc(p.Targets, func(made Target) bool { return made.Out == other.Out }) {
			continue
		}
		more, found, err := other.parts(ctx)
		if err != nil {
			return o, err
		}
		if found.HasErrors() {
			o.Found = append(o.Found, found...)
			return o, nil
		}
		parts = append(parts, more...)
	}
	files, err := sharing.Runtime(parts, t.Package)
	if err != nil {
		return o, err
	}
	options, err := p.runtimeOptions(t)
	if err != nil {
		return o, err
	}
	record := Lock{Version: t.Version, Rules: names.Rules, Options: options, Config: relativeConfig(t.Config, t.Out)}
	return t.planOf(o, files, record, opts)
}

// parts are those of the runtime that a package needs which is not made now.
func (t Target) parts(ctx context.Context) ([]string, Diagnostics, error) {
	var err error
	if t.Previous, err = disk.ReadLock(t.Out); err != nil {
		return nil, nil, err
	}
	contents, found, err := Read(ctx, t.Config)
	if err != nil || contents == nil {
		return nil, found, err
	}
	runtime, err := gosource.RuntimeFiles(t.Package)
	return sharing.Parts(withoutUnused(runtime, contents.Package, t.Leave)), nil, err
}

// sharedFolders finds packages of calls that would go to the folder of another package, such as of a fake.
func sharedFolders(made []PackageOutcome) Diagnostics {
	of := map[string]PackageOutcome{}
	for _, p := range made {
		of[filepath.Clean(p.Target.Out)] = p
	}
	var found Diagnostics
	for _, p := range made {
		if p.Plan == nil || !p.Target.Split {
			continue
		}
		seen := map[string]bool{}
		for _, name := range slices.Concat(p.Plan.Changed, p.Plan.Missing, p.Plan.Unchanged) {
			dir := filepath.Join(p.Target.Out, filepath.Dir(name))
			if other, isTaken := of[dir]; isTaken && filepath.Dir(name) != "." && !seen[dir] {
				seen[dir] = true
				found = append(found, Diagnostic{Pos: other.Target.Pos, Severity: Error, Code: "same-out",
					Message: "the calls below a path of " + filepath.ToSlash(p.Target.Out) + " and another package go to " + filepath.ToSlash(dir),
					Hint:    "give the other package a folder of its own, or the path another package in the overrides (package: below paths:)"})
			}
		}
	}
	return found
}
