package generator

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/emit"
	"github.com/graphslice/graphslice/generator/internal/gomod"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// fakeFiles makes the files of the package that fakes the service, nil if there is to be none.
func fakeFiles(pkg *ir.Package, roots []*ir.Resource, table *names.Table, cfg Config) ([]File, error) {
	if cfg.Fake == "" {
		return nil, nil
	}
	runtime, err := gosource.FakeFiles(cfg.Fake)
	if err != nil {
		return nil, err
	}
	client := emit.Client{Package: cfg.Package, ImportPath: cfg.ImportPath}
	if isTakenInFakes(cfg.Package, runtime) {
		client.Package = "graph" // as the runtime calls it in any case
	}
	fake := names.NewFake(table, roots, gosource.Methods(runtime, "Server", "Store"))
	emitted, err := emit.Fake(pkg, roots, fake, client, emit.Options{Package: cfg.Fake, Header: lock.Header})
	if err != nil {
		return nil, err
	}
	files := withoutUnusedFake(runtime, pkg)
	for _, f := range emitted {
		files = append(files, File{Name: f.Name, Data: f.Data})
	}
	return gosource.FinishFake(files, gosource.Offer{}, cfg.Package, cfg.ImportPath)
}

// isTakenInFakes reports whether something else has the name of the client's package in files of a fake, such as list or page.
func isTakenInFakes(name string, runtime []File) bool {
	return gosource.Declared(runtime)[name] || slices.Contains([]string{"init", "r", "s"}, name)
}

// withoutUnusedFake returns the runtime of a fake without what it has no use for.
func withoutUnusedFake(runtime []File, pkg *ir.Package) []File {
	has := func(is func(op *ir.Operation) bool) bool { return slices.ContainsFunc(pkg.Operations, is) }
	hasDelta := has(func(op *ir.Operation) bool { return op.Delta })
	hasReferences := has(func(op *ir.Operation) bool { return strings.HasSuffix(op.Path, "/$ref") })
	hasContent := has(func(op *ir.Operation) bool { return isContent(op.Request) || isContent(op.Response) })
	hasUploads := len(pkg.UploadSessions()) > 0
	hasNotifications := pkg.Subscription() != nil
	needed := map[string]bool{
		"delta.go": hasDelta, "store_delta.go": hasDelta,
		"references.go": hasReferences, "store_ref.go": hasReferences,
		"content.go": hasContent, "store_media.go": hasContent,
		"elsewhere.go": hasContent || hasUploads, "upload.go": hasUploads,
		"outside.go": hasContent || hasUploads || hasNotifications,
		"notify.go":  hasNotifications, "notify_request.go": hasNotifications,
		"notify_seal.go": hasNotifications, "notify_service.go": hasNotifications,
	}
	return slices.DeleteFunc(runtime, func(f File) bool {
		isNeeded, isPart := needed[strings.TrimPrefix(f.Name, gosource.RuntimePrefix)]
		return isPart && !isNeeded
	})
}

// isContent reports whether a body is no JSON.
func isContent(b *ir.Body) bool {
	return b != nil && (b.Type.Kind == ir.Stream || b.Type.Kind == ir.String)
}

// findImport fills in how the package is imported by what imports it: its fake, and packages of its calls.
func (t *Target) findImport() error {
	if t.Fake == "" && !t.Split {
		return nil
	}
	module, err := gomod.Of(t.Out)
	if err == nil {
		t.ImportPath, err = module.ImportPath(t.Out)
	}
	if err == nil && t.FakeOut != "" {
		_, err = module.ImportPath(t.FakeOut)
	}
	if found, ok := err.(Diagnostics); ok {
		for i := range found {
			what := "a fake imports the package that it is for: "
			if t.Split {
				what = "packages of calls import that of the types: "
			}
			found[i].Message = what + found[i].Message
		}
	}
	return err
}

// ignored finds what Go passes over of a folder that a package is to go to, at the place where the configuration says so.
func ignored(dir string, pos Pos) Diagnostics {
	module, err := gomod.Of(dir)
	if err != nil { // it is said elsewhere, where it matters
		return nil
	}
	part, why := module.Ignored(dir)
	if part == "" {
		return nil
	}
	if pos.File == "" {
		pos.File = osfile.Shown(dir)
	}
	return Diagnostics{{Pos: pos, Severity: Error, Code: "ignored-folder", Message: fmt.Sprintf("a package in %s %s: %q is a name that Go knows", filepath.ToSlash(dir), why, part),
		Hint: "name another folder, such as internal/graph"}}
}

// ignored finds what Go passes over of the folders of the package and its fake.
func (t Target) ignored() Diagnostics {
	found := ignored(t.Out, t.Pos)
	if t.FakeOut != "" {
		found = append(found, ignored(t.FakeOut, t.Pos)...)
	}
	return found
}

// fakeTarget is the package that fakes the service of a target, as a target of its own.
func (t Target) fakeTarget() Target {
	f := t
	f.Out, f.FakeOut, f.Fake = t.FakeOut, "", ""
	f.Package, f.fakes, f.Leave = t.Fake, t.ImportPath, nil
	return f
}

// relativeFake is the folder of the fake as the lock of the package has it; "" for none.
func (t Target) relativeFake() (string, error) {
	if t.FakeOut == "" {
		return "", nil
	}
	return relativePath(t.Out, t.FakeOut)
}

// abandoned tells of the fake of the last generation of a package without a configuration, if there is to be none any more in its
// folder: nobody removes what may have tests beside it. leftFolders tells of those that configurations had.
func (t Target) abandoned(fake string) Diagnostics {
	if t.file != "" || t.Previous == nil || t.Previous.Fake == "" || t.Previous.Fake == fake {
		return nil
	}
	dir := filepath.Join(t.Out, filepath.FromSlash(t.Previous.Fake))
	if l, err := disk.ReadLock(dir); err != nil || l.Fakes == "" {
		return nil
	}
	shown := filepath.ToSlash(osfile.Shown(dir))
	return Diagnostics{{Pos: Pos{File: shown}, Severity: Note, Code: "folder-left", Message: "the fake in this folder is not made any more, and stays as it is",
		Hint: "remove the folder, with what imports it; or give --fake " + shown + " again"}}
}

// runFake compares the fake that was made with the disk.
func (t Target) runFake(made PackageOutcome, result *Result, opts Options) (PackageOutcome, error) {
	f := t.fakeTarget()
	p := PackageOutcome{Target: f}
	var err error
	if f.Previous, err = disk.ReadLock(f.Out); err != nil {
		return p, p.Found.Take(err)
	}
	if err := checkVersion(f.Previous, f.Config, f.Out); err != nil {
		return p, p.Found.Take(err)
	}
	if made.Found.HasErrors() || result == nil {
		return p, nil
	}
	return f.plan(p, &Result{Files: result.Fake, Inputs: result.Inputs}, opts)
}
