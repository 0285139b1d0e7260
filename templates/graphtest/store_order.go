package graphtest

import (
	"sort"
	"strings"
)

// sorting is one of the expressions of $orderby.
type sorting struct {
	*expression
	down bool
}

// order sorts entities. Null stands in front of everything else.
func (m *memory) order(found []*record, of *structuredType, by []string) error {
	var sortings []sorting
	for _, text := range by {
		words := strings.Fields(text)
		if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc" {
			return invalid("Invalid $orderby: '" + text + "'.")
		}
		if wordForm.FindString(words[0]) != words[0] {
			return notKnown("The store does not know '" + words[0] + "' in $orderby; a handler can answer the call.")
		}
		p := &parser{memory: m, of: of}
		e, err := p.path(token{text: words[0]})
		if err != nil {
			return err
		}
		sortings = append(sortings, sorting{e, len(words) == 2 && words[1] == "desc"})
	}
	values := make(map[*record][]any, len(found))
	for _, r := range found {
		s := &scope{memory: m, item: subject{record: r}}
		for _, by := range sortings {
			values[r] = append(values[r], by.eval(s))
		}
	}
	sort.SliceStable(found, func(i, j int) bool {
		a, b := values[found[i]], values[found[j]]
		for k, by := range sortings {
			if order := nullsFirst(a[k], b[k]); order != 0 {
				return (order < 0) != by.down
			}
		}
		return false
	})
	return nil
}

func nullsFirst(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	order, _ := compare(a, b) // what cannot be compared stays as it is
	return order
}

// search finds entities that have all words of $search somewhere in their text, whatever their case. A word may name
// the property that it is looked for in, as in "displayName:alex". Services look for other things in other places.
func search(found []*record, text string) ([]*record, error) {
	alternatives := [][]string{nil}
	for _, word := range searchWords(text) {
		switch last := len(alternatives) - 1; word {
		case "AND":
		case "OR":
			alternatives = append(alternatives, nil)
		case "NOT", "(", ")":
			return nil, notKnown("The store does not know " + word + " in $search; a handler can answer the call.")
		default:
			alternatives[last] = append(alternatives[last], strings.ToLower(word))
		}
	}
	kept := make([]*record, 0, len(found))
	for _, r := range found {
		for _, words := range alternatives {
			if r.mentionsAll(words) {
				kept = append(kept, r)
				break
			}
		}
	}
	return kept, nil
}

// mentionsAll reports whether all words are in the text of an entity. No words are in none.
//
//go:noinline
func (r *record) mentionsAll(words []string) bool {
	for _, word := range words {
		if !r.mentions(word) {
			return false
		}
	}
	return len(words) > 0
}

// searchWords cuts $search at blanks that stand in no quotes.
func searchWords(text string) []string {
	var words []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		part = strings.NewReplacer("(", " ( ", ")", " ) ").Replace(part)
		words = append(words, strings.Fields(part)...)
	}
	return words
}

// mentions reports whether a word, in lower case, is in the text of an entity.
func (r *record) mentions(word string) bool {
	name, text, named := strings.Cut(word, ":")
	for _, f := range r.fields {
		switch {
		case named && strings.EqualFold(f.name, name):
			return strings.Contains(strings.ToLower(string(f.value)), text)
		case !named && f.value[0] == '"' && strings.Contains(strings.ToLower(stringOf(f.value)), word):
			return true
		}
	}
	return false
}
