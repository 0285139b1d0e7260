package generator

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/disk/swap"
)

// keptFile is what a path held before it was written; nil data if it was not there.
type keptFile struct {
	path string
	data []byte
	mode fs.FileMode
}

// replace writes files, all or none, and gives those that were there before the mode that they had.
func replace(files []swap.File, kept []keptFile) error {
	if err := swap.Replace(files); err != nil {
		return err
	}
	for _, k := range kept {
		if k.data != nil {
			if err := os.Chmod(k.path, k.mode); err != nil {
				return osfile.FileFault(k.path, err)
			}
		}
	}
	return nil
}

// replaceAll writes files, all or none, and returns what they replace. The error is Diagnostics.
func replaceAll(files []swap.File) ([]keptFile, error) {
	var kept []keptFile
	for _, f := range files {
		for dir := filepath.Dir(f.Name); ; dir = filepath.Dir(dir) { // folders that are made now
			if _, err := os.Lstat(dir); err == nil || dir == filepath.Dir(dir) {
				break
			}
			kept = append(kept, keptFile{path: dir})
		}
	}
	for _, f := range files {
		k := keptFile{path: f.Name}
		var err error
		if k.data, err = osfile.ReadIfThere(f.Name); err != nil {
			return nil, err
		}
		if info, err := os.Stat(f.Name); err == nil {
			k.mode = info.Mode().Perm()
		}
		kept = append(kept, k)
	}
	return kept, replace(files, kept)
}

// restore puts back what was replaced. The error says what it cannot put back.
func restore(kept []keptFile) error {
	var files []swap.File
	for _, k := range kept {
		if k.data != nil {
			files = append(files, swap.File{Name: k.path, Data: k.data})
		}
	}
	err := replace(files, kept)
	for _, k := range slices.Backward(kept) {
		if k.data == nil {
			_ = os.Remove(k.path) // a folder that somebody else has used since then stays
		}
	}
	return err
}

// realPath is where a file is that a link may lead to.
func realPath(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}
