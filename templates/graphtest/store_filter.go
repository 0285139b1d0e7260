package graphtest

import (
	"strings"
)

// expression is a part of $filter.
type expression struct {
	// of is its type: "" if the slice does not say, "null" for null.
	of   string
	eval func(*scope) any
	// literal is the text of one that was written as a string.
	literal *string
}

// condition is an expression that is true or false, or null.
//
//go:noinline
func condition(eval func(*scope) any) *expression { return &expression{of: "Edm.Boolean", eval: eval} }

// constant is an expression with a value of its own.
//
//go:noinline
func constant(of string, v any) *expression {
	return &expression{of: of, eval: func(*scope) any { return v }}
}

// scope is what an expression is about: an entity, and what any and all go through.
type scope struct {
	memory *memory
	item   subject
	vars   map[string]subject
	err    error // the first
}

// parser reads $filter: comparisons, and, or, not, in, any, all, startswith, endswith, contains, tolower, toupper.
type parser struct {
	memory *memory
	tokens []token
	at     int
	depth  int
	of     *structuredType
	vars   map[string]string // the types of variables
}

// maxDepth is how deep parentheses may nest.
const maxDepth = 100

// filter returns the entities that an expression is true for.
func (m *memory) filter(found []*record, of *structuredType, text string) ([]*record, error) {
	e, err := m.parseFilter(of, text)
	if err != nil {
		return nil, err
	}
	kept := make([]*record, 0, len(found))
	for _, r := range found {
		s := &scope{memory: m, item: subject{record: r}}
		if e.eval(s) == true {
			kept = append(kept, r)
		}
		if s.err != nil {
			return nil, s.err
		}
	}
	return kept, nil
}

// parseFilter reads an expression about entities of a type.
func (m *memory) parseFilter(of *structuredType, text string) (*expression, error) {
	all, err := tokens(text)
	if err != nil {
		return nil, err
	}
	p := &parser{memory: m, tokens: all, of: of, vars: map[string]string{}}
	e, err := p.or()
	switch {
	case err != nil:
		return nil, err
	case p.next().kind != endToken:
		return nil, p.unexpected()
	}
	return e, p.boolean(e)
}

//go:noinline
func (p *parser) next() token { return p.tokens[p.at] }

// takes goes on if the next token is a word or a sign.
//
//go:noinline
func (p *parser) takes(text string) bool {
	t := p.next()
	if (t.kind == wordToken || t.kind == punctuation) && strings.EqualFold(t.text, text) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if p.takes(text) {
		return nil
	}
	if p.next().kind == endToken {
		return syntaxError(p.next().at, "'"+text+"' is missing")
	}
	return p.unexpected()
}

// unexpected says that a token is not expected, or not known.
func (p *parser) unexpected() error {
	t := p.next()
	switch t.text {
	case "has", "add", "sub", "mul", "div", "divby", "mod":
		if t.kind == wordToken {
			return unknown("the operator " + t.text)
		}
	}
	if t.kind == endToken {
		return syntaxError(t.at, "the expression ends too early")
	}
	return syntaxError(t.at, "'"+t.text+"' is not expected")
}

// boolean says that an expression is neither true nor false.
func (p *parser) boolean(e *expression) error {
	if e.of == "Edm.Boolean" || e.of == "" || e.of == "null" {
		return nil
	}
	return invalid("Invalid filter clause: the expression is neither true nor false, but of type '" + e.of + "'.")
}

//go:noinline
func (p *parser) or() (*expression, error) { return p.chain("or", p.and, true) }

func (p *parser) and() (*expression, error) { return p.chain("and", p.not, false) }

// chain reads operands with a word between: the value is that of the first that decides.
func (p *parser) chain(word string, operand func() (*expression, error), decides bool) (*expression, error) {
	first, err := operand()
	if err != nil {
		return nil, err
	}
	for p.takes(word) {
		if err := p.boolean(first); err != nil {
			return nil, err
		}
		second, err := operand()
		if err == nil {
			err = p.boolean(second)
		}
		if err != nil {
			return nil, err
		}
		a, b := first.eval, second.eval
		first = condition(func(s *scope) any {
			x := a(s)
			if x == decides {
				return decides
			}
			y := b(s)
			switch {
			case y == decides:
				return decides
			case x == nil || y == nil:
				return nil
			}
			return !decides
		})
	}
	return first, nil
}

