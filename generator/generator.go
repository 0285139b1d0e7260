// Package generator turns slices of an OpenAPI description into a typed Go client package.
//
// Generate reads the slices and returns the files of the package; writing them is the caller's (see package output).
package generator

import (
	"context"

	"github.com/graphslice/graphslice/generator/diag"
)

// Config is what one generated package is made from.
type Config struct {
	// Specs are the paths of the slices, OpenAPI 3.0 in YAML or JSON; several are merged into one package.
	Specs []string
	// Package is the name in the package clause, such as "graph".
	Package string
	// Include and Exclude select operations by path glob and methods, such as "/chats/**#GET,POST".
	// No include selects everything.
	Include, Exclude []string
	// Overrides are paths of files that rename, hide or correct what the slices say.
	Overrides []string
	// AllowRemoteRefs permits $ref to http and https addresses.
	AllowRemoteRefs bool
	// Version is the generator's version, for the User-Agent of the generated client.
	Version string
}

// File is one file of the generated package.
type File struct {
	Name string // without a folder
	Data []byte
}

// Summary counts what a package holds.
type Summary struct {
	Models     int `json:"models"`
	Enums      int `json:"enums"`
	Operations int `json:"operations"`
	Binds      int `json:"binds"`
}

// Result is what Generate made.
type Result struct {
	// Files are sorted by name; nil if Diagnostics has errors.
	Files       []File
	Diagnostics diag.List
	Summary     Summary
}

// Generate makes the package that cfg describes. Faults of the input are in Result.Diagnostics and leave Files nil;
// an error is a fault of the generator itself, or ctx's.
func Generate(ctx context.Context, cfg Config) (*Result, error) {
	panic("not wired yet")
}
