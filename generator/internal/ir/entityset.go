package ir

import (
	"strings"
	"unicode"
)

// IsEntitySet reports whether path can stand for Model.EntitySet: names with a slash between, such as
// "areas/things", without one at the beginning or the end.
func IsEntitySet(path string) bool {
	for name := range strings.SplitSeq(path, "/") {
		if !isSimpleName(name) {
			return false
		}
	}
	return true
}

// isSimpleName reports whether name is an OData identifier, qualified by a namespace or not.
func isSimpleName(name string) bool {
	for i, r := range name {
		switch {
		case unicode.IsLetter(r), r == '_':
		case i > 0 && (r == '.' || r == '-' || unicode.In(r, unicode.Nl, unicode.Nd, unicode.Mn, unicode.Mc)):
		default:
			return false
		}
	}
	return name != "" && !strings.HasSuffix(name, ".") && !strings.Contains(name, "..")
}
