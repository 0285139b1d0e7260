package config

import (
	"go/token"
	"path/filepath"
	"strings"
)

// IsName reports whether name can stand in a package clause.
func IsName(name string) bool { return token.IsIdentifier(name) && name != "_" }

// NameFault says why no generated package can have a name, "" if one can.
func NameFault(name string) string {
	switch {
	case !IsName(name):
		return "is not a package name"
	case name == "main":
		return "is the name of programs, which nothing can import"
	case strings.ToLower(name) != name:
		return "has capitals; names of packages are in lower case, since everybody who imports them writes them"
	}
	return ""
}

// FolderName is the last part of a folder's path; "." has a name as well.
func FolderName(dir string) string {
	path, err := filepath.Abs(dir)
	if err != nil {
		path = dir
	}
	return filepath.Base(path)
}
