//go:build unix

package swap

import (
	"io/fs"
	"syscall"
)

// sameOwner reports whether two files belong to one user and one group.
func sameOwner(a, b fs.FileInfo) bool {
	x, okA := a.Sys().(*syscall.Stat_t)
	y, okB := b.Sys().(*syscall.Stat_t)
	return okA && okB && x.Uid == y.Uid && x.Gid == y.Gid
}
