package diag

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns up to n of the names in have that look most like want, the nearest first, for a hint.
// It looks at letters without their case, and leaves out names that have little in common with want.
func Nearest(want string, have []string, n int) []string {
	type candidate struct {
		name     string
		distance int
	}
	lower := strings.ToLower(want)
	var near []candidate
	for _, name := range have {
		if d := Distance(lower, strings.ToLower(name)); d <= max(len(want), len(name))/2 {
			near = append(near, candidate{name, d})
		}
	}
	slices.SortFunc(near, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	names := make([]string, 0, n)
	for _, c := range near[:min(n, len(near))] {
		names = append(names, c.name)
	}
	return names
}

// Distance is the number of bytes to insert, remove or change to make b of a. What both begin with is free, so
// that long names cost little.
func Distance(a, b string) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Likely is the known word that is most like one, "" if none is: one letter, and every third, may be another. Of
// several, one that begins alike is more likely.
func Likely(word string, known []string) string {
	letters := len(strings.TrimLeft(word, "-"))
	best, limit := "", 2*(letters/3+1)+2
	for _, near := range Nearest(word, known, 10) {
		score := 2 * Distance(strings.ToLower(word), strings.ToLower(near))
		if initial(word) != initial(near) {
			score++
		}
		if score < limit {
			best, limit = near, score
		}
	}
	return best
}

// initial is the first letter of a word, or of a flag's name.
func initial(word string) string {
	word = strings.TrimLeft(word, "-")
	return strings.ToLower(word[:min(1, len(word))])
}
