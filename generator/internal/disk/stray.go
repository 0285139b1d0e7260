package disk

import (
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Strays are the Go files beside those that the lock of a package in dir lists which start with lock.Header all the same: their names
// below dir, sorted, and what is to be told of them. The error is a diag.List.
func Strays(dir string) ([]string, diag.List, error) {
	l, err := ReadLock(dir)
	if err != nil {
		return nil, nil, err
	}
	var files []string
	listed := map[string]bool{}
	for _, f := range l.Files {
		files = append(files, f.Name)
		listed[f.Name] = true
	}
	present, err := besides(dir, files)
	if err != nil {
		return nil, nil, err
	}
	names, found := strays(dir, present, listed)
	return names, found, nil
}

// strays are the Go files of those present in dir that start with lock.Header and are none of the known. What the compiler makes of
// them beside the package may be what somebody looks for long.
func strays(dir string, present []string, known map[string]bool) (names []string, found diag.List) {
	for _, name := range present {
		file := filepath.Join(dir, name)
		if known[name] || path.Ext(name) != ".go" || !startsWithHeader(file) {
			continue
		}
		names = append(names, name)
		found.Add(diag.Diagnostic{Pos: diag.Pos{File: osfile.Shown(file)}, Severity: diag.Warning, Code: "stray-file",
			Message: "it starts with graphslice's header, and " + lock.Name + " does not list it, so it is neither renewed nor removed",
			Hint:    "remove it, if it was generated once, as before a merge; if it is yours, remove its first line"})
	}
	slices.Sort(names)
	return names, found.Sorted()
}

// startsWithHeader reports whether a regular file does; one that cannot be read is somebody else's.
func startsWithHeader(file string) bool {
	info, err := os.Lstat(file) // before opening: a pipe would block
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, len(lock.Header)+len("\r\n"))
	n, err := io.ReadFull(f, start)
	return (err == nil || err == io.ErrUnexpectedEOF) && lock.HasHeader(start[:n])
}
