package diag

import "strings"

// ShellQuoted is a word in the single quotes of POSIX shells, which take nothing in it as their own: for commands in hints, which
// are there to be pasted.
func ShellQuoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
