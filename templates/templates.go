// Package templates embeds the part of a generated package that does not depend on the slice.
package templates

import "embed"

// Runtime holds the files of package graph as they stand in graph/; tests and service.go, which the
// generator writes anew for each package, are left out by whoever stamps them.
//
//go:embed graph/*.go
var Runtime embed.FS

// Shared holds what is beside that where several packages share one runtime: in shared/runtime what the runtime has then, in
// shared/package what each of the packages has in place of what knows its service.
//
//go:embed shared/runtime/*.go shared/package/*.go
var Shared embed.FS
