package main

import (
	"fmt"
	"strings"
)

// known returns what a former run has of a tool that failed on a document, if it is there in the same version: it fails again, after
// minutes. What failed for a limit, which another machine may not reach, is not known to.
func known(before *measured[[]generation], document, tool, version string) (generation, bool) {
	if before == nil || tool == graphslice {
		return generation{}, false
	}
	for _, g := range before.Figures {
		reason := g.Error + g.CompileError
		if g.Document != document || g.Tool != tool || g.Version != version || reason == "" || byLimit(reason) {
			continue
		}
		if g.Before == "" {
			g.Before = fmt.Sprintf("%s, on %s", before.Tree, before.Machine)
		}
		return g, true
	}
	return generation{}, false
}

// byLimit tells whether an error is one of limits.execute itself.
func byLimit(reason string) bool {
	return strings.HasPrefix(reason, outOfTime) || strings.HasPrefix(reason, outOfSpace)
}
