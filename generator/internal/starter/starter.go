// Package starter writes what a project begins with into a module.
package starter

import (
	"errors"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/gomod"
)

// Write writes all files or none; their names are paths. One that is there already is an error, which is a diag.List.
func Write(files []osfile.File) error {
	var faults diag.List
	for _, f := range files {
		if _, err := os.Lstat(f.Name); err == nil {
			faults.Add(diag.Diagnostic{Pos: diag.Pos{File: osfile.Shown(f.Name)}, Severity: diag.Error, Code: "file-in-the-way",
				Message: "the file is there already, so nothing was written", Hint: "move it away, or choose another folder with --dir"})
		}
	}
	if faults.HasErrors() {
		return faults
	}
	for i, f := range files {
		if err := create(f); err != nil {
			for _, done := range files[:i] {
				err = errors.Join(err, os.Remove(done.Name))
			}
			return osfile.FileFault(f.Name, err)
		}
	}
	return nil
}

// create writes a file that must not be there, and leaves none behind if it fails. Its folder may stay.
func create(f osfile.File) error {
	if err := os.MkdirAll(filepath.Dir(f.Name), 0o777); err != nil {
		return err
	}
	file, err := os.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(f.Data)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name))
	}
	return nil
}

// PackageIn returns the name of the package in dir: that of its Go files, those that the go command builds, or else what its import path
// suggests. IsThere says which. The error is a diag.List.
func PackageIn(dir string) (name string, isThere bool, err error) {
	module, err := moduleOf(dir)
	if err != nil {
		return "", false, err
	}
	importPath, err := module.ImportPath(dir)
	if err != nil {
		return "", false, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", false, osfile.FileFault(dir, err)
	}
	for _, path := range files {
		if built, err := build.Default.MatchFile(dir, filepath.Base(path)); err != nil || !built {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(path, "_test.go") && file.Name.Name != "_" {
			return file.Name.Name, true, nil
		}
	}
	return packageName(importPath), false, nil
}

// ImportPath is the path by which a folder below dir, written with slashes, is imported. The error is a diag.List.
func ImportPath(dir, folder string) (string, error) {
	module, err := moduleOf(dir)
	if err != nil {
		return "", err
	}
	return module.ImportPath(filepath.Join(dir, filepath.FromSlash(folder)))
}

// moduleOf finds the module of a folder that has to be there.
func moduleOf(dir string) (gomod.Module, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return gomod.Module{}, osfile.Fault(osfile.Shown(dir), "no-module", "make it first", "there is no such folder")
	}
	return gomod.Of(dir)
}

// majorVersion is the last part of the path of a module's later major versions.
var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// packageName makes a package's name of an import path, as people do: the last part but for a version, in lower case,
// without what an identifier cannot have.
func packageName(importPath string) string {
	last := path.Base(importPath)
	if majorVersion.MatchString(last) {
		last = path.Base(path.Dir(importPath))
	}
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, last)
	if !config.IsName(name) {
		return "graph"
	}
	return name
}
