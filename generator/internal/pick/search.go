package pick

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// This file finds operations by words in any order.

// words are what an operation is found by, in small letters.
type words struct {
	// last is the last segment of the path that has a name, path all of it, each word between blanks and as it is written.
	last, path string
	// said is what it does, in short and at length.
	said string
	// accepted is the number of what it accepts in catalog.accepted: many operations accept the same.
	accepted int
	depth    int
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
	return w
}

// permissionsOf are the names of what an operation accepts, in small letters.
func permissionsOf(p ir.Permissions) string {
	var names []string
	for _, g := range []ir.Grants{p.Delegated, p.Application, p.Resource} {
		names = append(append(names, g.Least...), g.Other...)
	}
	slices.Sort(names)
	return strings.ToLower(strings.Join(slices.Compact(names), " "))
}

// number gives a text a number, the same for the same text.
func (n *numbered) number(text string) int {
	if n.at == nil {
		n.at = map[string]int{}
	}
	i, known := n.at[text]
	if !known {
		i = len(n.texts)
		n.at[text], n.texts = i, append(n.texts, text)
	}
	return i
}

// numbered are texts, each once.
type numbered struct {
	texts []string
	at    map[string]int
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

// wanted is a word that is looked for.
type wanted struct {
	text, begins string
	// accepted says of each text in catalog.accepted whether it has the word.
	accepted []bool
}

// whole reports whether a text has the word as a whole, or with the s of several behind it.
func (word *wanted) whole(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word.begins)
		if i < 0 {
			return false
		}
		at += i + len(word.begins)
		rest := strings.TrimPrefix(text[at:], "s")
		if rest == "" || rest[0] == ' ' {
			return true
		}
	}
}

// score is how well a word fits an operation, 0 if it does not.
func (w *words) score(word *wanted) int {
	switch {
	case !strings.Contains(w.path, word.text): // which has all of last
	case word.whole(w.last):
		return isLast
	case strings.Contains(w.last, word.begins):
		return startsLast
	case word.whole(w.path):
		return isPath
	case strings.Contains(w.path, word.begins):
		return startsPath
	default:
		return inPath
	}
	switch {
	case !strings.Contains(w.said, word.text):
	case strings.Contains(w.said, word.begins):
		return startsText
	default:
		return inText
	}
	if w.accepted < len(word.accepted) && word.accepted[w.accepted] {
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

// hit is an operation that was found.
type hit struct{ number, score int }

// search finds the operations that have all words, the best first: by how well the words fit, then the shortest paths.
func (c *catalog) search(query string, most int) found {
	words := c.queryWords(query)
	if len(words) == 0 {
		return found{}
	}
	var f found
	var hits []hit
	for i := range c.all {
		if score := c.all[i].words.scoreAll(words); score > 0 {
			f.total++
			if hits = append(hits, hit{i, score}); len(hits) > 8*most { // the best of so many are enough
				hits = c.best(hits, most)
			}
		}
	}
	for _, h := range c.best(hits, most) {
		f.numbers = append(f.numbers, h.number)
	}
	if f.total < fewHits {
		f.behind = c.behind(words)
	}
	return f
}

// scoreAll is how well several words fit, 0 if one of them does not.
func (w *words) scoreAll(all []wanted) int {
	sum := 0
	for i := range all {
		one := w.score(&all[i])
		if one == 0 {
			return 0
		}
		sum += one
	}
	return sum
}

// best are the best of what was found.
func (c *catalog) best(hits []hit, most int) []hit {
	slices.SortFunc(hits, func(a, b hit) int {
		x, y := &c.all[a.number], &c.all[b.number]
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(x.words.depth, y.words.depth), cmp.Compare(len(x.Path), len(y.Path)),
			cmp.Compare(a.number, b.number))
	})
	return hits[:min(most, len(hits))]
}

// fewHits are so few that what is looked for may not be listed yet, and mostBehind is how many paths are shown then.
const (
	fewHits    = 5
	mostBehind = 5
)

// behind are the stops whose paths have most of the words.
func (c *catalog) behind(words []wanted) []string {
	type place struct {
		path  string
		score int
	}
	var places []place
	for path := range c.stops {
		w := wordsOf(slice.Listed{Selected: slice.Selected{Path: path}})
		w.accepted = len(c.accepted.texts) // nothing
		score := 0
		for i := range words {
			score += w.score(&words[i])
		}
		if score > 0 {
			places = append(places, place{path, score})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(len(a.path), len(b.path)), cmp.Compare(a.path, b.path))
	})
	var paths []string
	for _, p := range places[:min(mostBehind, len(places))] {
		paths = append(paths, p.path)
	}
	return paths
}

// maxWords is how many words of a query count.
const maxWords = 12

// queryWords are the words of a query in small letters. A path stays one word.
func (c *catalog) queryWords(query string) []wanted {
	texts := strings.Fields(strings.ToLower(query))
	var words []wanted
	for _, text := range texts[:min(len(texts), maxWords)] {
		w := wanted{text: text, begins: " " + text, accepted: make([]bool, len(c.accepted.texts))}
		for i, names := range c.accepted.texts {
			w.accepted[i] = strings.Contains(names, text)
		}
		words = append(words, w)
	}
	return words
}
