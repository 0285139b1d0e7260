package pick

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// This file finds operations by words in any order.

// words are what an operation is found by, in small letters.
type words struct {
	// last is the last segment of the path that has a name, path all of it, each word between blanks and as it is written.
	last, path string
	// said is what it does, in short and at length; accepted are the permissions.
	said, accepted string
	depth          int
}

// wordsOf are the words of an operation.
func wordsOf(l slice.Listed) words {
	segments := pathglob.Segments(l.Path)
	w := words{path: " " + strings.ToLower(l.Method), depth: len(segments)}
	for _, s := range segments {
		name, _, _ := strings.Cut(s, "(")
		split := splitWords(name[strings.LastIndexByte(name, '.')+1:])
		w.path += split
		if !strings.HasPrefix(s, "{") {
			w.last = split
		}
	}
	w.path += " " + strings.ToLower(l.Path)
	w.said = " " + strings.ToLower(l.Summary+" "+l.Description)
	for _, g := range [][]string{l.Accepts.Delegated.Least, l.Accepts.Delegated.Other, l.Accepts.Application.Least, l.Accepts.Application.Other, l.Accepts.Resource.Least} {
		for _, name := range g {
			if name = strings.ToLower(name); !strings.Contains(w.accepted, name) {
				w.accepted += " " + name
			}
		}
	}
	return w
}

// splitWords are the words of a name in small letters, each with a blank before it: sendMail is " send mail", with the whole at the
// end where there are several.
func splitWords(name string) string {
	var b strings.Builder
	count, before := 0, ' '
	for i, r := range name {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		begins := i == 0 || unicode.IsUpper(r) && !unicode.IsUpper(before) || !unicode.IsLetter(before) && !unicode.IsDigit(before)
		if letter && begins {
			b.WriteByte(' ')
			count++
		}
		if letter {
			b.WriteRune(unicode.ToLower(r))
		}
		before = r
	}
	if count > 1 {
		b.WriteString(" " + strings.ToLower(strings.Trim(name, "{}$")))
	}
	return b.String()
}

// How much a word counts by where it is found. The last name of a path says most of what an operation is.
const (
	inPermission = 1
	inText       = 3
	startsText   = 6
	inPath       = 8
	startsPath   = 14
	isPath       = 20
	startsLast   = 24
	isLast       = 32
)

// score is how well a word fits an operation, 0 if it does not.
func (w *words) score(word string) int {
	begins := " " + word
	is := func(text string) bool {
		for at := 0; ; {
			i := strings.Index(text[at:], begins)
			if i < 0 {
				return false
			}
			at += i + len(begins)
			rest := strings.TrimPrefix(text[at:], "s") // of several
			if rest == "" || rest[0] == ' ' {
				return true
			}
		}
	}
	switch {
	case is(w.last):
		return isLast
	case strings.Contains(w.last, begins):
		return startsLast
	case is(w.path):
		return isPath
	case strings.Contains(w.path, begins):
		return startsPath
	case strings.Contains(w.path, word):
		return inPath
	case strings.Contains(w.said, begins):
		return startsText
	case strings.Contains(w.said, word):
		return inText
	case strings.Contains(w.accepted, word):
		return inPermission
	}
	return 0
}

// found are the numbers of the best operations for a query, and how many there are in all.
type found struct {
	numbers []int
	total   int
	// behind are paths behind which more lies that is not listed yet, those with the most of the words.
	behind []string
}

// search finds the operations that have all words, the best first: by how well the words fit, then the shortest paths.
func (c *catalog) search(query string, most int) found {
	wanted := queryWords(query)
	if len(wanted) == 0 {
		return found{}
	}
	type hit struct{ number, score int }
	var hits []hit
	for i := range c.all {
		score := 0
		for _, word := range wanted {
			one := c.all[i].words.score(word)
			if one == 0 {
				score = 0
				break
			}
			score += one
		}
		if score > 0 {
			hits = append(hits, hit{i, score})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		x, y := &c.all[a.number], &c.all[b.number]
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(x.words.depth, y.words.depth), cmp.Compare(len(x.Path), len(y.Path)),
			cmp.Compare(a.number, b.number))
	})
	f := found{total: len(hits)}
	for _, h := range hits[:min(most, len(hits))] {
		f.numbers = append(f.numbers, h.number)
	}
	if f.total < fewHits {
		f.behind = c.behind(wanted)
	}
	return f
}

// fewHits are so few that what is looked for may not be listed yet, and mostBehind is how many paths are shown then.
const (
	fewHits    = 5
	mostBehind = 5
)

// behind are the stops whose paths have most of the words.
func (c *catalog) behind(wanted []string) []string {
	type hit struct {
		path  string
		score int
	}
	var hits []hit
	for path := range c.stops {
		w := wordsOf(slice.Listed{Selected: slice.Selected{Path: path}})
		score := 0
		for _, word := range wanted {
			score += w.score(word)
		}
		if score > 0 {
			hits = append(hits, hit{path, score})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.path), len(b.path)), cmp.Compare(a.path, b.path))
	})
	var paths []string
	for _, h := range hits[:min(mostBehind, len(hits))] {
		paths = append(paths, h.path)
	}
	return paths
}

// maxWords is how many words of a query count.
const maxWords = 12

// queryWords are the words of a query in small letters. A path stays one word.
func queryWords(query string) []string {
	wanted := strings.Fields(strings.ToLower(query))
	return wanted[:min(len(wanted), maxWords)]
}
