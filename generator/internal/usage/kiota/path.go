package kiota

import (
	"net/url"
	"regexp"
	"strings"
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
