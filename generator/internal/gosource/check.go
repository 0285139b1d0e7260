package gosource

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// languageVersion is the oldest Go that a generated package has to compile with.
const languageVersion = "go1.24"

// Check type-checks the files as one package and returns what the compiler would reject: names declared twice,
// undefined ones, unused imports and variables, missing methods. It runs no other program and reads no other
// package: what comes out of an import is taken on trust, so that an embedded imported type is taken for one without
// fields and methods. Of the runtime's functions only the signatures count. An error is a fault of the generator.
func Check(files []File) error {
	fset := token.NewFileSet()
	parsed, err := parseAll(fset, files)
	if err != nil {
		return err
	}
	return check(fset, files, parsed)
}

func check(fset *token.FileSet, files []File, parsed []*ast.File) error {
	parsed = slices.Clone(parsed)
	var emitted []*ast.File
	for i, file := range parsed {
		if files[i].runtime == nil {
			emitted = append(emitted, file)
		}
	}
	pkg := "generated"
	if len(emitted) > 0 {
		pkg = emitted[0].Name.Name
	}
	for i, f := range files {
		if f.runtime != nil {
			parsed[i] = f.runtime.of(pkg)
		}
	}
	var info types.Info
	if !slices.ContainsFunc(emitted, mayNotUseImports) {
		emitted = nil // what every name means takes a tenth of the memory of a large package: it is not asked
	} else {
		info.Uses, info.Defs, info.Implicits = map[*ast.Ident]types.Object{}, map[*ast.Ident]types.Object{}, map[ast.Node]types.Object{}
	}
	_, err := Types(fset, parsed, nil, &info)
	found := []error{err}
	for _, spec := range unusedImports(emitted, &info) {
		found = append(found, fmt.Errorf("%s: %s imported and not used", fset.Position(spec.Pos()), spec.Path.Value))
	}
	return errors.Join(found...)
}

// Types type-checks parsed files as one package, which is returned whatever is wrong with it. Imports are taken on trust, but for
// those that are known, by their paths. The error is what the compiler would reject.
func Types(fset *token.FileSet, parsed []*ast.File, known map[string]*types.Package, info *types.Info) (*types.Package, error) {
	var found []error
	config := types.Config{
		GoVersion: languageVersion,
		Importer:  trusting(known),
		Error: func(err error) {
			if !isImportFailure(err) {
				found = append(found, err)
			}
		},
	}
	pkg := "generated"
	if len(parsed) > 0 {
		pkg = parsed[0].Name.Name
	}
	// The returned error is the first of those that config.Error has seen.
	checked, _ := config.Check(pkg, fset, parsed, info)
	return checked, errors.Join(found...)
}

// mayNotUseImports reports whether there is an import that a file may not use, going by names: it has nothing in front of a dot that
// is called so, or something else that is called so and could hide it.
func mayNotUseImports(file *ast.File) bool {
	used := map[string]bool{}
	for _, spec := range file.Imports {
		name := packageName(strings.Trim(spec.Path.Value, "`\""))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		used[name] = false
	}
	hidden := false
	var look func(ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); !ok {
				ast.Inspect(n.X, look)
			} else if _, ok := used[x.Name]; ok {
				used[x.Name] = true
			}
			return false // what stands behind the dot is no name of the file's
		case *ast.Ident:
			_, ok := used[n.Name]
			hidden = hidden || ok
		}
		return !hidden
	}
	ast.Inspect(file, look)
	return hidden || slices.Contains(slices.Collect(maps.Values(used)), false)
}

// unusedImports finds what go/types does not look for in packages that failed to import.
func unusedImports(files []*ast.File, info *types.Info) []*ast.ImportSpec {
	used := map[types.Object]bool{}
	for _, object := range info.Uses {
		used[object] = true
	}
	var unused []*ast.ImportSpec
	for _, file := range files {
		for _, spec := range file.Imports {
			object := info.Implicits[spec]
			if spec.Name != nil {
				object = info.Defs[spec.Name]
			}
			if !used[object] {
				unused = append(unused, spec)
			}
		}
	}
	return unused
}

var errTrusted = errors.New("not read")

// trusting is an importer of packages whose members nobody looks up: go/types does not complain about the members of a
// package that failed to import, and takes their types for whatever is needed. It has the packages that are known.
type trusting map[string]*types.Package

func (t trusting) Import(importPath string) (*types.Package, error) {
	if pkg := t[importPath]; pkg != nil {
		return pkg, nil
	}
	return types.NewPackage(importPath, packageName(importPath)), errTrusted
}

// isImportFailure reports whether err is trusting's own failure.
func isImportFailure(err error) bool {
	var e types.Error
	return errors.As(err, &e) && strings.HasPrefix(e.Msg, "could not import ") &&
		strings.HasSuffix(e.Msg, fmt.Sprintf("(%v)", errTrusted))
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// packageName is the name of a standard package: the last element of its path, the one before for ".../v2".
func packageName(importPath string) string {
	name := path.Base(importPath)
	if majorVersion.MatchString(name) {
		name = path.Base(path.Dir(importPath))
	}
	return name
}
