package usage

import (
	"bufio"
	"fmt"
	"io"
)

// WriteText writes the uses for a person: what is used, and below it a place a line.
func (u *Uses) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	for i, p := range u.Packages {
		if i > 0 {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "%s (%s)\n", p.Path, p.Dir)
		writeUses(b, "operations", p.Operations)
		writeUses(b, "types", p.Types)
		writeUses(b, "properties", p.Properties)
		writeUses(b, "binds", p.Binds)
		writeUses(b, "values", p.Values)
		writeUses(b, "parameters", p.Parameters)
	}
	if len(u.Unknown) > 0 {
		fmt.Fprint(b, "\nunknown\n")
	}
	for _, x := range u.Unknown {
		fmt.Fprintf(b, "  %s%s\n    %s: %s\n", x.Go, lead(" ", x.What), x.Place, x.Why())
	}
	return b.Flush()
}

// Why says why it cannot be told what a call needs.
func (x Unknown) Why() string { return unknownReasons[x.Kind] }

var unknownReasons = map[string]string{
	"raw":          "a call that is written out; what it needs is not known",
	"address":      "an address that is written out; what is there is not known",
	"wait":         "what it reads, the service's answer names",
	PropertyByName: "a property by a name that is not constant",
	WholeValue:     "which of its properties are read cannot be seen here",
	"reflection":   "what is called by reflection cannot be seen",
	"subscription": "it makes, renews and deletes subscriptions, and needs what their resource needs",
}

func writeUses(w io.Writer, title string, list []Use) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "  %s\n", title)
	for _, u := range list {
		fmt.Fprintf(w, "    %s  %s%s\n", u.ID, u.Go, u.marks())
		for _, p := range u.Places {
			fmt.Fprintf(w, "      %s\n", p)
		}
	}
}

// marks are what is particular to a use.
func (u Use) marks() string {
	marks := ""
	if u.Tests {
		marks += " (tests alone)"
	}
	if u.NotCalled {
		marks += " (asked for by an interface, not called)"
	}
	if u.OneOf {
		marks += " (this form of the function or another)"
	}
	return marks
}

// String is file:line:column, with a mark for tests.
func (p Place) String() string {
	text := fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	if p.Test {
		text += " test"
	}
	return text
}

func lead(space, text string) string {
	if text == "" {
		return ""
	}
	return space + text
}
