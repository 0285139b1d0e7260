package index

import (
	"bytes"
	"math"
)

// scanner finds the lines of a YAML document that begin a key, an item or a value, and steps over everything else:
// blank lines, comments, and texts and flow collections of several lines, whose lines may look like keys.
// It builds nothing, and looks at a byte hardly more than once. Columns are bytes: only spaces, dashes and the like stand
// before a key on its line.
//
// It is as exact as the YAML parser about where scalars begin and end in a valid document. It does not find every fault of
// an invalid one: what is selected is decoded by the YAML parser, which does.
type scanner struct {
	data []byte
	pos  int // offset of the line to read next

	// owner is the column of the key or dash that a value belongs to, -1 for the document itself.
	// It is open until its value has begun.
	owner int
	open  bool
	// text is the column of the owner of a text that may go on: lines indented deeper belong to it.
	text int

	begun, marked, ended bool // there was content, a ---, a ...

	// onKey, if not nil, is told of every key outside of flow collections: its column, where it begins and ends, and
	// where its value begins on the same line, 0 if it doesn't.
	onKey func(column, start, end, value int)
	// continued: a text had another line since this was last set to false; flow: there was a collection like [a].
	continued, flow bool

	fault *fault
}

// lineKind is what a line begins with.
type lineKind byte

const (
	endLine   lineKind = iota // the end of the document
	keyLine                   // key:
	itemLine                  // - item
	otherLine                 // a value, or a key that is more than one text on one line
)

// line is one that begins a key, an item or a value.
type line struct {
	kind          lineKind
	start, indent int // offset of the line; how many spaces it begins with
	// The key is data[start+indent:keyEnd]. value is the offset of what follows it on the line, 0 if nothing does.
	keyEnd, value int
}

const (
	anyIndent = math.MaxInt
	noText    = math.MaxInt
)

func newScanner(data []byte) *scanner {
	return &scanner{data: data, owner: -1, open: true, text: noText}
}

// line reads the next line whose indentation is at most limit.
func (s *scanner) line(limit int) line {
	for s.fault == nil && s.pos < len(s.data) {
		start := s.pos
		at := s.spaces(start)
		indent := at - start
		switch {
		case s.isEnd(at):
			s.pos = s.lineAfter(at)
		case indent > s.text:
			s.pos, s.continued = s.lineAfter(at), true
		case s.data[at] == '\t':
			s.fail(at, "tab-indentation", "this line is indented with a tab, which YAML does not permit", "use spaces")
		case indent == 0 && s.marker(at):
			if s.ended {
				return s.finish(start)
			}
		default:
			s.text, s.begun = noText, true
			if l := s.tokens(start, at); l.indent <= limit {
				return l
			}
		}
	}
	return line{kind: endLine, start: len(s.data), indent: -1}
}

// marker reads a line that can only stand at the left margin: %, --- or ...
func (s *scanner) marker(at int) bool {
	isMarker := at+3 <= len(s.data) && s.isBlank(at+3)
	switch {
	case isMarker && bytes.HasPrefix(s.data[at:], []byte("---")):
		if s.begun || s.marked {
			s.fail(at, "several-documents", "a second YAML document begins here", "keep one document in the file")
		}
		s.marked = true
		if rest := s.blanks(at + 3); !s.isEnd(rest) {
			s.fail(rest, codeNotBlock, "the document begins on the line of its marker", hintBlock)
		}
	case isMarker && bytes.HasPrefix(s.data[at:], []byte("...")):
		s.ended = true
	case s.data[at] == '%' && !s.begun && !s.marked:
		if !bytes.HasPrefix(s.data[at:], []byte("%YAML ")) {
			s.fail(at, codeNotYAML, "only the directive %YAML is read", "remove the line")
		}
	default:
		return false
	}
	s.pos = s.lineAfter(at)
	return true
}

