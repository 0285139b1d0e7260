package generator

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/ir"
)

// part is a piece of the runtime that a package has only if it has a use for it.
type part struct {
	// files are those of the templates, needed says whether a package has them.
	files  []string
	needed func(*ir.Package) bool
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
		files:  []string{"upload.go", "upload_ranges.go"},
		needed: func(p *ir.Package) bool { return len(p.UploadSessions()) > 0 },
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
		return slices.ContainsFunc(parts, func(p part) bool { return slices.Contains(p.files, f.Name) && !p.needed(pkg) })
	})
}

// OptionalFiles are the files of the runtime that not every package has, sorted.
func OptionalFiles() []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.files...)
	}
	slices.Sort(names)
	return names
}
