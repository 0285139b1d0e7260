package diff

import (
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Markdown is the report for a pull request: what is breaking in full, the rest folded. Nothing from a spec is read as
// Markdown or HTML.
func (r *Report) Markdown() string {
	var b strings.Builder
	subject := r.Subject
	if subject == "" {
		subject = "Changes"
	}
	fmt.Fprintf(&b, "## %s\n\n%s, from %s to %s.\n", escape(subject), capital(r.Count().String()), escape(r.Old), escape(r.New))
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "\n> %s\n", escape(note))
	}
	breaking, rest := split(r.Findings)
	if len(breaking) > 0 {
		b.WriteString("\n### Breaking\n\n")
		for _, f := range breaking {
			f.markdown(&b)
		}
	}
	folded(&b, "Compatible", rest, Compatible)
	folded(&b, "Documentation only", rest, Documentation)
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// markdown writes one finding as an item of a list.
func (f Finding) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "- %s %s", f.Kind, code(f.ID))
	if f.Name != "" && f.Name != f.ID {
		fmt.Fprintf(b, " (%s)", code(f.Name))
	}
	fmt.Fprintf(b, ": %s\n", escape(f.What))
	if f.Renamed != "" {
		fmt.Fprintf(b, "  - Renamed to %s?\n", code(f.Renamed))
	}
	if f.Do != "" {
		fmt.Fprintf(b, "  - %s\n", escape(f.Do))
	}
	if f.Kind == kindGo {
		return
	}
	for _, ch := range f.Go {
		fmt.Fprintf(b, "  - Go: %s %s\n", code(ch.Subject), escape(ch.Message))
	}
}

// folded writes the findings of one verdict below a line that opens them.
func folded(b *strings.Builder, title string, findings []Finding, verdict Verdict) {
	n := 0
	var list strings.Builder
	for _, f := range findings {
		if f.Verdict == verdict {
			n++
			f.markdown(&list)
		}
	}
	if n > 0 {
		fmt.Fprintf(b, "\n<details><summary>%s (%d)</summary>\n\n%s\n</details>\n", title, n, list.String())
	}
}

// escape takes away what a text means in Markdown, and its line breaks. Mentions and references to issues mean
// something as well, to those who host pull requests.
func escape(s string) string {
	var b strings.Builder
	for _, r := range diag.Printable(oneLine(s)) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
			continue
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '@' || r == '#' || r == ':': // mentions, references, addresses that become links
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		case strings.ContainsRune("\\`*_{}[]()>+-.!|~$", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code is a text as code, between more backticks than it has itself.
func code(s string) string {
	s = diag.Printable(oneLine(s))
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}
