package diff

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// What Text shows at most, so that a report is a screen. All shows everything.
const (
	width   = 100 // characters of a line, but for what has no space in it
	maxGo   = 3   // changes of Go code of one finding
	maxName = 3   // names of a family
)

// maxLines is how many lines each section has, by the verdict of its findings: those that break have the most.
var maxLines = map[Verdict]int{Breaking: 16, Compatible: 8, Documentation: 4}

// Text is the report for a terminal: the summary, what breaks Go, what breaks the wire alone, and the rest by families. With all, every
// finding is there.
func (r *Report) Text(all bool) string {
	var b strings.Builder
	between := ", "
	if r.Count().Any() {
		between = "\n"
	}
	fmt.Fprintf(&b, "%s%s%sfrom %s to %s\n", subjectText(r.Subject), r.Count(), between, r.Old, r.New)
	for _, note := range r.Notes {
		b.WriteString(wrap("", "note: "+oneLine(note)))
	}
	for _, s := range sections(r.Findings) {
		fmt.Fprintf(&b, "\n%s\n", s.title)
		if all {
			for _, f := range s.findings {
				b.WriteString(f.text(true))
			}
			continue
		}
		s.text(&b)
	}
	return diag.Printable(b.String())
}

// text writes the families of a section, as many as there are lines for, and counts the rest by rule.
func (s section) text(b *strings.Builder) {
	all := groups(s.findings)
	texts := make([]string, len(all))
	lines, most := 0, maxLines[s.findings[0].Verdict]
	for i, g := range all {
		texts[i] = g.text()
		lines += strings.Count(texts[i], "\n")
	}
	if lines > most {
		for i, g := range all {
			texts[i] = g.brief()
		}
	}
	shown := choose(all, texts, most)
	hidden, total := map[string]int{}, 0
	var rules []string
	for i, g := range all {
		if shown[i] {
			b.WriteString(texts[i])
			continue
		}
		if hidden[g.rule] == 0 {
			rules = append(rules, g.rule)
		}
		hidden[g.rule] += len(g.findings)
		total += len(g.findings)
	}
	if total == 0 {
		return
	}
	for i, rule := range rules {
		rules[i] = fmt.Sprintf("%d %s", hidden[rule], rule)
	}
	b.WriteString(wrap("  ", fmt.Sprintf("and %d more, which --all lists: %s", total, strings.Join(rules, ", "))))
}

// choose picks groups for so many lines: the first of each rule, then the second, and so on.
func choose(all []group, texts []string, lines int) map[int]bool {
	rank, byRank := map[string]int{}, make([][]int, len(all))
	for i, g := range all {
		byRank[rank[g.rule]] = append(byRank[rank[g.rule]], i)
		rank[g.rule]++
	}
	shown := map[int]bool{}
	for _, i := range slices.Concat(byRank...) {
		if n := strings.Count(texts[i], "\n"); n <= lines || len(shown) == 0 {
			shown[i] = true
			lines -= n
		}
	}
	return shown
}

// text is one line for a family, or a finding alone in full if it breaks something.
func (g group) text() string {
	if len(g.findings) == 1 {
		return g.findings[0].text(false)
	}
	names := strings.Join(g.names(maxName), ", ")
	line := g.rule + " " + g.title()
	if len(g.findings) > maxName {
		names += ", …"
	}
	return cut("  "+line) + cut("      "+names)
}

// brief is text in two lines at most, for sections that are more than a screen.
func (g group) brief() string {
	if len(g.findings) > 1 {
		return g.text()
	}
	f := g.findings[0]
	text := cut("  " + f.title())
	if f.Do != "" && f.Accepted == nil {
		text += cut("      " + oneLine(f.Do))
	}
	return text
}

// cut is a line that ends where the screen does.
func cut(line string) string {
	if runes := []rune(line); len(runes) > width {
		line = string(runes[:width-1]) + "…"
	}
	return line + "\n"
}

// oneLine is a text from a spec without its line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// text is one finding:
//
//	property-removed microsoft.graph.chat/topic (Chat.Topic): renamed to microsoft.graph.chat/subject?
//	    Replace graph.Chat.Topic …
//	    Go: Chat.Topic removed; ChatPropertyTopic removed
func (f Finding) text(all bool) string {
	text := wrap("  ", f.title())
	if f.Accepted != nil {
		return text + wrap("      ", f.Accepted.text())
	}
	if f.Do != "" {
		text += wrap("      ", oneLine(f.Do))
	}
	if f.Kind == kindGo || len(f.Go) == 0 || f.Verdict != Breaking {
		return text
	}
	var changes []string
	for i, ch := range f.Go {
		if i == maxGo && !all {
			changes = append(changes, fmt.Sprintf("%d more", len(f.Go)-i))
			break
		}
		changes = append(changes, ch.Subject+" "+ch.Message)
	}
	return text + wrap("      ", "Go: "+strings.Join(changes, "; "))
}

// title is what a finding is about and what has changed.
func (f Finding) title() string {
	title := oneLine(f.Rule + " " + f.ID)
	if f.Name != "" && f.Name != f.ID {
		title += " (" + oneLine(f.Name) + ")"
	}
	switch {
	case f.Renamed != "":
		title += ": renamed to " + oneLine(f.Renamed) + "?"
	case f.What != "removed" && f.What != "added" && f.What != "documentation changed":
		title += ": " + oneLine(f.What)
	}
	return title
}

// text is why a finding does not count.
func (a Accepted) text() string {
	if a.Until == "" {
		return "accepted: " + oneLine(a.Reason)
	}
	return "accepted until " + a.Until + ": " + oneLine(a.Reason)
}

// wrap breaks a text into lines, at spaces, each behind the indent; those that go on have four spaces more.
func wrap(indent, text string) string {
	var b strings.Builder
	line, length := indent, utf8.RuneCountInString(indent)
	isEmpty := true
	for word := range strings.SplitSeq(text, " ") {
		if n := utf8.RuneCountInString(word); !isEmpty && length+1+n > width {
			b.WriteString(line + "\n")
			line, length = indent+"    "+word, len(indent)+4+n
		} else {
			if !isEmpty {
				line, length = line+" ", length+1
			}
			line, length = line+word, length+n
		}
		isEmpty = false
	}
	return b.String() + line + "\n"
}

// plurals are what several elements of a kind are called.
var plurals = map[string]string{
	"type": "types", "property": "properties", "enum": "enums", "member": "enum members", "constant": "constants",
	"path": "paths", "operation": "operations", "parameter": "parameters", "service": "services", kindGo: "Go names",
}

// count is a number of elements: "1 property", "2 properties".
func count(n int, kind string) string {
	if n == 1 {
		return "1 " + map[bool]string{true: "Go name", false: kind}[kind == kindGo]
	}
	return fmt.Sprintf("%d %s", n, plurals[kind])
}

func subjectText(subject string) string {
	if subject == "" {
		return ""
	}
	return subject + ": "
}