func (p *parser) not() (*expression, error) {
	if !p.takes("not") {
		return p.comparison()
	}
	if p.depth++; p.depth > maxDepth {
		return nil, syntaxError(p.next().at, "the expression is nested too deep")
	}
	e, err := p.not()
	p.depth--
	if err == nil {
		err = p.boolean(e)
	}
	if err != nil {
		return nil, err
	}
	return condition(func(s *scope) any {
		if v, ok := e.eval(s).(bool); ok {
			return !v
		}
		return nil
	}), nil
}

// holds reports whether a comparison is true of two values, the first of which is less than the other, as much or more: -1, 0
// or 1. Known is false for what is no comparison.
func holds(comparison string, order int) (isTrue, known bool) {
	switch comparison {
	case "eq":
		return order == 0, true
	case "ne":
		return order != 0, true
	case "gt":
		return order > 0, true
	case "ge":
		return order >= 0, true
	case "lt":
		return order < 0, true
	case "le":
		return order <= 0, true
	}
	return false, false
}

func (p *parser) comparison() (*expression, error) {
	left, err := p.operand()
	if err != nil || p.next().kind != wordToken {
		return left, err
	}
	operator := strings.ToLower(p.next().text)
	if operator == "in" {
		p.at++
		return p.in(left)
	}
	if _, known := holds(operator, 0); !known {
		return left, nil
	}
	p.at++
	right, err := p.operand()
	if err != nil {
		return nil, err
	}
	return p.compared(operator, left, right)
}

// in reads a list in parentheses.
func (p *parser) in(left *expression) (*expression, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var equal []*expression
	for {
		item, err := p.operand()
		if err != nil {
			return nil, err
		}
		e, err := p.compared("eq", left, item)
		if err != nil {
			return nil, err
		}
		equal = append(equal, e)
		if p.takes(")") {
			break
		}
		if err := p.expect(","); err != nil {
			return nil, err
		}
	}
	return condition(func(s *scope) any {
		for _, e := range equal {
			if e.eval(s) == true {
				return true
			}
		}
		return false
	}), nil
}

// operand reads a literal, a path, a call, or an expression in parentheses.
func (p *parser) operand() (*expression, error) {
	t := p.next()
	if p.depth++; p.depth > maxDepth {
		return nil, syntaxError(t.at, "the expression is nested too deep")
	}
	defer func() { p.depth-- }()
	switch {
	case t.kind == stringToken || t.kind == bareToken || t.kind == typedToken:
		p.at++
		return literalOf(t)
	case t.kind == wordToken:
		p.at++
		return p.word(t)
	case !p.takes("("):
		return nil, p.unexpected()
	}
	e, err := p.or()
	if err != nil {
		return nil, err
	}
	return e, p.expect(")")
}

// word reads what starts with a name.
func (p *parser) word(t token) (*expression, error) {
	switch t.text {
	case "null":
		return constant("null", nil), nil
	case "true", "false":
		return constant("Edm.Boolean", t.text == "true"), nil
	}
	if !p.takes("(") {
		return p.path(t)
	}
	cut := strings.LastIndexByte(t.text, '/')
	if name := strings.ToLower(t.text[cut+1:]); cut > 0 && (name == "any" || name == "all") {
		return p.lambda(t.text[:cut], name)
	}
	return p.call(t)
}

// called is the value of a function of text; nil if it is not known.
func called(function, text, part string) any {
	switch function {
	case "startswith":
		return strings.HasPrefix(text, part)
	case "endswith":
		return strings.HasSuffix(text, part)
	case "contains":
		return strings.Contains(text, part)
	case "tolower":
		return strings.ToLower(text)
	case "toupper":
		return strings.ToUpper(text)
	}
	return nil
}

// call reads the arguments of a function.
func (p *parser) call(t token) (*expression, error) {
	function := strings.ToLower(t.text) // the reference has startsWith
	if called(function, "", "") == nil {
		return nil, unknown("the function " + t.text)
	}
	of, n := "Edm.Boolean", 2
	if strings.HasPrefix(function, "to") {
		of, n = "Edm.String", 1
	}
	var arguments []*expression
	for len(arguments) < n {
		if len(arguments) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
		}
		e, err := p.operand()
		if err != nil {
			return nil, err
		}
		if e.of != "" && e.of != "Edm.String" && e.of != "null" {
			return nil, invalid("Invalid filter clause: " + t.text + " takes strings, and has a value of type '" + e.of + "'.")
		}
		arguments = append(arguments, e)
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	return &expression{of: of, eval: func(s *scope) any {
		text, ok := textOf(arguments[0].eval(s))
		part, ok2 := "", true
		if n == 2 {
			part, ok2 = textOf(arguments[1].eval(s))
		}
		if !ok || !ok2 {
			return nil
		}
		return called(function, text, part)
	}}, nil
}
