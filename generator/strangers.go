package generator

import (
	"bytes"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// strangers reports the Go files of somebody else in a folder that are of another package than the one to be made there: the go
// command builds neither then. Files that it leaves out, by their name or constraints, are nobody's affair, and neither is a
// file that cannot be read as Go.
func strangers(dir, name string) Diagnostics {
	var found Diagnostics
	paths, _ := filepath.Glob(filepath.Join(dir, "*.go")) // a pattern without a bracket of its own cannot be wrong
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil || bytes.HasPrefix(data, []byte(lock.Header)) {
			continue
		}
		if built, err := build.Default.MatchFile(dir, filepath.Base(path)); err != nil || !built {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, data, parser.PackageClauseOnly)
		if err != nil || file.Name.Name == name || strings.HasSuffix(path, "_test.go") && file.Name.Name == name+"_test" {
			continue
		}
		found.Add(Diagnostic{Pos: Pos{File: osfile.Shown(path), Line: bytes.Count(data[:file.Name.Pos()-1], []byte("\n")) + 1},
			Severity: Error, Code: "other-package",
			Message: fmt.Sprintf("this file is of package %s, and package %s cannot stand beside it", file.Name.Name, name),
			Hint:    "generate into a folder of its own: out: in the configuration, or --out"})
	}
	return found
}
