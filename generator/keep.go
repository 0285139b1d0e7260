package generator

import (
	"github.com/graphslice/graphslice/generator/internal/api"
)

// toKeep returns the elements for Config.Keep: what stays in the package in dir although the API may have dropped it. As long as
// the inputs are those of the lock, that is what is kept already, so that generating again changes nothing. With other inputs it
// is what the last generation had of the API, if removed elements are to be kept, and otherwise nothing. The lock may be nil.
func toKeep(l *Lock, cfg Config, dir string, keepRemoved bool) []Element {
	if l == nil {
		return nil
	}
	same := sameInputs(l, cfg, dir)
	if !same && !keepRemoved {
		return nil
	}
	var keep []Element
	for _, e := range l.Elements {
		if api.IsKept(e) == same {
			keep = append(keep, e)
		}
	}
	return keep
}

// countKept counts the elements that are kept, and those that could not be.
func countKept(result *Result) (kept, notKept int) {
	for _, e := range result.Elements {
		if api.IsKept(e) {
			kept++
		}
	}
	for _, d := range result.Diagnostics {
		if d.Code == "not-kept" {
			notKept++
		}
	}
	return kept, notKept
}
