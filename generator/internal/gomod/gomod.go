// Package gomod says by which path a folder of a Go module is imported.
package gomod

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// Module is a Go module on the disk.
type Module struct {
	// Path is what its go.mod calls it, Root the folder of the go.mod, from the root of the disk.
	Path, Root string
}

// Of finds the module that a folder is in, there or not: the nearest at or above it. The error is a diag.List: there is no go.mod
// (no-module), it cannot be read, or it names no module.
func Of(dir string) (Module, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return Module{}, osfile.FileFault(dir, err)
	}
	for root := full; ; root = filepath.Dir(root) {
		file := filepath.Join(root, "go.mod")
		data, err := os.ReadFile(file)
		switch {
		case err == nil:
			m := Module{Path: modfile.ModulePath(data), Root: root}
			if m.Path == "" {
				return Module{}, noModule(file, "it has no module line", "go mod init writes one")
			}
			return m, nil
		case !errors.Is(err, fs.ErrNotExist):
			return Module{}, osfile.FileFault(file, err)
		case root == filepath.Dir(root):
			return Module{}, noModule(dir, "there is no go.mod here or above", "run go mod init, or name a folder of a module")
		}
	}
}

// ImportPath is the path by which the package in a folder of the module, there or not, is imported. The error is as that of Of: the
// folder is elsewhere.
func (m Module) ImportPath(dir string) (string, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", osfile.FileFault(dir, err)
	}
	below, err := filepath.Rel(m.Root, full)
	if err != nil || !filepath.IsLocal(below) {
		return "", noModule(dir, "the folder is not in the module "+m.Path, "name a folder below "+osfile.Shown(m.Root))
	}
	return path.Join(m.Path, filepath.ToSlash(below)), nil
}

// Ignored is the part of the path of a folder of the module, there or not, that has Go pass over what is in it, and why; "" if none does.
func (m Module) Ignored(dir string) (part, why string) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", ""
	}
	below, err := filepath.Rel(m.Root, full)
	if err != nil || !filepath.IsLocal(below) {
		return "", ""
	}
	for part := range strings.SplitSeq(filepath.ToSlash(below), "/") {
		switch {
		case part == ".":
		case part == "vendor":
			return part, "cannot be imported by its path, and go mod vendor removes it"
		case part == "testdata" || part[0] == '.' || part[0] == '_':
			return part, "is not in ./..., so that go build, go vet and go test pass over it"
		}
	}
	return "", ""
}

func noModule(path, message, hint string) error {
	return osfile.Fault(osfile.Shown(path), "no-module", hint, "%s", message)
}
