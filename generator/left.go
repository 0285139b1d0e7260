package generator

import (
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/gomod"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// relativeConfig is the configuration file as the lock of a package in dir has it; "" if there is none in the module that dir is in,
// where its place would be another on each machine.
func relativeConfig(cfg Config, dir string) string {
	if cfg.file == "" {
		return ""
	}
	module, err := gomod.Of(dir)
	if err != nil {
		return ""
	}
	if inModule, err := relativePath(module.Root, cfg.file); err != nil || !filepath.IsLocal(filepath.FromSlash(inModule)) {
		return ""
	}
	path, err := relativePath(dir, cfg.file)
	if err != nil {
		return ""
	}
	return path
}

// leftFolders tells of folders of the module that were made by the configuration once, as their locks say, and that nothing in it goes to
// any more. Nobody removes them: somebody may import them, or have files of their own there.
func (p *Project) leftFolders() Diagnostics {
	if p.file == "" {
		return nil
	}
	file, fileErr := osfile.Resolve(p.file)
	module, err := gomod.Of(filepath.Dir(p.file))
	if err != nil || fileErr != nil { // no lock names the configuration then
		return nil
	}
	made := p.folders()
	var found Diagnostics
	_ = filepath.WalkDir(module.Root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil: // what cannot be read is not what a package is made in
			return nil
		case entry.IsDir() && path != module.Root && isNobodys(entry.Name()):
			return fs.SkipDir
		case entry.Name() != lock.Name:
			return nil
		}
		dir, err := osfile.Resolve(filepath.Dir(path))
		if err != nil || made[dir] {
			return nil
		}
		l, err := disk.ReadLock(dir)
		if err == nil && l.Config != "" && filepath.Join(dir, filepath.FromSlash(l.Config)) == file {
			found.Add(p.leftFolder(filepath.Dir(path), l))
		}
		return nil
	})
	return found
}

// isNobodys reports whether a folder of that name is of a program that fills it by itself, and often large.
func isNobodys(name string) bool {
	return strings.HasPrefix(name, ".") || name == "vendor" || name == "node_modules"
}

// folders are those that the configuration makes something in, from the root of the disk.
func (p *Project) folders() map[string]bool {
	made := map[string]bool{}
	add := func(dir string) {
		if real, err := osfile.Resolve(dir); err == nil && dir != "" {
			made[real] = true
		}
	}
	for _, t := range p.all {
		add(t.Out)
		add(t.FakeOut)
		add(t.described.Runtime)
	}
	return made
}

// leftFolder is the finding about one folder, which has the lock.
func (p *Project) leftFolder(dir string, l *Lock) Diagnostic {
	shown := filepath.ToSlash(osfile.Shown(dir))
	again := "out: " + shown + " in a package"
	switch {
	case l.Fakes != "":
		again = "fake: " + shown + " in its package"
	case len(l.Inputs) == 0: // what packages share is made of nothing
		again = "runtime: " + shown
	}
	return Diagnostic{Pos: Pos{File: osfile.Shown(p.file)}, Severity: Note, Code: "folder-left",
		Message: shown + " has what was generated there before, as its " + lock.Name + " says; it is not made any more, and stays as it is",
		Hint:    "remove the folder, with what imports it; or write " + again + " again"}
}
