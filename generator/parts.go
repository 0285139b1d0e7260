package generator

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/output"
)

// part is a piece of the runtime that a package has only if it has a use for it.
type part struct {
	// files are those of the templates, needed says whether a package has them.
	files  []string
	needed func(*ir.Package) bool
	// emitted are the names of what the emitter writes beside them.
	emitted []string
}

var parts = []part{
	{
		files: []string{"delta.go"},
		needed: func(p *ir.Package) bool {
			return slices.ContainsFunc(p.Operations, func(op *ir.Operation) bool { return op.Delta })
		},
	},
	{
		files: []string{"multipart.go"},
		needed: func(p *ir.Package) bool {
			return slices.ContainsFunc(p.Operations, func(op *ir.Operation) bool {
				return op.Request != nil && strings.HasPrefix(op.Request.ContentType, "multipart/")
			})
		},
	},
	{
		files:   []string{"upload.go", "upload_ranges.go"},
		needed:  func(p *ir.Package) bool { return len(p.UploadSessions()) > 0 },
		emitted: []string{"Upload", "CancelUpload"},
	},
	{
		files: []string{"localtime.go", "zones.go"},
		needed: func(p *ir.Package) bool {
			return slices.ContainsFunc(p.Models, func(m *ir.Model) bool { return m.LocalTime != nil })
		},
	},
}

// withoutUnused returns the runtime without the parts that pkg has no use for.
func withoutUnused(runtime []File, pkg *ir.Package) []File {
	return slices.DeleteFunc(slices.Clone(runtime), func(f File) bool {
		name := strings.TrimPrefix(f.Name, output.RuntimePrefix)
		return slices.ContainsFunc(parts, func(p part) bool { return slices.Contains(p.files, name) && !p.needed(pkg) })
	})
}

// OptionalFiles are the files of the runtime that not every package has, as they are named there, sorted.
func OptionalFiles() []string {
	var names []string
	for _, p := range parts {
		for _, name := range p.files {
			names = append(names, output.RuntimePrefix+name)
		}
	}
	slices.Sort(names)
	return names
}
