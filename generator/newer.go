package generator

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// release matches the versions that can be compared.
var release = regexp.MustCompile(`^v?([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})$`)

// checkVersion refuses a package in dir that a later version has written: this one knows neither its rules nor all that its lock says.
// The lock may be nil. The error is Diagnostics.
func checkVersion(l *Lock, cfg Config, dir string) error {
	if l == nil || !isLater(l.Version, cfg.Version) {
		return nil
	}
	return osfile.Fault(filepath.Join(dir, lock.Name), "newer-lock", "run graphslice "+l.Version+", or a later one: go get -tool github.com/graphslice/graphslice/cmd/gen@v"+l.Version,
		"graphslice %s made this package, and this is %s: it would take away what that one does better", l.Version, cfg.Version)
}

// isLater reports whether one version is a later one than another; false if either is no release.
func isLater(version, than string) bool {
	a, b := release.FindStringSubmatch(version), release.FindStringSubmatch(than)
	if a == nil || b == nil {
		return false
	}
	return slices.CompareFunc(a[1:], b[1:], func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return x - y
	}) > 0
}