// finish sees to it that nothing but comments stands after the end marker on the line at start.
func (s *scanner) finish(start int) line {
	for s.pos < len(s.data) && s.fault == nil {
		at := s.spaces(s.pos)
		if !s.isEnd(at) && !bytes.HasPrefix(s.data[at:], []byte("...")) {
			s.fail(at, "several-documents", "there is more after the end of the YAML document", "keep one document in the file")
		}
		s.pos = s.lineAfter(at)
	}
	return line{kind: endLine, start: start, indent: -1}
}

// tokens reads the tokens of the line at start, the first of which is at.
func (s *scanner) tokens(start, at int) line {
	l := line{kind: otherLine, start: start, indent: at - start}
	// Dashes, and the ? and : of complex keys, are each an owner of what follows.
	for s.isIndicator(at) {
		if s.data[at] == '-' && at == start+l.indent {
			l.kind = itemLine
		}
		s.owner, s.open = at-start, true
		at = s.spaces(at + 1)
		if s.isEnd(at) {
			s.pos = s.lineAfter(at)
			return l
		}
	}
	column := at - start // of the tag as well, if there is one
	first := at
	at = s.tags(at)
	if s.isEnd(at) {
		s.pos = s.lineAfter(at)
		return l
	}
	colon := s.key(at)
	switch {
	case s.fault != nil:
	case colon > 0:
		if l.kind == otherLine && at == first && column == l.indent && s.data[at] != '[' && s.data[at] != '{' {
			l.kind = keyLine
		}
		s.afterKey(&l, column, at, colon)
	case !s.open || column <= s.owner && !(column == s.owner && s.isBlock(at)):
		s.fail(at, codeNotYAML, "there must be a key and a colon here", "look at the indentation and quotes of this line and the one before it; the file may be cut short")
	default:
		s.value(at)
	}
	return l
}

// afterKey reads what follows the key that begins at and ends before colon.
func (s *scanner) afterKey(l *line, column, at, colon int) {
	s.owner, s.open = column, true
	end := colon
	for end > at && (s.data[end-1] == ' ' || s.data[end-1] == '\t') {
		end--
	}
	value := s.blanks(colon + 1)
	if s.isEnd(value) {
		s.pos = s.lineAfter(value)
		value = 0
	}
	l.keyEnd, l.value = end, value
	if s.onKey != nil {
		s.onKey(column, at, end, value)
	}
	if value > 0 {
		s.value(value)
	}
}

// key returns the offset of the colon after the key that begins at, 0 if no key begins there.
func (s *scanner) key(at int) (colon int) {
	switch s.data[at] {
	case '|', '>':
		return 0
	case '\'', '"', '[', '{':
		end := s.collection(at)
		if s.fault == nil && bytes.IndexByte(s.data[at:end], '\n') < 0 {
			end = s.blanks(end)
			if end < len(s.data) && s.data[end] == ':' && s.isBlank(end+1) {
				return end
			}
		}
		return 0
	}
	if !s.mayBegin(at) {
		return 0
	}
	for i := at; i < len(s.data); i++ {
		switch s.data[i] {
		case ':':
			if s.isBlank(i + 1) {
				return i
			}
		case '#':
			if s.isBlank(i - 1) {
				return 0
			}
		case '\n':
			return 0
		}
	}
	return 0
}

// value reads the value that begins at, of s.owner, to its end or, for a text that may go on, to the end of the line.
func (s *scanner) value(at int) {
	at = s.tags(at)
	if s.isEnd(at) {
		s.pos = s.lineAfter(at)
		return
	}
	s.open = false
	switch s.data[at] {
	case '\'', '"', '[', '{':
		end := s.collection(at)
		if rest := s.blanks(end); s.fault == nil && !s.isEnd(rest) {
			s.fail(rest, codeNotYAML, "there is text after the end of a value",
				"look at the value's quotes or brackets, which begin at the other place")
			s.fault.related = &fault{offset: at}
		}
		s.continued = s.continued || bytes.IndexByte(s.data[at:end], '\n') >= 0
		s.pos = s.lineAfter(end)
	default:
		s.mayBegin(at)
		s.text = s.owner
		s.pos = s.lineAfter(at)
	}
}

