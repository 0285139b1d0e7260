package kiota

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// standIn is how a client marks a key that its middleware takes out again together with the segment before it: of
// /users/me-token-to-replace it makes /me.
const standIn = "-token-to-replace"

var braces = regexp.MustCompile(`\{[^{}]*\}`)

// pathOf is the path of a template, without its query: /users/{user-id}/messages of
// "{+baseurl}/users/{user%2Did}/messages{?%24top}". fixed are parameters that have a value already.
func pathOf(template string, fixed map[string]string) string {
	path := strings.TrimPrefix(template, baseURL)
	for _, end := range []string{"{?", "{&", "?"} {
		path, _, _ = strings.Cut(path, end)
	}
	path = braces.ReplaceAllStringFunc(path, func(name string) string {
		if value, ok := fixed[strings.Trim(name, "{}")]; ok {
			return value
		}
		return name
	})
	var segments []string
	for _, segment := range strings.Split(path, "/") {
		if text, ok := strings.CutSuffix(segment, standIn); ok && len(segments) > 1 {
			segments[len(segments)-1] = text
			continue
		}
		segments = append(segments, segmentOf(segment))
	}
	return strings.Join(segments, "/")
}

// argument is what a method of a builder is given: how the method calls it, its code, and with how many it is given.
type argument struct {
	name, text string
	among      int
}

// inOrder are the codes of arguments in the order of the braces that they stand for, nil if that is not known. Methods come in the order of
// the path, but what one of them takes is in the order of its names.
func inOrder(path string, given []argument) []string {
	names := braces.FindAllString(path, -1)
	if len(names) != len(given) {
		return nil
	}
	var texts []string
	for len(given) > 0 {
		together := given[:given[0].among]
		for _, name := range names[:len(together)] {
			i := slices.IndexFunc(together, func(a argument) bool { return len(together) == 1 || letters(a.name) == letters(name) })
			if i < 0 {
				return nil
			}
			texts = append(texts, together[i].text)
		}
		given, names = given[len(together):], names[len(together):]
	}
	return texts
}

// letters are those of a name, and its digits: of driveItem-id and driveItemId they are the same.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// segmentOf is a segment without what URLs and clients write differently.
func segmentOf(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	if rest, ok := strings.CutPrefix(text, "graph."); ok { // the alias that templates write for the namespace of types
		text = rest
	}
	return text
}
