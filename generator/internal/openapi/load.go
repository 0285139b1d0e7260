// Package openapi reads slices of an OpenAPI description, of 3.0 or 3.1, and makes the IR of one Go package of them.
//
// A file goes through these steps, and the first that finds a fault ends the run:
//
//	source    bytes to nodes, by package document
//	as30      what OpenAPI 3.1 says becomes what 3.0 says
//	grammar   nodes are what OpenAPI says they are
//	merge     all files become one document; what stands twice must be the same
//	filter    include and exclude select operations
//	resolve   every $ref that is needed is found; circles, and files outside of the folder, are refused
//	convert   the one document, in kin-openapi's values, becomes ir.Package
//
// kin-openapi's values are made of the nodes that are needed, with the fields that are asked for. Positions, extensions and what stands
// beside a $ref are read from the nodes.
package openapi

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"runtime/debug"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/openapi/as30"
)

// Options say what to load.
type Options struct {
	// Specs are paths of OpenAPI 3.0 or 3.1 documents in YAML or JSON; positions print them as they are given.
	Specs []string
	// Include and Exclude are globs over paths, with methods after a # if not all are meant: "/chats/**#GET,POST".
	// ** stands for any number of segments, none included; * for one segment. No Include selects every operation.
	Include, Exclude []string
	// AllowUnmatched makes a pattern that matches nothing a warning.
	AllowUnmatched bool
	// AllowRemoteRefs permits $ref to http and https addresses.
	AllowRemoteRefs bool
	// Seen, if it is not nil, is called with the path or address of each document that is read, and its text.
	Seen func(name string, text []byte)
	// Texts are specs that are not on the disk, or not yet, by their names in Specs.
	Texts map[string][]byte
}

// Load reads the documents and returns what is to be emitted. The package is nil if the list has errors.
// A diagnostic with the code "internal" is a fault of this program rather than of the input.
func Load(ctx context.Context, opts Options) (pkg *ir.Package, diags diag.List) {
	defer func() {
		if fault := recover(); fault != nil {
			pkg = nil
			diags.Errorf(diag.Pos{}, "internal", "%v\n%s", fault, debug.Stack())
		}
	}()
	pkg = load(ctx, opts, &diags)
	diags = diags.Sorted()
	if diags.HasErrors() {
		return nil, diags
	}
	return pkg, diags
}

func load(ctx context.Context, opts Options, diags *diag.List) *ir.Package {
	lib := &library{ctx: ctx, allowRemote: opts.AllowRemoteRefs, seen: opts.Seen, texts: opts.Texts, diags: diags, documents: map[string]*sourceFile{},
		misspelt: map[misspelling]bool{}, lost: map[*yaml.Node][]diag.Diagnostic{}}
	if len(opts.Specs) == 0 {
		diags.Errorf(diag.Pos{}, "no-spec", "there is no spec to load")
	}
	var docs []*sourceFile
	for _, spec := range opts.Specs {
		if doc := lib.spec(spec); doc != nil {
			docs = append(docs, doc)
		}
	}
	if diags.HasErrors() {
		return nil
	}
	src := merge(lib, docs)
	whole := len(opts.Include)+len(opts.Exclude) == 0
	selected := src.selectOperations(opts, diags)
	if diags.HasErrors() {
		return nil
	}
	refs := newResolver(lib, src)
	refs.resolve(selected, whole)
	if err := ctx.Err(); err != nil {
		diags.Errorf(diag.Pos{}, "canceled", "%v", err)
	}
	if diags.HasErrors() {
		return nil
	}
	return convert(src, assemble(src, selected, refs), selected, refs, whole, diags)
}

var version30 = regexp.MustCompile(`^3\.0(\.[0-9]+)?$`)

// checkVersion reports documents that are neither OpenAPI 3.0 nor 3.1, or that describe nothing.
func checkVersion(doc sourceValue, diags *diag.List) bool {
	report := func(p sourceValue, code, message, hint string) bool {
		diags.Add(diag.Diagnostic{Pos: p.pos(), Severity: diag.Error, Code: code, Message: message, Hint: hint})
		return false
	}
	swagger, version := doc.child("swagger"), doc.child("openapi")
	switch {
	case swagger.exists():
		return report(swagger, "openapi-version", fmt.Sprintf("this is OpenAPI %s; only 3.0 and 3.1 are read", swagger.node.Value),
			"convert the document to OpenAPI 3.0")
	case !version.exists():
		return report(doc, "not-openapi", `this is not an OpenAPI document: it has no "openapi"`, versionHint)
	case !version30.MatchString(version.text()) && !as30.Is(version.text()):
		return report(version, "openapi-version", fmt.Sprintf("this is OpenAPI %s; only 3.0 and 3.1 are read", cmp.Or(version.text(), "of an unknown version")),
			"convert the document to OpenAPI 3.1 or 3.0")
	case !doc.child("paths").exists() && !doc.child("components").exists():
		return report(doc, "empty-document", "the document describes nothing: it has neither paths nor components", "")
	}
	return true
}
