package sharing

import (
	"bytes"
	"fmt"
)

// patch is a place of the runtime that knows the one service of its package. Where several packages share it, the client knows the
// service that it calls, and the type of a value the root that it is bound below.
type patch struct{ file, old, new string }

var patches = []patch{
	{"client.go", "	http      *http.Client\n", "	service   service\n	http      *http.Client\n	given     *http.Client // http as it is without the client's own rules\n"},
	{"client.go", "func NewClient(tokens TokenSource,", "func NewClient(s service, tokens TokenSource,"},
	{"client.go", "	c := &Client{\n", "	c := &Client{\n		service:   s,\n"},
	{"client.go", `"graphslice/" + generatorVersion,`, `"graphslice/" + s.generator,`},
	{"client.go", `	if tokens != nil {
		c.token = tokens.Token
	}
	if source, ok := tokens.(ClaimsTokenSource); ok {
		c.claims = source.TokenWithClaims
	}
	if err := WithServiceRoot(defaultServiceRoot).apply(c); err != nil {
		return nil, err
	}
`, `	if err := c.connect(tokens); err != nil {
		return nil, fmt.Errorf("NewClient: %w", err)
	}
`},
	{"client.go", "	c.guardRedirects()\n", `	if err := c.placed(); err != nil {
		return nil, fmt.Errorf("NewClient: %w", err)
	}
	given := *c.http
	c.given = &given
	c.guardRedirects()
`},
	{"client.go", `" graphslice/" + generatorVersion`, `" graphslice/" + c.service.generator`},
	{"client.go", "an address looks like %s\", root, defaultServiceRoot)", "an address looks like https://example.com/v1.0\", root)"},
	{"cloud.go", "url.Parse(defaultServiceRoot)", "url.Parse(c.service.root)"},
	{"location.go", "resolve(c.root, location)", "resolve(c.service.version, c.root, location)"},
	{"location.go", "resolve(c.root, strings", "resolve(c.service.version, c.root, strings"},
	{"location.go", "func resolve(root ", "func resolve(version string, root "},
	{"location.go", "if isVersion(first) ||", "if first == version || isVersion(first) ||"},
	{"location.go", "segment == serviceVersion || segment", "segment"},
	{"model.go", "	own             string ", "	root            string  // the service root of the type's package\n	own             string "},
	{"model.go", "// marshal returns v as JSON with binds below the default service root:", "// marshal returns v as JSON with binds below the service root of its package:"},
	{"model.go", "newWriter(defaultServiceRoot)", "newWriter(rootOf(v))"},
	{"change.go", "	w := newWriter(defaultServiceRoot)\n	w.object", "	w := newWriter(rootOf(v))\n	w.object"},
	{"change.go", "	w := newWriter(defaultServiceRoot)\n	w.buf", "	w := newWriter(\"\")\n	w.buf"},
	{"derived.go", "newWriter(defaultServiceRoot)", "newWriter(rootOf(from))"},
	// Their types are told, since reflection hides them from who renames.
	{"derived.go", "	result := into.", "	var result model = into."},
	{"derived.go", "	result := whole.", "	var result model = whole."},
	{"property.go", "newWriter(defaultServiceRoot)", "newWriter(rootOf(v))"},
	{"from.go", "	r.rebased = true\n", "	r.rebased, r.home = true, rootOf(P(to))\n"},
	{"from.go", "// rebase makes a bind that arrived as the URL of an entity of this service,", "// rebase makes a bind that arrived as the URL of an entity of the service at home,"},
	{"from.go", "func rebase(r *ref) {", "func rebase(r *ref, home string) {"},
	{"from.go", "defaultServiceRoot[:strings.LastIndexByte(defaultServiceRoot, '/')+1]", "home[:strings.LastIndexByte(home, '/')+1]"},
	{"ref.go", "rebase(into)", "rebase(into, r.home)"},
	{"json_reader.go", "	rebased  bool // binds are read as From wants them\n", "	rebased  bool // binds are read as From wants them\n	home     string // the service root of what From makes\n"},
}

// patched is the text of a file of the runtime as packages can share it. Each patch has one place; an error says that the runtime
// has changed there.
func patched(name string, text []byte) ([]byte, error) {
	for _, p := range patches {
		if p.file != name {
			continue
		}
		if n := bytes.Count(text, []byte(p.old)); n != 1 {
			return nil, fmt.Errorf("%s has %q %d times, which is to become %q", name, p.old, n, p.new)
		}
		text = bytes.Replace(text, []byte(p.old), []byte(p.new), 1)
	}
	return text, nil
}
