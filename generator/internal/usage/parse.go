package usage

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// parsedFiles reads each file once.
type parsedFiles struct {
	program *program
	files   sync.Map // of *parsedFile, by name
}

type parsedFile struct {
	once sync.Once
	file *ast.File
	err  error
	says []mention // if the program is muted
}

// file reads a file. Of a generated one only what it declares matters.
func (p *parsedFiles) file(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	f := p.read(fset, name, src)
	return f.file, f.err
}

// mentions are what the declarations of a file name that was read.
func (p *parsedFiles) mentions(name string) []mention { return p.read(p.program.fset, name, nil).says }

func (p *parsedFiles) read(fset *token.FileSet, name string, src []byte) *parsedFile {
	known, _ := p.files.LoadOrStore(name, &parsedFile{})
	f := known.(*parsedFile)
	f.once.Do(func() {
		var text any // nil reads the file
		if src != nil {
			text = src
		}
		f.file, f.err = parser.ParseFile(fset, name, text, parser.AllErrors|parser.SkipObjectResolution)
		if f.err == nil && p.program.generated.isAsGenerated(name) {
			stub(f.file)
		}
		if f.err == nil && p.program.mutes {
			f.says = mentionsOf(f.file)
		}
	})
	return f
}

// ahead reads the files of a module that the go command is likely to name, while it is still looking for them.
func (p *parsedFiles) ahead(ctx context.Context, dir string) {
	names := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for name := range names {
				if !p.program.generated.isAsGenerated(name) { // which is not read
					_, _ = p.file(p.program.fset, name, nil)
				}
			}
		}()
	}
	defer close(names)
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || ctx.Err() != nil:
			return fs.SkipAll
		case d.IsDir() && path != dir && !isLikely(path, d.Name()):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(path, ".go") && d.Type().IsRegular():
			select {
			case names <- path:
			case <-ctx.Done():
			}
		}
		return nil
	})
}

// isLikely reports whether a folder can have packages of the module around it.
func isLikely(path, name string) bool {
	return name != "vendor" && name != "testdata" && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_") && !isFile(path, "go.mod")
}
