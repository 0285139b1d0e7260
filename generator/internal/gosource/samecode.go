package gosource

import (
	"go/scanner"
	"go/token"
	"strings"
)

// SameCode reports whether two Go files differ in nothing but comments and layout. Comments that instruct the go command
// count as code.
func SameCode(a, b []byte) bool {
	x, y := newTokens(a), newTokens(b)
	for {
		tokA, textA := x.next()
		tokB, textB := y.next()
		if tokA != tokB || textA != textB || x.failed || y.failed {
			return false
		}
		if tokA == token.EOF {
			return true
		}
	}
}

// tokens are those of a file, without what SameCode does not see.
type tokens struct {
	scanner scanner.Scanner
	failed  bool
}

func newTokens(src []byte) *tokens {
	t := &tokens{}
	file := token.NewFileSet().AddFile("", -1, len(src))
	t.scanner.Init(file, src, func(token.Position, string) { t.failed = true }, scanner.ScanComments)
	return t
}

func (t *tokens) next() (token.Token, string) {
	for {
		_, tok, text := t.scanner.Scan()
		switch {
		case tok == token.SEMICOLON: // its text is a line end where it is not written
			return tok, ""
		case tok != token.COMMENT || strings.HasPrefix(text, "//go:"):
			return tok, text
		}
	}
}
