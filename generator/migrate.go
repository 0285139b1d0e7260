package generator

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/usage/kiota"
)

// OldCode is what code asks of services through clients that Kiota made, such as Microsoft's SDKs for Graph; OldCall is one place
// of it.
type (
	OldCode = kiota.Found
	OldCall = kiota.Call
	// OldModel is a type that such code touches.
	OldModel = kiota.Model
)

// FindOld finds what code asks of services through clients that Kiota made. The error is a diag.List, or ctx's.
func FindOld(ctx context.Context, code Code) (*OldCode, error) { return kiota.Find(ctx, code) }

// Replace says for each call of old code which call of the project's packages replaces it; root is as in Sources. Findings about the
// packages are returned as well. The error is a diag.List, ctx's, or a fault of the generator itself.
func (p *Project) Replace(ctx context.Context, old *OldCode, root func([]string) string) (Diagnostics, error) {
	var all Diagnostics
	for _, t := range p.Targets {
		if t.described.Slice == nil {
			continue
		}
		c, found := cut.Of(t.described)
		if found.HasErrors() {
			return nil, found.Sorted()
		}
		subject, found, err := p.Only(t).Inspect(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		if subject == nil {
			return nil, found
		}
		service := cmp.Or(c.ServiceRoot, root(c.Metadata))
		t.replace(old, service, subject.List().Operations)
	}
	for i := range old.Calls {
		if c := &old.Calls[i]; c.New == "" && c.Unknown == "" {
			c.Unknown = "no package has " + c.Method + " " + c.Path
		}
	}
	return all, nil
}

// replace takes what one package has.
func (t Target) replace(old *OldCode, service string, operations []ListedOperation) {
	next := kiota.ReadSuccessor(t.Out, t.Package)
	var paths []string
	for _, op := range operations {
		paths = append(paths, op.Path)
	}
	for i := range old.Calls {
		c := &old.Calls[i]
		if c.Service != service || c.Method == "" || c.New != "" {
			continue
		}
		pattern, err := pathglob.Parse(c.Path + "#" + c.Method)
		if err != nil { // a template that is none of Kiota's
			c.Unknown = err.Error()
			continue
		}
		pattern = pathglob.Among([]pathglob.Pattern{pattern}, paths)[0]
		for _, op := range operations {
			if pattern.Match(op.Method, op.Path) {
				c.New, c.Package = newCall(c, next, op), t.Package
				break
			}
		}
	}
}

// newCall is the call of an operation with what the old one has in its place, as far as that is known. An … is what a person
// writes: bodies and options have types of their own.
func newCall(old *OldCall, next *kiota.Successor, op ListedOperation) string {
	before := "client."
	call, isWay := strings.CutPrefix(op.Call, op.Package+"."+names.Way+"(client).")
	switch {
	case op.Package != "" && isWay:
		before = op.Package + "." + names.Way + "(client)."
	case op.Package != "":
		before = ""
	}
	arguments, keys := argumentsIn(call), old.Arguments
	ofFunction := strings.Count(old.Path[strings.LastIndexByte(old.Path, '/')+1:], "{") // those of one that the path ends with are options here
	if len(arguments) == len(keys)-ofFunction {
		keys = keys[:len(arguments)]
	}
	if len(keys) > 0 && len(arguments) == len(keys) {
		var b strings.Builder
		for i, arg := range arguments {
			before, after, _ := strings.Cut(call, arg.text)
			b.WriteString(before + arg.opening + keys[i] + arg.closing)
			call = after
		}
		call = b.String() + call
	}
	options := old.Options
	if strings.Contains(old.Path, "={") || strings.Contains(old.Path, "='{") {
		options = append(slices.Clone(options), "") // an argument of the path, which is one of the options here
	}
	rest, known := next.Arguments(op.Call, options)
	if !known {
		rest = ", …"
	}
	if old.Headers {
		rest += ", " + next.Name() + ".Header(…)"
	}
	first := cmp.Or(old.Context, "ctx")
	if before == "" { // a function
		first += ", client"
	}
	return before + call + "(" + first + rest + ")"
}

// argument is the name of an argument with what is around it in a call.
type argument struct{ text, opening, closing string }

// argumentsIn are the arguments of a call that a package is listed with, such as the id of Boards().ByID(id).Get.
func argumentsIn(call string) []argument {
	var all []argument
	for {
		_, rest, found := strings.Cut(call, "(")
		if !found {
			return all
		}
		inside, after, _ := strings.Cut(rest, ")")
		names := strings.Split(inside, ", ")
		for i, name := range names {
			if name == "" {
				continue
			}
			a := argument{name, "", ""}
			if i == 0 {
				a.text, a.opening = "("+a.text, "("
			}
			if i == len(names)-1 {
				a.text, a.closing = a.text+")", ")"
			}
			all = append(all, a)
		}
		call = after
	}
}
