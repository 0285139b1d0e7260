// Package templates embeds the part of a generated package that does not depend on the slice.
package templates

import "embed"

// Runtime holds the files of package graph as they stand in graph/; tests and service.go, which the
// generator writes anew for each package, are left out by whoever stamps them.
//
//go:embed graph/*.go
var Runtime embed.FS
