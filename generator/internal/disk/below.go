package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// present are the names of what is in the folder, and in those below it that files go to or that the lock has files in. The error, a
// diag.List, is about one that leads elsewhere or is no folder.
func (p *Plan) present(files []File) ([]string, error) {
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	for _, f := range p.before.Files {
		names = append(names, f.Name)
	}
	return besides(p.Dir, names)
}

// besides are the names of what is in dir, and in the folders below it that the named files are in or go to. The error is as that of
// present.
func besides(root string, files []string) ([]string, error) {
	folders := []string{"."}
	for _, name := range files {
		if dir := path.Dir(name); !slices.Contains(folders, dir) {
			folders = append(folders, dir)
		}
	}
	var names []string
	for _, below := range folders {
		dir := filepath.Join(root, below)
		info, err := os.Lstat(dir)
		if below != "." && err == nil && !info.IsDir() {
			return nil, osfile.Fault(dir, "file-in-the-way", "move it away, or generate into another folder", "the folder of a generated package belongs here")
		}
		if below != "." && err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, osfile.IOFault(dir, err)
		}
		entries, err := osfile.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			names = append(names, path.Join(below, entry.Name()))
		}
	}
	return names, nil
}

// checkNeighbours refuses names that differ only in case from a file or folder that stays.
func (p *Plan) checkNeighbours(present []string, files []File) diag.List {
	byFold := make(map[string]string, len(files))
	for _, f := range files {
		byFold[strings.ToLower(f.Name)] = f.Name
		if dir := path.Dir(f.Name); dir != "." {
			byFold[strings.ToLower(dir)] = dir
		}
	}
	var faults diag.List
	for _, name := range present {
		made, ok := byFold[strings.ToLower(name)]
		if !ok || made == name || slices.Contains(p.Stale, name) {
			continue
		}
		faults.Add(diag.Diagnostic{
			Pos: diag.Pos{File: filepath.Join(p.Dir, name)}, Severity: diag.Error, Code: "file-in-the-way",
			Message: "it differs only in case from " + made + ", which belongs here: on many systems they are one file",
			Hint:    "rename it, or generate into another folder",
		})
	}
	return faults
}
