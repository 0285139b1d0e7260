package openapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// oneKeyForm leaves out the operations that stand in the document with the key as a segment, too: /people/{id} and
// /people({id}) are one entity, which a service of both forms finds by either.
func oneKeyForm(selected []selectedOperation, diags *diag.List) []selectedOperation {
	plain := func(op selectedOperation, path string) string {
		return op.method + " " + parameterForm.ReplaceAllString(path, "{}")
	}
	asSegment := map[string]bool{}
	for _, op := range selected {
		asSegment[plain(op, op.path)] = true
	}
	var twice []selectedOperation
	selected = slices.DeleteFunc(slices.Clone(selected), func(op selectedOperation) bool {
		form, inParens := keysAsSegments(op.path)
		isTwice := inParens && asSegment[plain(op, form)]
		if isTwice {
			twice = append(twice, op)
		}
		return isTwice
	})
	if len(twice) > 0 {
		form, _ := keysAsSegments(twice[0].path)
		diags.Add(diag.Diagnostic{Pos: twice[0].pos(), Severity: diag.Warning, Code: "key-in-two-forms",
			Message: fmt.Sprintf("%s here twice, with keys in parentheses and with keys as segments, such as %s %s: requests have them as segments",
				areOperations(len(twice)), strings.ToUpper(twice[0].method), twice[0].path),
			Hint: "for requests with parentheses exclude the other paths, such as " + form})
	}
	return selected
}

// areOperations begins a sentence about n operations.
func areOperations(n int) string {
	if n == 1 {
		return "1 operation is"
	}
	return fmt.Sprintf("%d operations are", n)
}

// keysAsSegments is a path with its keys in parentheses as segments: /people/{id} for /people('{id}').
func keysAsSegments(path string) (form string, inParens bool) {
	for _, s := range splitPath(path) {
		if s.call && len(s.args) == 1 && s.args[0].Name == "" {
			inParens = true
			form += "/" + s.name + "/{" + s.args[0].Param + "}"
			continue
		}
		form += "/" + s.text
	}
	return form, inParens
}
