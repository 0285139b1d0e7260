package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// tree is what was measured: a commit of this repository, and whether it was all that there was.
type tree struct {
	Commit string `json:"commit"` // "" if it is not known
	// Changed tells that files were not as the commit has them.
	Changed bool `json:"changed,omitempty"`
}

// describeTree asks git, in the current folder. What bench itself writes does not count as a change: a part is kept before the next is
// measured.
func describeTree() tree {
	commit, err := exec.Command("git", "rev-parse", "HEAD").Output()
	if err != nil {
		return tree{}
	}
	status, err := exec.Command("git", "status", "--porcelain", "--", ".", ":(exclude)bench/RESULTS.md", ":(exclude)bench/results").Output()
	return tree{strings.TrimSpace(string(commit)), err != nil || len(status) > 0}
}

func (t tree) String() string {
	switch {
	case t.Commit == "":
		return "a commit that was not recorded"
	case t.Changed:
		return fmt.Sprintf("commit `%s` with changes", t.Commit)
	}
	return fmt.Sprintf("commit `%s`", t.Commit)
}

// origin says whether all parts are of one commit, as it is.
func (r *results) origin() string {
	var all []tree
	all = append(all, of(r.own)...)
	all = append(all, of(r.generating)...)
	all = append(all, of(r.using)...)
	all = append(all, of(r.sdk)...)
	all = append(all, of(r.scale)...)
	if len(all) == 0 {
		return ""
	}
	first := all[0]
	if first.Commit == "" || first.Changed || slices.ContainsFunc(all, func(t tree) bool { return t != first }) {
		return "\nThe parts are not of one commit as it is: each says what it is of.\n"
	}
	return fmt.Sprintf("\nAll parts are of %s.\n", first)
}

// of is the tree of a part, if it was measured.
func of[T any](part *measured[T]) []tree {
	if part == nil {
		return nil
	}
	return []tree{part.Tree}
}
