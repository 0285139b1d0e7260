package diff

import (
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// What Markdown shows at most. A comment of a pull request may have 65,536 characters.
const (
	maxMarkdown = 60_000  // bytes
	maxNotes    = 2 << 10 // bytes of the notes
	maxMembers  = 5       // findings of a family
)

// Markdown is the report for a pull request: what is breaking in full, the rest folded, in 60 KB. Nothing from a spec is read as
// Markdown or HTML.
func (r *Report) Markdown() string {
	var b strings.Builder
	subject := r.Subject
	if subject == "" {
		subject = "Changes"
	}
	fmt.Fprintf(&b, "## %s\n\n%s, from %s to %s.\n", escape(subject), capital(r.Count().String()), escape(r.Old), escape(r.New))
	for _, note := range r.Notes {
		if text := escape(note); b.Len()+len(text) < maxNotes {
			fmt.Fprintf(&b, "\n> %s\n", text)
		}
	}
	all := sections(r.Findings)
	for i, s := range all {
		s.markdownTo(&b, (maxMarkdown-b.Len())/(len(all)-i))
	}
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// markdownTo writes a section in so many bytes.
func (s section) markdownTo(b *strings.Builder, most int) {
	isOpen := s.findings[0].Verdict == Breaking && s.findings[0].Accepted == nil
	head, tail := fmt.Sprintf("\n### %s\n\n", s.markdown), ""
	if !isOpen {
		head, tail = fmt.Sprintf("\n<details><summary>%s (%d)</summary>\n\n", s.markdown, len(s.findings)), "\n</details>\n"
	}
	b.WriteString(head)
	const rest = 100 // bytes of the line that counts the rest
	left := most - len(head) - len(tail) - rest
	hidden := 0
	for _, g := range groups(s.findings) {
		text := g.markdown()
		if hidden > 0 || len(text) > left {
			hidden += len(g.findings)
			continue
		}
		b.WriteString(text)
		left -= len(text)
	}
	if hidden > 0 {
		fmt.Fprintf(b, "- … and %d more, which `gen diff --all` lists\n", hidden)
	}
	b.WriteString(tail)
}

// markdown is a family as an item of a list, with some of its findings below, or a finding alone.
func (g group) markdown() string {
	var b strings.Builder
	if len(g.findings) == 1 {
		g.findings[0].markdown(&b)
		return b.String()
	}
	fmt.Fprintf(&b, "- `%s`: %s\n", g.rule, escape(g.title()))
	for _, f := range g.findings[:min(maxMembers, len(g.findings))] {
		fmt.Fprintf(&b, "  - %s", code(f.ID))
		if f.Renamed != "" {
			fmt.Fprintf(&b, " Renamed to %s?", code(f.Renamed))
		}
		if f.Do != "" && f.Accepted == nil {
			fmt.Fprintf(&b, " %s", escape(f.Do))
		}
		if f.Accepted != nil {
			fmt.Fprintf(&b, " %s", escape(capital(f.Accepted.text())))
		}
		b.WriteString("\n")
	}
	if more := len(g.findings) - maxMembers; more > 0 {
		fmt.Fprintf(&b, "  - … and %d more\n", more)
	}
	return b.String()
}

// markdown writes one finding as an item of a list.
func (f Finding) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "- `%s`: %s", f.Rule, code(f.ID))
	if f.Name != "" && f.Name != f.ID {
		fmt.Fprintf(b, " (%s)", code(f.Name))
	}
	fmt.Fprintf(b, ": %s\n", escape(f.What))
	if f.Accepted != nil {
		fmt.Fprintf(b, "  - %s\n", escape(capital(f.Accepted.text())))
		return
	}
	if f.Renamed != "" {
		fmt.Fprintf(b, "  - Renamed to %s?\n", code(f.Renamed))
	}
	if f.Do != "" {
		fmt.Fprintf(b, "  - %s\n", escape(f.Do))
	}
	if f.Kind == kindGo {
		return
	}
	for i, ch := range f.Go {
		if i == maxMembers {
			fmt.Fprintf(b, "  - Go: %d more\n", len(f.Go)-i)
			break
		}
		fmt.Fprintf(b, "  - Go: %s %s\n", code(ch.Subject), escape(ch.Message))
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
