package generator

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/usage"
	"github.com/graphslice/graphslice/generator/internal/usage/touch"
)

// DiffOnUses is the value of --fail-on for what touches the code; see Touch.
const DiffOnUses = diff.OnUses

// InModule reports whether the working folder is in a Go module or a workspace.
func InModule() bool {
	dir, err := filepath.Abs("")
	return err == nil && usage.InModule(dir)
}

// DiffUses is Uses for Touch: it is no fault if the code uses no generated package. The error is a diag.List, or ctx's.
func DiffUses(ctx context.Context, code Code) (*CodeUses, error) {
	uses, err := usage.Find(ctx, code)
	var faults diag.List
	if errors.As(err, &faults) && len(faults) == 1 && faults[0].Code == usage.NothingGenerated {
		return &CodeUses{}, nil
	}
	return uses, err
}

// Touch gives the findings of reports their places in code: a report of a package those that use it, one of two documents those of all
// packages that the code uses. The notes are of packages that it does not use. The error is a diag.List.
func Touch(reports []*DiffReport, uses *CodeUses) (Diagnostics, error) {
	var unused []string
	for _, r := range reports {
		packages := uses.Packages
		if r.Folder != "" {
			packages = slices.DeleteFunc([]*usage.Package{usedAt(uses, r.Folder)}, func(p *usage.Package) bool { return p == nil })
		}
		if len(packages) == 0 {
			unused = append(unused, r.Subject)
			continue
		}
		if err := touch.Findings(r.Findings, packages...); err != nil {
			return nil, diag.List{{Severity: diag.Error, Code: "lock", Message: err.Error(), Hint: "run gen to write the package anew"}}
		}
		r.Looked(touch.Unknown(uses.Unknown, packages...))
	}
	var notes Diagnostics
	switch {
	case len(unused) == 0:
	case slices.Contains(unused, ""):
		notes.Notef(diag.Pos{}, "no-uses", "the code uses no generated package, so that no places are shown")
	default:
		notes.Notef(diag.Pos{}, "no-uses", "the code does not use %s, so that no places are shown for it", strings.Join(unused, ", "))
	}
	return notes, nil
}

// usedAt is what is used of the package in a folder, nil if nothing is.
func usedAt(uses *usage.Uses, folder string) *usage.Package {
	out, err := filepath.Abs(folder)
	if err != nil {
		return nil
	}
	i := slices.IndexFunc(uses.Packages, func(p *usage.Package) bool { return p.Folder == out || p.Folder == realPath(out) })
	if i < 0 {
		return nil
	}
	return uses.Packages[i]
}