// mayBegin reports whether a value may begin with the character at, and is a fault if not.
func (s *scanner) mayBegin(at int) bool {
	switch c := s.data[at]; c {
	case '&', '*':
		s.fail(at, codeAnchor, "anchors and aliases, & and *, are not read", "write the value out, or quote the text")
	case ',', ']', '}', '%', '@', '`':
		s.fail(at, codeNotYAML, "a text cannot begin with "+string(c), "quote the text")
	}
	return s.fault == nil
}

// tags returns where the value begins that may have a tag at.
func (s *scanner) tags(at int) int {
	for at < len(s.data) && s.data[at] == '!' {
		for !s.isBlank(at) {
			at++
		}
		at = s.blanks(at)
	}
	return at
}

// collection returns the offset after the quoted text or flow collection that begins at.
func (s *scanner) collection(at int) int {
	if s.data[at] == '[' || s.data[at] == '{' {
		return s.flowEnd(at)
	}
	return s.quotedEnd(at)
}

// quotedEnd returns the offset after the quoted text that begins at.
func (s *scanner) quotedEnd(at int) int {
	quote := s.data[at]
	for i := at + 1; ; {
		next := bytes.IndexByte(s.data[i:], quote)
		if next < 0 {
			s.fail(at, codeNotYAML, "this quoted text does not end", "look for the closing quote; the file may be cut short")
			return len(s.data)
		}
		i += next + 1
		if quote == '\'' {
			if i == len(s.data) || s.data[i] != quote {
				return i
			}
			i++ // '' stands for one
			continue
		}
		backslashes := 0
		for s.data[i-2-backslashes] == '\\' {
			backslashes++
		}
		if backslashes%2 == 0 {
			return i
		}
	}
}

// flowEnd returns the offset after the flow collection that begins at.
func (s *scanner) flowEnd(at int) int {
	depth := 0
	for i := at; i < len(s.data) && s.fault == nil; {
		switch c := s.data[i]; c {
		case ' ', '\t', '\r', '\n', ',', ':', '?':
			i++
			continue
		case '#':
			i = s.lineAfter(i)
			continue
		case '[', '{':
			depth++
			i++
		case ']', '}':
			depth--
			i++
			if depth == 0 {
				return i
			}
		case '\'', '"':
			i = s.quotedEnd(i)
		case '!':
			i = s.flowTagEnd(i)
		case '&', '*':
			s.mayBegin(i)
		default:
			i = s.flowPlainEnd(i)
		}
		s.flow = s.flow || i > at+1
	}
	s.fail(at, codeNotYAML, "this list or mapping in brackets does not end", "look for the closing bracket; the file may be cut short")
	return len(s.data)
}

// flowTagEnd returns the offset after the tag that begins at inside of a flow collection, which a bracket or a comma ends unless it is
// written out, !<…>.
func (s *scanner) flowTagEnd(at int) int {
	ends := []byte(",[]{}")
	if bytes.HasPrefix(s.data[at:], []byte("!<")) {
		ends = []byte(">")
	}
	for at++; !s.isBlank(at) && bytes.IndexByte(ends, s.data[at]) < 0; at++ {
	}
	return at
}

// flowPlainEnd returns the offset after the plain text that begins at inside of a flow collection.
func (s *scanner) flowPlainEnd(at int) int {
	for i := at; i < len(s.data); i++ {
		switch s.data[i] {
		case ',', '?', '[', ']', '{', '}':
			return i
		case ':':
			if s.isBlank(i + 1) {
				return i
			}
		case '#':
			if s.isBlank(i - 1) {
				return i
			}
		}
	}
	return len(s.data)
}

// fail keeps the first fault.
func (s *scanner) fail(offset int, code, message, hint string) {
	if s.fault == nil {
		s.fault = &fault{offset: offset, code: code, message: message, hint: hint}
	}
}
