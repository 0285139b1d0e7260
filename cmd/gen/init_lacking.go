package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

// cutWhatIsThere cuts the slices of what old code became. Paths that the sources lack are left out: their lines in the configuration
// become comments that say why, and so does a warning.
func (a *app) cutWhatIsThere(ctx context.Context, cuts *sliceOptions) (*generator.CutOutcome, error) {
	made, err := a.cutAll(ctx, cuts)
	if err != nil || !made.Faults.HasErrors() {
		return made, err
	}
	text, err := os.ReadFile(cuts.config)
	if err != nil {
		return made, nil // the faults say what there is to say
	}
	without, left := leaveOut(string(text), cuts.config, made.Faults)
	if left == nil {
		return made, nil
	}
	if err := os.WriteFile(cuts.config, []byte(without), 0o666); err != nil {
		return made, nil
	}
	again, err := a.cutAll(ctx, cuts)
	if err != nil || again.Faults.HasErrors() {
		return again, err
	}
	a.printFindings(left, false, false)
	return again, nil
}

// leaveOut makes comments of the lines of patterns that select nothing. It returns what it left out, as warnings; nil if something else
// is at fault, or nothing would be left of a slice.
func leaveOut(text, config string, faults generator.Diagnostics) (string, generator.Diagnostics) {
	lines := strings.Split(text, "\n")
	var left generator.Diagnostics
	for _, d := range faults {
		if d.Severity != generator.Error {
			continue
		}
		if d.Code != "no-match" || filepath.Clean(d.File) != filepath.Clean(config) || d.Line < 1 || d.Line > len(lines) {
			return "", nil
		}
		line := lines[d.Line-1]
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		pattern, isItem := strings.CutPrefix(line[len(indent):], "- ")
		if !isItem {
			return "", nil
		}
		reason := "the metadata does not have it"
		if d.Hint != "" {
			reason += "; " + strings.Join(strings.Fields(d.Hint), " ")
		}
		lines[d.Line-1] = indent + "# " + pattern + ": " + reason
		d.Severity, d.Code = generator.Warning, "left-out"
		d.Message = "left out: " + d.Message
		left = append(left, d)
	}
	if emptied(lines) {
		return "", nil
	}
	return strings.Join(lines, "\n"), left
}

// emptied reports whether a list of patterns has none any more.
func emptied(lines []string) bool {
	for i, line := range lines {
		if strings.TrimSpace(line) != "include:" {
			continue
		}
		rest := slices.IndexFunc(lines[i+1:], func(next string) bool { return !strings.HasPrefix(strings.TrimSpace(next), "#") })
		if rest < 0 || !strings.HasPrefix(strings.TrimSpace(lines[i+1+rest]), "- /") && !strings.HasPrefix(strings.TrimSpace(lines[i+1+rest]), "- '/") {
			return true
		}
	}
	return false
}
