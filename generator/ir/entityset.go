package ir

import "strings"

// IsEntitySet reports whether path can stand for Model.EntitySet: names with a slash between, such as
// "appCatalogs/teamsApps", without one at the beginning or the end.
func IsEntitySet(path string) bool {
	for name := range strings.SplitSeq(path, "/") {
		if !isSimpleName(name) {
			return false
		}
	}
	return true
}

// isSimpleName reports whether name is an OData identifier of ASCII letters, qualified by a namespace or not.
func isSimpleName(name string) bool {
	for i, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_':
		case i > 0 && (r >= '0' && r <= '9' || r == '.'):
		default:
			return false
		}
	}
	return name != "" && !strings.HasSuffix(name, ".") && !strings.Contains(name, "..")
}
