package openapi

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// step is a path segment as it is written, before anything is known about what it names.
type step struct {
	text string // as in the path
	name string // before the parentheses, without the colon that begins or ends path addressing
	// args are what stands between the parentheses; call says that there are parentheses. Or they are the parameters
	// inside of text.
	args []ir.Arg
	call bool
	// address: the step is what path addressing names, {item-path} of root:/{item-path}:/content; it may have slashes.
	// closed: the colon stands behind it, too.
	address, closed bool
}

// key returns the parameter of a {parameter} segment.
func (s step) key() (string, bool) {
	name, ok := strings.CutPrefix(s.name, "{")
	if !ok || s.address {
		return "", false
	}
	name, ok = strings.CutSuffix(name, "}")
	return name, ok && !strings.ContainsAny(name, "{}")
}

// isTemplate reports whether the segment holds parameters inside of text: {name}.{ext}.
func (s step) isTemplate() bool {
	_, isKey := s.key()
	return !s.call && !s.address && !isKey && strings.Contains(s.name, "{")
}

// qualified reports whether the segment names something in a namespace: a type, an action or a function.
func (s step) qualified() bool {
	return strings.Contains(s.name, ".") && !strings.HasPrefix(s.name, "{")
}

// splitPath reads the steps of a path.
func splitPath(path string) []step {
	var steps []step
	texts := cutPath(path)
	for i := 0; i < len(texts); i++ {
		end, closed := addressAfter(texts, i)
		if end == 0 {
			steps = append(steps, readStep(texts[i]))
			continue
		}
		in := readStep(strings.TrimSuffix(texts[i], ":"))
		in.text = texts[i]
		text := strings.Join(texts[i+1:end], "/")
		name := text
		if closed {
			name = strings.TrimSuffix(text, ":")
		}
		steps = append(steps, in, step{text: text, name: name, args: parametersIn(name), address: true, closed: closed})
		i = end - 1
	}
	return steps
}

// cutPath cuts a path at the slashes that stand outside of parentheses and quotes.
func cutPath(path string) []string {
	var texts []string
	depth, quoted, start := 0, false, 0
	add := func(text string) {
		if text != "" {
			texts = append(texts, text)
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
	return texts
}

// addressAfter finds path addressing: a colon behind a segment, a path of which parameters are a part, and a colon again.
// The second colon may be left out where the address is one segment, the last. It returns where the address that follows
// segment i ends; 0 if none does.
func addressAfter(texts []string, i int) (end int, closed bool) {
	if !strings.HasSuffix(texts[i], ":") || texts[i] == ":" {
		return 0, false
	}
	for j := i + 1; j < len(texts); j++ {
		closed = strings.HasSuffix(texts[j], ":")
		if closed || j == i+1 && j == len(texts)-1 {
			if text := strings.Join(texts[i+1:j+1], "/"); strings.Contains(text, "{") && text != ":" {
				return j + 1, closed
			}
			return 0, false
		}
	}
	return 0, false
}

// checkPath reports paths whose slashes, braces or parentheses are not in order.
func checkPath(item sourceValue, diags *diag.List) bool {
	path := item.name()
	fault := ""
	switch {
	case !strings.HasPrefix(path, "/"):
		fault = "does not begin with a slash"
	case strings.ContainsAny(path, "?# \t\n\\"):
		fault = "has a character that does not belong into a path"
	case !balanced(path):
		fault = "has braces or parentheses that do not match"
	case slices.ContainsFunc(splitPath(path), step.isUnclear):
		fault = "has a parameter in a place where it is neither a key nor an argument nor a part of a segment"
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

// isUnclear reports whether a segment holds parameters in a way that has no meaning: in front of parentheses, or inside of
// parentheses or quotes that are not those of arguments. A value could get out of there.
func (s step) isUnclear() bool {
	if s.call {
		return strings.Contains(s.name, "{")
	}
	text := parameterForm.ReplaceAllString(s.name, "")
	return strings.Contains(s.name, "{") && strings.ContainsAny(text, `{}()'"`)
}

// parameterForm is a parameter inside of text.
var parameterForm = regexp.MustCompile(`\{([^{}]*)\}`)

// parametersIn are the parameters inside of text.
func parametersIn(text string) []ir.Arg {
	var args []ir.Arg
	for _, m := range parameterForm.FindAllStringSubmatch(text, -1) {
		if arg := (ir.Arg{Name: m[1], Param: m[1]}); !slices.Contains(args, arg) {
			args = append(args, arg)
		}
	}
	return args
}

func readStep(text string) step {
	name, rest, call := strings.Cut(text, "(")
	args, closed := strings.CutSuffix(rest, ")")
	if !call || !closed || strings.HasPrefix(text, "{") {
		s := step{text: text, name: text}
		if s.isTemplate() {
			s.args = parametersIn(text)
		}
		return s
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
