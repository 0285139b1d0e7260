package usage

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// generatedPackages are the folders that were looked at for a lock.
type generatedPackages struct {
	mu      sync.Mutex
	folders map[string]*folder
	same    sync.Map // whether a file is as it was generated, by name
}

// folder is one of them. A folder without a lock has neither lock nor err.
type folder struct {
	lock *lock.Lock
	err  error
	// home is the folder above, where this one has a package of its calls and is of its lock; "" if the lock is beside it.
	home string
	// hashes are those of the files that the lock lists, in this folder.
	hashes map[string]string
	// below are those of files in folders below.
	below map[string]string
	// index finds what the lock has; indexErr says why it cannot be read.
	index    *index
	indexErr error
}

func newGeneratedPackages() *generatedPackages {
	return &generatedPackages{folders: map[string]*folder{}}
}

// at returns what is known of a folder.
func (g *generatedPackages) at(dir string) *folder {
	g.mu.Lock()
	defer g.mu.Unlock()
	f := g.folders[dir]
	if f == nil {
		f = g.read(dir)
	}
	return f
}

// read reads a folder, and the one above where that has a lock that lists files of this.
func (g *generatedPackages) read(dir string) *folder {
	f := readFolder(dir)
	g.folders[dir] = f
	home := filepath.Dir(dir)
	if f.lock != nil || f.err != nil || home == dir {
		return f
	}
	above := g.folders[home]
	if above == nil {
		above = readFolder(home)
		g.folders[home] = above
	}
	for name, hash := range above.below {
		if file, ok := strings.CutPrefix(name, filepath.Base(dir)+"/"); ok {
			f.hashes[file] = hash
		}
	}
	if len(f.hashes) > 0 {
		f.home, f.lock, f.err, f.index, f.indexErr = home, above.lock, above.err, above.index, above.indexErr
	}
	return f
}

func readFolder(dir string) *folder {
	f := &folder{hashes: map[string]string{}, below: map[string]string{}}
	l, err := disk.ReadLock(dir)
	if err != nil {
		f.err = err
		return f
	}
	if len(l.Files) == 0 {
		return f
	}
	f.lock = l
	for _, file := range l.Files {
		if strings.Contains(file.Name, "/") {
			f.below[file.Name] = file.Hash
		} else {
			f.hashes[file.Name] = file.Hash
		}
	}
	f.index, f.indexErr = newIndex(l)
	return f
}

// isAsGenerated reports whether a file is one that a lock lists, unchanged since then.
func (g *generatedPackages) isAsGenerated(name string) bool {
	hash := g.at(filepath.Dir(name)).hashes[filepath.Base(name)]
	if hash == "" {
		return false
	}
	if same, known := g.same.Load(name); known {
		return same.(bool)
	}
	text, err := os.ReadFile(name)
	same := err == nil && lock.Hash(text) == hash
	g.same.Store(name, same)
	return same
}

// isFake reports whether a folder has a package that fakes a service: what tests ask of it they do not ask of the service.
func (g *generatedPackages) isFake(dir string) bool {
	l := g.at(dir).lock
	return l != nil && l.Fakes != ""
}

// isListed reports whether a lock lists a file.
func (g *generatedPackages) isListed(name string) bool {
	return g.at(filepath.Dir(name)).hashes[filepath.Base(name)] != ""
}

// checked returns the lock of a folder, nil if there is none. The error, a diag.List, says that it cannot be read or is not that
// of the code beside it.
func (g *generatedPackages) checked(dir, shown string) (*lock.Lock, error) {
	f := g.at(dir)
	if f.home != "" {
		return g.checked(f.home, filepath.Dir(shown))
	}
	path := filepath.ToSlash(filepath.Join(shown, lock.Name))
	var list diag.List
	if errors.As(f.err, &list) && len(list) > 0 {
		list = slices.Clone(list)
		list[0].File = path
		return nil, list
	}
	if f.lock == nil || f.err != nil {
		return nil, f.err
	}
	if f.lock.Merged {
		return nil, fault(path, "lock-not-of-code", "run gen: it makes the package anew", "it was merged from two generations, and is not that of the code beside it")
	}
	for _, file := range f.lock.Files {
		if strings.HasSuffix(file.Name, ".go") && !g.isAsGenerated(filepath.Join(dir, file.Name)) {
			return nil, fault(path, "lock-not-of-code", "run gen; if "+file.Name+" was edited by hand, gen --force",
				"it is not the lock of the code beside it: "+file.Name+" is another than it lists")
		}
	}
	return f.lock, nil
}
