package permits

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// titles are what the ways to sign in are called.
var titles = map[string]string{
	Delegated: "delegated", Application: "application", Resource: "application, with resource-specific consent where that is enough",
}

// reasons are what is said of operations that no permission of the set is for.
const (
	notKnown    = "not known: what these operations accept"
	unsupported = "not possible this way: these operations accept no such permission"
	notInCloud  = "not in this cloud"
	inexact     = "The search was ended: there may be a lesser set."
)

// WriteText writes the answer for a person: each permission with what it allows, what it is for and where.
func (a *Answer) WriteText(out io.Writer) error {
	b := bufio.NewWriter(out)
	for i, w := range a.Ways {
		if i > 0 {
			fmt.Fprintln(b)
		}
		w.writeText(b, a.none())
	}
	if len(a.Unknown) > 0 {
		fmt.Fprint(b, "\nThese calls may need more:\n")
	}
	for _, u := range a.Unknown {
		fmt.Fprintf(b, "  %s: %s\n", u.Place, strings.TrimSpace(u.Go+" "+u.What))
	}
	return b.Flush()
}

// none is what is said where there is no permission.
func (a *Answer) none() string {
	switch {
	case a.calls > 0:
		return "no permission"
	case a.tests > 0:
		return "no permission: tests alone call operations, and --tests counts these"
	}
	return "no permission: nothing calls an operation"
}

func (w *Way) writeText(b io.Writer, none string) {
	fmt.Fprintf(b, "%s\n", titles[w.Way])
	if len(w.Permissions) == 0 {
		fmt.Fprintf(b, "  %s\n", none)
	}
	for _, p := range w.Permissions {
		fmt.Fprintf(b, "  %s%s\n", p.Name, p.about())
		if p.Allows != "" {
			fmt.Fprintf(b, "    %s\n", p.Allows)
		}
		writeNeeds(b, "    ", p.Operations)
	}
	if !w.Exact {
		fmt.Fprintf(b, "  %s\n", inexact)
	}
	for _, list := range w.lists() {
		fmt.Fprintf(b, "  %s\n", list.title)
		writeNeeds(b, "    ", list.needs)
	}
	if w.Granted != nil {
		for _, line := range w.Granted.lines() {
			fmt.Fprintf(b, "  %s\n", line)
		}
	}
}

// titled is a list of operations with what is said of them.
type titled struct {
	title string
	needs []Need
}

// lists are the operations that no permission of the set is for.
func (w *Way) lists() []titled {
	var all []titled
	for _, list := range []titled{{notKnown, w.NotKnown}, {unsupported, w.Unsupported}, {notInCloud, w.NotInCloud}} {
		if len(list.needs) > 0 {
			all = append(all, list)
		}
	}
	return all
}

// about is what is known of a permission, in a few words.
func (p Permission) about() string {
	var words []string
	if p.Kind == Resource {
		words = append(words, "resource-specific")
	}
	if p.Level > 0 {
		words = append(words, fmt.Sprintf("level %d", p.Level))
	}
	if p.AdminConsent && p.Kind != Resource {
		words = append(words, "an administrator has to consent")
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, ", ") + ")"
}

func writeNeeds(b io.Writer, indent string, needs []Need) {
	for _, n := range needs {
		fmt.Fprintf(b, "%s%s\n", indent, n)
		for _, at := range n.Places {
			fmt.Fprintf(b, "%s  %s\n", indent, at)
		}
	}
}
