package graph

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// locationHeaders are the headers that say where the result is or will be, the best first.
var locationHeaders = [...]string{"Location", "Operation-Location", "Content-Location"}

// locationOf returns where the service says that the result is, as an absolute URL; "" if it does not say.
func (c *Client) locationOf(header http.Header) string {
	for _, name := range locationHeaders {
		if location := strings.TrimSpace(header.Get(name)); location != "" {
			return resolve(c.root, location)
		}
	}
	return ""
}

// resolve makes a link from the service absolute. The service writes links in many ways: whole, or relative to the
// service root, or with the version in front of that, each with or without a slash at the start, and keys
// in them raw as well as percent-encoded.
func resolve(root *url.URL, link string) string {
	link = tidyLink(link)
	if i := strings.Index(link, "://"); i > 0 && isToken(link[:i]) {
		return link
	}
	if strings.HasPrefix(link, "//") {
		return root.Scheme + ":" + link
	}
	link = "/" + strings.TrimPrefix(link, "/")
	rootPath := root.EscapedPath()
	host := root.Scheme + "://" + root.Host
	if below(link, rootPath) {
		return host + link
	}
	proxy := rootPath[:max(strings.LastIndexByte(rootPath, '/'), 0)] // what stands in front of the root's own version
	first, _, _ := strings.Cut(link[1:], "/")
	if isVersion(first) || "/"+first == rootPath[len(proxy):] {
		return host + proxy + link
	}
	return host + rootPath + link
}

// below reports whether a path is prefix or stands below it.
func below(link, prefix string) bool {
	rest, ok := strings.CutPrefix(link, prefix)
	return ok && prefix != "" && (rest == "" || rest[0] == '/' || rest[0] == '?')
}

// isVersion reports whether a segment is a version of the API: v1.0, beta.
func isVersion(segment string) bool {
	digits, ok := strings.CutPrefix(segment, "v")
	return segment == serviceVersion || segment == "beta" ||
		ok && digits != "" && strings.Trim(digits, "0123456789.") == ""
}

// tidyLink percent-encodes what a URL cannot hold: keys are written raw in places, such as 19:a b#c@thread.v2. A
// fragment has no meaning in a request, so # is part of a key, and so are / and ? between the quotes of a key.
func tidyLink(link string) string {
	var b strings.Builder
	inKey, inQuery := false, false
	for i := 0; i < len(link); i++ {
		c := link[i]
		switch {
		case inQuery:
		case c == '\'' && !inKey:
			inKey = i > 0 && strings.IndexByte("(=,", link[i-1]) >= 0
		case c == '\'' && strings.HasPrefix(link[i+1:], "'"): // a quote inside of the key
			b.WriteByte(c)
			i++
		case c == '\'':
			inKey = false
		case c == '?' && !inKey:
			inQuery = true
		}
		switch {
		case c == '%' && !(i+2 < len(link) && isHex(link[i+1]) && isHex(link[i+2])),
			c <= ' ' || c >= 0x7f || strings.IndexByte("#\"<>\\^`{|}", c) >= 0,
			inKey && (c == '/' || c == '?'):
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// address parses a link from the service, or one that the caller kept, and refuses it if it leads
// to another host. what is what holds it, such as "next link".
func (c *Client) address(what, link string) (*url.URL, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	if strings.TrimSpace(link) == "" {
		return nil, fmt.Errorf("the %s is empty", what)
	}
	u, err := url.Parse(resolve(c.root, strings.TrimSpace(link)))
	if err != nil {
		return nil, fmt.Errorf("the %s is not a URL", what)
	}
	return u, c.checkOrigin(what, u)
}

// hasDotSegment reports whether a path holds a segment "." or "..", also percent-encoded. Such a
// path leads elsewhere than it seems to.
func hasDotSegment(path string) bool {
	for _, segment := range strings.Split(path, "/") {
		text, err := url.PathUnescape(segment)
		if err == nil && (text == "." || text == "..") {
			return true
		}
	}
	return false
}
