// Package starter writes what a project begins with into a module.
package starter

import (
	"bufio"
	"bytes"
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
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

// PackageIn returns the name of the package in dir: that of its Go files, or else what its import path suggests.
// The error is a diag.List.
func PackageIn(dir string) (string, error) {
	module, below, err := moduleOf(dir)
	if err != nil {
		return "", err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", osfile.FileFault(dir, err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(name, "_test.go") && file.Name.Name != "_" {
			return file.Name.Name, nil
		}
	}
	return packageName(path.Join(module, below)), nil
}

// ImportPath is the path by which a folder below dir, written with slashes, is imported. The error is a diag.List.
func ImportPath(dir, folder string) (string, error) {
	module, below, err := moduleOf(dir)
	return path.Join(module, below, folder), err
}

// moduleOf finds the go.mod of dir's module and returns the module's path, and the path of dir below it.
func moduleOf(dir string) (module, below string, err error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", "", noModule(dir, "there is no such folder", "make it first")
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", "", osfile.FileFault(dir, err)
	}
	for root := full; ; root = filepath.Dir(root) {
		file := filepath.Join(root, "go.mod")
		data, err := os.ReadFile(file)
		switch {
		case err == nil:
			if module = modulePath(data); module == "" {
				return "", "", noModule(file, "it has no module line", "go mod init writes one")
			}
			below, err = filepath.Rel(root, full)
			return module, filepath.ToSlash(below), err
		case !errors.Is(err, fs.ErrNotExist):
			return "", "", osfile.FileFault(file, err)
		case root == filepath.Dir(root):
			return "", "", noModule(dir, "there is no go.mod here or above", "run go mod init, or name a folder of a module with --dir")
		}
	}
}

func noModule(path, message, hint string) error {
	return diag.List{{Pos: diag.Pos{File: osfile.Shown(path)}, Severity: diag.Error, Code: "no-module", Message: message, Hint: hint}}
}

// modulePath returns the path in the module line of a go.mod, "" if there is none.
func modulePath(data []byte) string {
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "//")
		if words := strings.Fields(line); len(words) == 2 && words[0] == "module" {
			if path, err := strconv.Unquote(words[1]); err == nil {
				return path
			}
			return words[1]
		}
	}
	return ""
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
