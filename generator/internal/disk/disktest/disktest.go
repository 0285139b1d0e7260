// Package disktest has what tests of package disk and of those below it begin with: folders with generated files.
package disktest

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// source is a generated file's text with the given lines below the package clause.
func source(lines ...string) string {
	return lock.Header + "\n\npackage graph\n" + strings.Join(lines, "\n")
}

// Text is a generated file's text with a comment to tell versions apart.
func Text(comment string) string { return source("// "+comment, "") }

// Code is a generated file's text with a declaration.
func Code(name string) string { return source("const "+name+" = 1", "") }

// Windows is a text as Windows has it.
func Windows(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

// Generated returns files of the given names and comments: name, comment, name, comment, …
func Generated(pairs ...string) []osfile.File {
	var files []osfile.File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, osfile.File{Name: pairs[i], Data: []byte(Text(pairs[i+1]))})
	}
	return files
}

// Old and New are two generations of a package. They differ in every way there is: a file changes, one comes, one goes, one
// stays.
var (
	Old = Generated("a.go", "one", "gone.go", "one", "same.go", "same")
	New = Generated("a.go", "two", "come.go", "two", "same.go", "same")
)

// OldTree and NewTree are two generations of a package with others in folders below it: one comes, one goes, one has a file less.
var (
	OldTree = Generated("a.go", "one", "gone/x.go", "one", "half/x.go", "one", "half/y.go", "one")
	NewTree = Generated("a.go", "two", "come/x.go", "two", "half/x.go", "two")
)

// Record is what the lock says beside the files.
var Record = lock.Lock{
	Version: "1.0.0", Options: lock.Hash(nil), Inputs: []lock.Input{{Path: "../a.yaml", Hash: lock.Hash([]byte("a"))}},
	Elements: []lock.Element{{Kind: "type", ID: "ns.thing", Name: "Thing"}},
}

// LockOf is the lock's text for files; any of them may stand there twice, as after a merge.
func LockOf(files ...[]osfile.File) string {
	l := Record
	for _, f := range slices.Concat(files...) {
		l.Files = append(l.Files, lock.File{Name: f.Name, Hash: lock.Hash(f.Data)})
	}
	return string(l.Format())
}

// Lay writes a tree of files, given by slash-separated path.
func Lay(t *testing.T, dir string, tree map[string]string) {
	t.Helper()
	for name, data := range tree {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// Read returns everything below dir: files with their text, folders as "name/", links as their target.
func Read(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		switch {
		case entry.IsDir():
			tree[name+"/"] = ""
		case entry.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(path)
			tree[name] = "-> " + target
			return err
		default:
			data, err := os.ReadFile(path)
			tree[name] = string(data)
			return err
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return tree
}

// WithoutFolders drops the entries that Read makes for folders.
func WithoutFolders(tree map[string]string) map[string]string {
	for name := range tree {
		if strings.HasSuffix(name, "/") {
			delete(tree, name)
		}
	}
	return tree
}

// WithLock are the texts of files, with their lock, and beside others.
func WithLock(files []osfile.File, others map[string]string) map[string]string {
	tree := map[string]string{}
	maps.Copy(tree, others)
	for _, f := range files {
		tree[f.Name] = string(f.Data)
		if dir, _, isBelow := strings.Cut(f.Name, "/"); isBelow {
			tree[dir+"/"] = ""
		}
	}
	tree[lock.Name] = LockOf(files)
	return tree
}

// ErrorText is err's text, "" for none.
func ErrorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
