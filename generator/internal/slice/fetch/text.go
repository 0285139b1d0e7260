package fetch

import "regexp"

var (
	userInURL  = regexp.MustCompile(`(://)[^/?#\s"']*@`)
	queryOfURL = regexp.MustCompile(`(://[^?#\s"']*)[?#][^\s"']*`)
)

// Shown is a source, or a text that has URLs in it, as it may be printed: without users and passwords, and without queries, which
// may be signatures.
func Shown(text string) string {
	return queryOfURL.ReplaceAllString(userInURL.ReplaceAllString(text, "$1"), "$1")
}

// Name is a source as messages name it.
func Name(source string) string {
	if IsURL(source) {
		return Shown(source)
	}
	return source // a path may have a question mark
}
