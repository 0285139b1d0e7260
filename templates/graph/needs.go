package graph

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// needs are what a call cannot do without. Nothing is sent before they are there: what the service would answer to a
// call without them says less.
type needs struct{ options, parameters, headers []string }

func (r *resource) needing(add func(*needs)) *resource {
	next := r.copied()
	var n needs
	if next.needs != nil {
		n = *next.needs
	}
	add(&n)
	next.needs = &n
	return next
}

// needsOptions names query parameters that the options of the call have to set.
func (r *resource) needsOptions(names ...string) *resource {
	return r.needing(func(n *needs) { n.options = names })
}

// needsQuery names query parameters of a call that has no options for them.
func (r *resource) needsQuery(names ...string) *resource {
	return r.needing(func(n *needs) { n.parameters = names })
}

// needsHeaders names headers.
func (r *resource) needsHeaders(names ...string) *resource {
	return r.needing(func(n *needs) { n.headers = names })
}

// unmet returns the error of a call that lacks something, nil of one that has all.
func (r *resource) unmet(q query, x *exchange) error {
	if r.needs == nil {
		return nil
	}
	given := slices.Concat(r.query, q.pairs, x.settings.query)
	isSet := func(name string) bool {
		return slices.ContainsFunc(given, func(p pair) bool {
			goesOn := p.name == "$skiptoken" || p.name == "$deltatoken" // which stands for all that the first call said
			return (goesOn || strings.EqualFold(p.name, name)) && p.value != ""
		})
	}
	for _, name := range r.needs.options {
		if !isSet(name) {
			return fmt.Errorf("%s %s: the option %s is required", x.method, r.template, name)
		}
	}
	for _, name := range r.needs.parameters {
		if !isSet(name) {
			return fmt.Errorf("%s %s: the query parameter %s is required; set it with Query", x.method, r.template,
				name)
		}
	}
	for _, name := range r.needs.headers {
		if x.header.Get(name) == "" {
			return fmt.Errorf("%s %s: the header %s is required; set it with %s", x.method, r.template, name,
				headerOption(name))
		}
	}
	return nil
}

// headerOption is the CallOption that sets a header.
func headerOption(name string) string {
	switch http.CanonicalHeaderKey(name) {
	case "If-Match":
		return "IfMatch"
	case "Consistencylevel":
		return "ConsistencyLevel"
	case "Prefer":
		return "Prefer"
	}
	return "Header"
}
