package pathglob

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Nearest returns up to three of the paths that are most like the pattern's, for a message about a pattern without a match: those
// that share its words, and differ from it in few letters.
func (p Pattern) Nearest(paths []string) []string {
	wanted := wordsOf(strings.TrimSuffix(p.Path(), "/**"))
	type candidate struct {
		path     string
		distance int
	}
	var candidates []candidate
	for _, path := range paths {
		candidates = append(candidates, candidate{path, wanted.distance(wordsOf(path))})
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(len(a.path), len(b.path)), cmp.Compare(a.path, b.path))
	})
	var nearest []string
	for _, c := range slices.CompactFunc(candidates, func(a, b candidate) bool { return a.path == b.path }) {
		if len(nearest) < 3 {
			nearest = append(nearest, c.path)
		}
	}
	return nearest
}

// words are the segments of a path as a person says them: without namespaces and arguments, in small letters, {} for keys.
type words []string

func wordsOf(path string) words {
	var w words
	for _, s := range split(path) {
		name, _, _ := strings.Cut(s, "(")
		if isKey(s) {
			w = append(w, "{}")
			continue
		}
		if isQualified(name) {
			name = name[strings.LastIndexByte(name, '.')+1:]
		}
		w = append(w, strings.ToLower(name))
	}
	return w
}

// distance is what it takes to make one path of the other, segment by segment: a segment that is missing costs what it says,
// one that differs the part that differs.
func (w words) distance(other words) int {
	row := make([]int, len(other)+1)
	for j, s := range other {
		row[j+1] = row[j] + cost(s)
	}
	for _, s := range w {
		diagonal := row[0]
		row[0] += cost(s)
		for j, o := range other {
			change := diagonal + difference(s, o)
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+cost(o), row[j+1]+cost(s))
		}
	}
	return row[len(other)]
}

// cost is what a segment is worth that one path has and the other has not. A key says little.
func cost(segment string) int {
	switch {
	case segment == "{}" || segment == "*":
		return 30
	case strings.HasPrefix(segment, "$"):
		return 60
	}
	return 100
}

// difference is what two segments differ: nothing, little for a slip of the pen, or almost what a segment is worth, so that what
// stands beside is nearer than what stands above.
func difference(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "{}" || b == "{}":
		return cost(a) + cost(b)
	case a == "*" || b == "*":
		return 10
	}
	longest := max(len(a), len(b))
	if d := diag.Distance(a, b); d*2 <= longest {
		return 10 + 50*d/longest
	} else if !strings.HasPrefix(a, "$") && !strings.HasPrefix(b, "$") {
		return 75 + 20*d/longest
	}
	return cost(a) + cost(b)
}
