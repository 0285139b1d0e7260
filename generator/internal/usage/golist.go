package usage

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"
)

// listed is what the go command says of a package, as far as it matters here.
type listed struct {
	ImportPath, Name, Dir, Export string
	GoFiles, CgoFiles, Imports    []string
	// ImportMap has those of Imports that are called otherwise in the code, by what they are called there.
	ImportMap map[string]string
	Module    *packages.Module
	// Standard: it is of the standard library. DepOnly: no pattern names it.
	Standard, DepOnly bool
}

// fields are those of listed.
const fields = "ImportPath,Name,Dir,Export,GoFiles,CgoFiles,Imports,ImportMap,Module,Standard,DepOnly"

// mayGoList reports whether goList is enough: nothing stands in for the go command or for files, and no pattern is one that packages.Load
// alone knows.
func mayGoList(r Request) bool {
	driver := os.Getenv("GOPACKAGESDRIVER")
	if driver == "" {
		driver, _ = exec.LookPath("gopackagesdriver")
	}
	return (driver == "" || driver == "off") && len(r.Overlay) == 0 && !slices.ContainsFunc(r.Patterns, func(p string) bool { return strings.Contains(p, "=") })
}

// goList asks the go command which packages there are, with all that they import, in the order of their imports. That is one process where
// packages.Load needs two, one after the other, and less to read. What it makes is what packages.Load makes; it leaves out what the standard
// library imports. Anything that is wrong is an error without use: packages.Load is to say what.
func goList(ctx context.Context, dir string, flags, patterns []string) ([]*packages.Package, []*packages.Package, error) {
	args := append([]string{"list", "-json=" + fields, "-test", "-export", "-deps", "-buildvcs=false", "-pgo=off"}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), patterns...)...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "PWD="+dir)
	cmd.Cancel, cmd.WaitDelay = func() error { return cmd.Process.Signal(os.Interrupt) }, 2*time.Second // it starts no more then
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	roots, all, err := readList(out)
	_, _ = io.Copy(io.Discard, out)
	return roots, all, errors.Join(err, cmd.Wait())
}

// readList reads what the go command prints: the packages that patterns name, and all.
func readList(out io.Reader) (roots, all []*packages.Package, err error) {
	known := map[string]*packages.Package{}
	for decoder := json.NewDecoder(out); ; {
		var l listed
		if err := decoder.Decode(&l); err == io.EOF {
			return roots, all, nil
		} else if err != nil {
			return nil, nil, err
		}
		pkg, err := l.pkg(known)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, pkg)
		if !l.DepOnly {
			roots = append(roots, pkg)
		}
	}
}

// errList is in place of what packages.Load says better.
var errList = errors.New("what the go command lists is not in order")

// pkg makes the package, of others that are known by their IDs.
func (l *listed) pkg(known map[string]*packages.Package) (*packages.Package, error) {
	path, _, _ := strings.Cut(l.ImportPath, " ")
	pkg := &packages.Package{ID: l.ImportPath, PkgPath: path, Name: l.Name, Dir: l.Dir, ExportFile: l.Export, Module: l.Module, Imports: map[string]*packages.Package{}}
	for _, name := range slices.Concat(l.GoFiles, l.CgoFiles) {
		if !filepath.IsAbs(name) { // as that of the go command's own main of a test is
			name = filepath.Join(l.Dir, name)
		}
		pkg.GoFiles = append(pkg.GoFiles, name)
	}
	if known[pkg.ID] != nil {
		return nil, errList
	}
	known[pkg.ID] = pkg
	if l.Standard {
		return pkg, nil
	}
	called := map[string]string{}
	for name, id := range l.ImportMap {
		called[id] = name
	}
	for _, id := range l.Imports {
		if id == "C" {
			continue
		}
		name := id
		if called[id] != "" {
			name = called[id]
		}
		if pkg.Imports[name] = known[id]; known[id] == nil {
			return nil, errList
		}
	}
	return pkg, nil
}
