package emit

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/width"
)

// textWidth is where the text of a comment is wrapped: behind "// ", a line has the width of any other.
const textWidth = width.Limit - len("// ")

// comment makes // lines from paragraphs; empty ones are left out. Nothing in the text can end the comment.
//
//	// Create: Start a chat.
//	//
//	// https://example.com
func comment(paragraphs ...string) *jen.Statement { return commentLines(textWidth, paragraphs) }

// inner is a comment within braces, where lines begin with a tab.
func inner(paragraphs ...string) *jen.Statement { return commentLines(textWidth-width.Tab, paragraphs) }

func commentLines(width int, paragraphs []string) *jen.Statement {
	s := &jen.Statement{}
	for i, line := range textLines(width, paragraphs) {
		if i > 0 {
			s.Line()
		}
		s.Comment(strings.TrimRight("// "+line, " "))
	}
	return s
}

// textLines wraps paragraphs, with an empty line between two.
func textLines(width int, paragraphs []string) []string {
	var lines []string
	for _, p := range paragraphs {
		text := wrap(clean(p), width)
		if len(text) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		for _, line := range text {
			lines = append(lines, asText(line))
		}
	}
	return lines
}

// instruction is the beginning of a line that some tool takes for more than text: build constraints, directives of the go
// command and of linters, the mark of generated files. Some of them are that only without the space that comments have in front; a text that reads
// the same to everybody is worth two quotes.
var instruction = regexp.MustCompile(`^\s*((?:/[/*]\s*)*(?:\+build|go:[a-z]\S*|nolint(?::\S*)?|lint:[a-z]\S*|#nosec|Code generated .* DO NOT EDIT))(?:[\s.]|$)`)

// asText returns a line of a comment that says the same and tells no tool to do anything: "+build" linux.
func asText(line string) string {
	at := instruction.FindStringSubmatchIndex(line)
	if at == nil {
		return line
	}
	return line[:at[2]] + `"` + line[at[2]:at[3]] + `"` + line[at[3]:]
}

// documented is a struct's field below what the input says of it. A comment behind it would stand in a column with its neighbours',
// and a field with a longer name would move all of them.
//
//	// Show only the first n items.
//	Top int
func documented(field *jen.Statement, text, why string) []jen.Code {
	if said := inner(text, why); len(*said) > 0 {
		return []jen.Code{said, field}
	}
	return []jen.Code{field}
}

// verbatim marks a paragraph whose lines must stay as they are.
const verbatim = "\x00"

// clean takes out what does not belong in a comment: control characters and bidirectional overrides, which could
// make source read other than it is.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', string(r) == verbatim:
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r), r == '\uFEFF':
			return -1
		}
		return r
	}, s)
}

// wrap breaks text into lines of at most width characters, where it has words short enough.
func wrap(text string, width int) []string {
	if rest, ok := strings.CutPrefix(text, verbatim); ok {
		return strings.Split(rest, "\n")
	}
	text = strings.ReplaceAll(text, verbatim, "")
	words := strings.Fields(text)
	var lines []string
	from, n := 0, 0
	for i, word := range words {
		size := utf8.RuneCountInString(word)
		if n > 0 && n+1+size > width {
			lines = append(lines, strings.Join(words[from:i], " "))
			from, n = i, 0
		}
		if n > 0 {
			n++
		}
		n += size
	}
	if n > 0 {
		lines = append(lines, strings.Join(words[from:], " "))
	}
	return lines
}

// sentence returns text with a full stop at its end.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:;") {
		return text
	}
	return text + "."
}

// thirdPerson is a text that begins with a verb as a comment wants it: "Lists the chats".
var thirdPerson = regexp.MustCompile(`^[A-Z][a-z]*[a-rt-z]s `)

// about is the paragraph of what the input says of the thing named, its summary if it has no description:
// "List lists the chats." for "Lists the chats", "List: All chats." for another form.
func about(name string, d ir.Doc) string {
	text := sentence(d.Description)
	switch {
	case thirdPerson.MatchString(text):
		return name + " " + strings.ToLower(text[:1]) + text[1:]
	case text != "":
		return name + ": " + text
	case d.Summary != "":
		return name + ": " + sentence(d.Summary)
	}
	return ""
}

// deprecated is the paragraph by which Go's tools know what not to use: why, and until when it is there. It is the last one.
func deprecated(d ir.Doc) string {
	text := d.Deprecated
	switch text {
	case "":
		return ""
	case "deprecated":
		text = "the service has deprecated it"
	}
	text = "Deprecated: " + sentence(text)
	if d.Removal != "" {
		text += " It is to be removed on " + d.Removal + "."
	}
	return text
}

// deprecatedPlace is the paragraph of a path: if all operations at and below it are deprecated, so is the way to them.
func deprecatedPlace(r *ir.Resource) string {
	ops := append(slices.Clone(r.Operations), below(r)...)
	if len(ops) == 0 {
		return ""
	}
	text := deprecated(ops[0].Doc)
	for _, op := range ops {
		switch {
		case op.Doc.Deprecated == "":
			return ""
		case deprecated(op.Doc) != text:
			text = "Deprecated: all operations here are deprecated."
		}
	}
	return text
}
