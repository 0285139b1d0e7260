package generator

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// part is a piece of the runtime that not every package has: it may have no use for it, or be told to leave it out.
type part struct {
	// name is what Config.Leave calls it; "" for what cannot be left out, since methods of a package that needs it use it.
	name string
	// files are those of the templates, needed says whether a package has them.
	files  []string
	needed func(*ir.Package) bool // nil: every package may use it
	// with are files of other parts that the files are for: they are there where one of those is, which stands above.
	with []string
}

var parts = []part{
	{name: "batch", files: []string{"batch.go", "batch_run.go", "batch_wire.go"}},
	{name: "logs", files: []string{"logging.go"}},
	{name: pacingPart, files: []string{"pacing.go"}, needed: hasPause},
	{name: "traces", files: []string{"trace.go"}},
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
		files: []string{"notification.go", "notification_crypto.go", "notification_keys.go", "notification_place.go",
			"notification_receiver.go", "notification_service.go", "notification_token.go", "subscribe.go"},
		needed: func(p *ir.Package) bool { return p.Subscription() != nil },
	},
	{files: []string{"panic.go"}, with: []string{"batch_run.go", "notification_receiver.go"}},
	{
		files: []string{"localtime.go", "zones.go"},
		needed: func(p *ir.Package) bool {
			return slices.ContainsFunc(p.Models, func(m *ir.Model) bool { return m.LocalTime != nil })
		},
	},
}

// pacingPart is the part whose absence changes what is emitted.
const pacingPart = "pacing"

func hasPause(p *ir.Package) bool {
	return slices.ContainsFunc(p.Operations, func(op *ir.Operation) bool { return op.Pause != "" })
}

// Leavable are the names that Config.Leave knows, sorted.
func Leavable() []string {
	var names []string
	for _, p := range parts {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	return names
}

// checkLeave finds names in cfg.Leave that are none of a part.
func checkLeave(cfg Config) Diagnostics {
	var found Diagnostics
	for _, name := range cfg.Leave {
		if !slices.Contains(Leavable(), name) {
			found.Add(Diagnostic{
				Severity: Error, Code: "unknown-part",
				Message: fmt.Sprintf("%q is no part of a package that can be left out", name), Hint: "known here: " + strings.Join(Leavable(), ", "),
			})
		}
	}
	return found
}

// withoutUnused returns the runtime without the parts that pkg has no use for, and those that are left out.
func withoutUnused(runtime []File, pkg *ir.Package, leave []string) []File {
	unused := map[string]bool{}
	for _, p := range parts {
		isUnused := p.needed != nil && !p.needed(pkg) || p.name != "" && slices.Contains(leave, p.name) ||
			len(p.with) > 0 && !slices.ContainsFunc(p.with, func(file string) bool { return !unused[file] })
		for _, name := range p.files {
			unused[name] = isUnused
		}
	}
	return slices.DeleteFunc(slices.Clone(runtime), func(f File) bool { return unused[strings.TrimPrefix(f.Name, gosource.RuntimePrefix)] })
}
