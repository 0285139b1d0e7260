// Package templates embeds the parts of generated packages that do not depend on the slice: of the client, and of the package that
// fakes its service.
package templates

import "embed"

// Runtime holds the files of package graph as they stand in graph/; tests and service.go, which the
// generator writes anew for each package, are left out by whoever stamps them.
//
//go:embed graph/*.go
var Runtime embed.FS

// Fake holds the files of package graphtest as they stand in graphtest/; tests, and tables.go, which the generator writes anew for
// each package, are left out by whoever stamps them.
//
//go:embed graphtest/*.go
var Fake embed.FS

// Shared holds what is beside that where several packages share one runtime: in shared/runtime what the runtime has then, in
// shared/package what each of the packages has in place of what knows its service.
//
//go:embed shared/runtime/*.go shared/package/*.go
var Shared embed.FS
