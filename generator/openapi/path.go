package openapi

import (
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// step is a path segment as it is written, before anything is known about what it names.
type step struct {
	text string // as in the path
	name string // before the parentheses
	// args are what stands between the parentheses; call says that there are parentheses.
	args []ir.Arg
	call bool
}

// key returns the parameter of a {parameter} segment.
func (s step) key() (string, bool) {
	name, ok := strings.CutPrefix(s.text, "{")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(name, "}")
}

// qualified reports whether the segment names something in a namespace: a type, an action or a function.
func (s step) qualified() bool {
	return strings.Contains(s.name, ".") && !strings.HasPrefix(s.name, "{")
}

// splitPath cuts a path at the slashes that stand outside of parentheses and quotes.
func splitPath(path string) []step {
	var steps []step
	depth, quoted, start := 0, false, 0
	add := func(text string) {
		if text != "" {
			steps = append(steps, readStep(text))
		}
	}
	for i := range len(path) {
		switch c := path[i]; {
		case c == '\'' && depth > 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '/' && depth <= 0:
			add(path[start:i])
			start = i + 1
		}
	}
	add(path[start:])
	return steps
}

// checkPath reports paths whose slashes, braces or parentheses are not in order.
func checkPath(item place, diags *diag.List) bool {
	path := item.name()
	fault := ""
	switch {
	case !strings.HasPrefix(path, "/"):
		fault = "does not begin with a slash"
	case strings.ContainsAny(path, "?# \t\n\\"):
		fault = "has a character that does not belong into a path"
	case !balanced(path):
		fault = "has braces or parentheses that do not match"
	default:
		return true
	}
	diags.Add(diag.Diagnostic{Pos: item.pos(), Severity: diag.Error, Code: "bad-path",
		Message: fmt.Sprintf("the path %q %s", path, fault), Hint: "paths look like /things/{thing-id}/parts"})
	return false
}

// balanced reports whether every brace and parenthesis is closed by its own kind.
func balanced(s string) bool {
	var open []rune
	for _, r := range s {
		switch r {
		case '{', '(':
			open = append(open, r)
		case '}', ')':
			if len(open) == 0 || (open[len(open)-1] == '{') != (r == '}') {
				return false
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

func readStep(text string) step {
	name, rest, call := strings.Cut(text, "(")
	args, closed := strings.CutSuffix(rest, ")")
	if !call || !closed || strings.HasPrefix(text, "{") {
		return step{text: text, name: text}
	}
	return step{text: text, name: name, args: readArgs(args), call: true}
}

// readArgs reads the arguments of a call: a='{p}',b={q},c='@r',d=@s, or {p} alone.
func readArgs(text string) []ir.Arg {
	var args []ir.Arg
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			args = append(args, readArg(part))
		}
	}
	return args
}

func readArg(text string) ir.Arg {
	name, value, named := strings.Cut(text, "=")
	if !named {
		name, value = "", text
	}
	arg := ir.Arg{Name: name}
	if len(value) >= 2 && value[0] == '\'' && value[len(value)-1] == '\'' {
		arg.Quoted, value = true, value[1:len(value)-1]
	}
	if alias, ok := strings.CutPrefix(value, "@"); ok {
		arg.Alias, value = true, alias
	} else if strings.HasPrefix(value, "{") && strings.HasSuffix(value, "}") {
		value = value[1 : len(value)-1]
		if alias, ok := strings.CutPrefix(value, "@"); ok {
			arg.Alias, value = true, alias
		}
	}
	arg.Param = value
	return arg
}
