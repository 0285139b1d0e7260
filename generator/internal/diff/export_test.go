package diff

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"sync"
)

// parsed are files by their texts: tests read most of them many times.
var parsed struct {
	sync.Mutex
	fset  *token.FileSet
	files map[string]*ast.File
}

func parseOnce(files []File) ([]*ast.File, *token.FileSet, error) {
	parsed.Lock()
	defer parsed.Unlock()
	if parsed.files == nil {
		parsed.fset, parsed.files = token.NewFileSet(), map[string]*ast.File{}
	}
	var all []*ast.File
	for _, f := range files {
		key := f.Name + "\x00" + string(f.Data)
		if parsed.files[key] == nil {
			one, err := parse(parsed.fset, []File{f})
			if err != nil {
				return nil, nil, err
			}
			if len(one) == 0 {
				continue
			}
			parsed.files[key] = one[0]
		}
		all = append(all, parsed.files[key])
	}
	return all, parsed.fset, nil
}

// Faults are the lines of a file that do not compile with the files of a package; those of imports do not count.
func Faults(files []File, used File) ([]int, error) {
	all, fset, err := parseOnce(append(append([]File{}, files...), used))
	if err != nil {
		return nil, err
	}
	imports := bytes.Count(used.Data[:bytes.LastIndex(used.Data, []byte("\nimport "))+1], []byte("\n")) + 1
	var lines []int
	config := types.Config{IgnoreFuncBodies: true, Importer: newFakes(all), Error: func(err error) {
		fault := err.(types.Error)
		if at := fset.Position(fault.Pos); at.Filename == used.Name && at.Line > imports {
			lines = append(lines, at.Line)
		}
	}}
	config.Check("package", fset, all, nil)
	return lines, nil
}
