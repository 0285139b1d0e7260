package gosource

import (
	"fmt"
	"go/build/constraint"
	"go/scanner"
	"go/token"
	"regexp"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/lock"
)

// checkComments refuses an emitted file in whose comments a tool would find more than text: texts of the input stand there,
// and none of them may be a build constraint or a directive. The bytes are those that will be written. An error is a
// fault of the generator.
func checkComments(name string, data []byte) error {
	fset := token.NewFileSet()
	file := fset.AddFile(name, fset.Base(), len(data))
	var s scanner.Scanner
	s.Init(file, data, nil, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return nil
		case tok == token.COMMENT && !isPlainComment(text) && !(text == lock.Header && file.Offset(pos) == 0):
			line := file.PositionFor(pos, false).Line // whatever a line directive says
			return fmt.Errorf("%s:%d: the comment %q is an instruction to a tool", name, line, text)
		}
	}
}

// generatedMark is the line by which Go's tools know generated files.
var generatedMark = regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.$`)

// isPlainComment reports whether a comment is text to everybody: a // line with a space behind, or nothing, that is no build
// constraint.
func isPlainComment(text string) bool {
	rest, ok := strings.CutPrefix(text, "//")
	spaced := rest == "" || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\t")
	return ok && spaced && !generatedMark.MatchString(text) && !constraint.IsGoBuild(text) && !constraint.IsPlusBuild(text)
}
