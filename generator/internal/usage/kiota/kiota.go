// Package kiota finds what a module's code asks of a service through a client that Kiota made: Microsoft's SDKs for Graph are such
// clients. Their builders are known by their shape alone: a type that embeds BaseRequestBuilder, whose constructor beside it holds
// the template of its URL, and whose verbs come with a ToVerbRequestInformation each. The code is read by its types; of the client,
// which is huge, only the files are read that declare the builders in use.
package kiota

import (
	"cmp"
	"context"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// Found is what code asks of services.
type Found struct {
	// Calls are sorted by their places.
	Calls []Call `json:"calls"`
	// Models are the types of the client that the code names or reads, sorted.
	Models []Model `json:"models"`
}

// Call is a place where the code sends a request, or makes one to be sent.
type Call struct {
	usage.Place
	// Service is the URL that the client's paths begin at, such as https://graph.microsoft.com/v1.0.
	Service string `json:"service"`
	// Method and Path are the operation, such as GET and /users/{user-id}/messages; "" if the code does not say.
	Method string `json:"method"`
	Path   string `json:"path"`
	// Options are the query parameters that the call sets, as the client's fields are called.
	Options []string `json:"options"`
	// Old is the call as it stands, on one line.
	Old string `json:"old"`
	// New is the call that replaces it, and Package the package that has it; "" if that is not known, then Unknown says why.
	New     string `json:"new"`
	Package string `json:"package"`
	Unknown string `json:"unknown"`
	// Note is what is to be known of it beside that, "" if nothing is.
	Note string `json:"note"`

	// Arguments are the code for what stands in braces in Path, in order; nil if the code does not have it in one place.
	Arguments []string `json:"-"`
	// Context is the first argument. Headers: the call sets headers.
	Context string `json:"-"`
	Headers bool   `json:"-"`
}

// Model is a type of the client, and those of its properties that the code reads or sets, as the client calls them.
type Model struct {
	Name       string   `json:"name"`
	Properties []string `json:"properties"`
}

// Find reads the code. The error is a diag.List, or ctx's; code that uses no such client is one.
func Find(ctx context.Context, r usage.Request) (*Found, error) {
	code, err := usage.Read(ctx, r)
	if err != nil {
		return nil, err
	}
	c := newCollector(code)
	for _, pkg := range code.Packages() {
		c.pkg(pkg)
	}
	found := &Found{Calls: c.calls, Models: c.models.sorted()}
	if len(found.Calls) == 0 {
		return nil, diag.List{{Severity: diag.Error, Code: "no-client", Message: "the code asks nothing of a client that Kiota made, such as Microsoft's SDK for Graph",
			Hint: "name the packages that do, such as ./..., in the module that has them"}}
	}
	slices.SortStableFunc(found.Calls, func(a, b Call) int { return cmp.Or(a.Compare(b.Place), cmp.Compare(a.Old, b.Old)) })
	found.Calls = slices.CompactFunc(found.Calls, func(a, b Call) bool { return a.Compare(b.Place) == 0 && a.Old == b.Old })
	return found, nil
}

// Operation is a method on a path of a service.
type Operation struct{ Service, Method, Path string }

// Operations are what is called, each once, sorted.
func (f *Found) Operations() []Operation {
	var all []Operation
	for _, c := range f.Calls {
		if c.Method != "" && c.Service != "" {
			all = append(all, Operation{c.Service, c.Method, c.Path})
		}
	}
	slices.SortFunc(all, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return slices.Compact(all)
}
