// Package diag is the one diagnostic type that every stage reports with.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Severity says what a diagnostic means for the run.
type Severity int

const (
	// Warning: something could not be expressed; the output is still written.
	Warning Severity = iota
	// Note: nothing is wrong; there is something to know or to choose.
	Note
	// Error: the input is at fault; nothing is written.
	Error
)

// String returns "note", "warning" or "error", as they are printed.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Error:
		return "error"
	}
	return "warning"
}

// MarshalText writes the severity as its word, for --format json.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Pos is a place in an input file. Line and Column count from 1; 0 means unknown.
type Pos struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	// Pointer is the JSON pointer of the element inside the file, such as /components/schemas/a.b.
	Pointer string `json:"pointer,omitempty"`
}

// IsZero reports whether nothing is known about the place.
func (p Pos) IsZero() bool { return p == Pos{} }

// String returns file:line:column, without the parts that are unknown.
func (p Pos) String() string {
	s := filepath.ToSlash(p.File)
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			s += fmt.Sprintf(":%d", p.Column)
		}
	}
	return s
}

// Diagnostic is one finding: where, what is wrong, and what to do.
type Diagnostic struct {
	Pos
	Severity Severity `json:"severity"`
	// Code is a stable kebab-case word for the kind of finding, such as "unresolved-ref".
	Code    string `json:"code"`
	Message string `json:"message"`
	// Hint says what to do; "" if the message says it all.
	Hint string `json:"hint,omitempty"`
	// Related are other places that belong to the finding, such as the first of two conflicting definitions.
	Related []Pos `json:"related,omitempty"`
	// Override is an entry of an overrides file that mends it, nil if there is none.
	Override *Override `json:"override,omitempty"`
	// Details are a line each of what the message and the hint show a part of.
	Details []string `json:"details,omitempty"`
	// More is how many others of its kind the finding stands for; see Grouped.
	More int `json:"more,omitempty"`
}

// Override is an entry of an overrides file.
type Override struct {
	Section string          `json:"section"` // such as "paths"
	Key     string          `json:"key"`     // such as "/groups/{group-id}/settings"
	Fields  []OverrideField `json:"fields"`
}

// OverrideField is a field of an override, such as rename.
type OverrideField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// String returns the override on one line of YAML, to be pasted.
func (o Override) String() string { return fmt.Sprintf("%s: {%s}", o.Section, o.Entry()) }

// Entry is the line without its section.
func (o Override) Entry() string {
	fields := make([]string, len(o.Fields))
	for i, f := range o.Fields {
		fields[i] = f.Name + ": " + f.Value
	}
	return fmt.Sprintf("%q: {%s}", o.Key, strings.Join(fields, ", "))
}

// String returns the diagnostic as one message of one or more lines:
//
//	specs/chats.yaml:12:9: error: "#/components/schemas/x" is not defined (unresolved-ref)
//		see also specs/chats.yaml:3:1
//		hint: define it, or correct the reference
func (d Diagnostic) String() string {
	var b strings.Builder
	if p := d.Pos.String(); p != "" {
		b.WriteString(p + ": ")
	}
	fmt.Fprintf(&b, "%s: %s (%s)", d.Severity, shortened(d.Message), d.Code)
	for _, r := range d.Related {
		fmt.Fprintf(&b, "\n\tsee also %s", r)
	}
	if d.Hint != "" {
		fmt.Fprintf(&b, "\n\thint: %s", d.Hint)
	}
	if d.More > 0 {
		fmt.Fprintf(&b, "\n\tand %s; --verbose shows all", Count(d.More, "more such "+d.Severity.String()))
	}
	return Printable(b.String())
}

// longest is how many bytes of a message are printed: an input may have a name of megabytes.
const longest = 4000

// shortened is the beginning of a message that is too long.
func shortened(message string) string {
	if len(message) <= longest {
		return message
	}
	return fmt.Sprintf("%s… and %d bytes more", strings.ToValidUTF8(message[:longest/2], ""), len(message)-longest/2)
}

// Count is a number with its noun, as in "1 property", "2 properties".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		noun = stem + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Printable replaces control characters (but newline and tab) and bidirectional overrides, so that text
// from an input cannot steer a terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '\uFFFD'
		}
		return r
	}, s)
}

// List collects diagnostics. Its zero value is ready for use.
type List []Diagnostic

// Errorf adds an error without a hint.
func (l *List) Errorf(pos Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: Error, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a warning without a hint.
func (l *List) Warnf(pos Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Notef adds a note without a hint.
func (l *List) Notef(pos Pos, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pos: pos, Severity: Note, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Add adds d as it is.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// Take adds the diagnostics that err is or wraps. Any other error is returned.
func (l *List) Take(err error) error {
	var found List
	if !errors.As(err, &found) {
		return err
	}
	*l = append(*l, found...)
	return nil
}

// HasErrors reports whether any diagnostic is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted returns the diagnostics by file, line, column, severity and text, each once.
func (l List) Sorted() List {
	s := slices.Clone(l)
	slices.SortFunc(s, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Pointer, b.Pointer),
		)
	})
	return slices.CompactFunc(s, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Severity == b.Severity && a.Code == b.Code && a.Message == b.Message
	})
}

// Error makes a list with errors usable as an error; its text is the list, a message a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
