package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// The most that Text shows of one group, so that a report is a screen. All shows everything.
const (
	maxBreaking = 6
	maxNamed    = 4
	maxLine     = 120 // characters of a group, but for its last name
	maxGo       = 3
)

// Text is the report for a terminal: the summary, what is breaking, and a line for each group of the rest. With all, every finding
// is there.
func (r *Report) Text(all bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s, from %s to %s\n", subjectText(r.Subject), r.Count(), r.Old, r.New)
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	breaking, rest := split(r.Findings)
	if len(breaking) > 0 {
		b.WriteString("\nbreaking\n")
		shown := breaking
		if !all && len(breaking) > maxBreaking {
			shown = breaking[:maxBreaking]
		}
		for _, f := range shown {
			f.text(&b, all)
		}
		if hidden := breaking[len(shown):]; len(hidden) > 0 {
			fmt.Fprintf(&b, "  and %d more, which --all lists:\n", len(hidden))
			groupLines(&b, "    ", hidden, false)
		}
	}
	for _, verdict := range []Verdict{Compatible, Documentation} {
		group := slices.DeleteFunc(slices.Clone(rest), func(f Finding) bool { return f.Verdict != verdict })
		if len(group) > 0 {
			fmt.Fprintf(&b, "\n%s\n", map[Verdict]string{Compatible: "compatible", Documentation: "documentation only"}[verdict])
			groupLines(&b, "  ", group, all)
		}
	}
	return diag.Printable(b.String())
}

// split parts breaking findings from the others.
func split(findings []Finding) (breaking, rest []Finding) {
	for _, f := range findings {
		if f.Verdict == Breaking {
			breaking = append(breaking, f)
		} else {
			rest = append(rest, f)
		}
	}
	return breaking, rest
}

// title is what a finding is about: "property microsoft.graph.chat/topic (Chat.Topic)".
func (f Finding) title() string {
	title := oneLine(f.Kind + " " + f.ID)
	if f.Name != "" && f.Name != f.ID {
		title += " (" + oneLine(f.Name) + ")"
	}
	return title
}

// oneLine is a text from a spec without its line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// text writes a breaking finding:
//
//   - property microsoft.graph.chat/topic (Chat.Topic): removed
//     Replace graph.Chat.Topic …
//     renamed to microsoft.graph.chat/subject?
//     Go: Chat.Topic removed; ChatPropertyTopic removed
func (f Finding) text(b *strings.Builder, all bool) {
	fmt.Fprintf(b, "  - %s: %s\n", f.title(), oneLine(f.What))
	if f.Renamed != "" {
		fmt.Fprintf(b, "      renamed to %s?\n", oneLine(f.Renamed))
	}
	if f.Do != "" {
		fmt.Fprintf(b, "      %s\n", oneLine(f.Do))
	}
	if f.Kind == kindGo || len(f.Go) == 0 {
		return
	}
	var texts []string
	for i, ch := range f.Go {
		if i == maxGo && !all {
			texts = append(texts, fmt.Sprintf("%d more", len(f.Go)-i))
			break
		}
		texts = append(texts, ch.Subject+" "+ch.Message)
	}
	fmt.Fprintf(b, "      Go: %s\n", strings.Join(texts, "; "))
}

// plurals are what several elements of a kind are called.
var plurals = map[string]string{
	"type": "types", "property": "properties", "enum": "enums", "member": "enum members", "constant": "constants",
	"path": "paths", "operation": "operations", "parameter": "parameters", kindGo: "Go names",
}

// groupLines writes findings of one change and kind as one line:
//
//	added       5 properties   microsoft.graph.chat/a, microsoft.graph.chat/b, …
//
// With all it writes a line for each.
func groupLines(b *strings.Builder, indent string, findings []Finding, all bool) {
	for _, change := range []string{"removed", "added", "changed", "deprecated", "documented"} {
		for _, kind := range kindOrder {
			group := slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Change != change || f.Kind != kind })
			switch {
			case len(group) == 0:
			case all:
				for _, f := range group {
					fmt.Fprintf(b, "%s%-10s %s: %s\n", indent, change, f.title(), oneLine(f.What))
				}
			default:
				fmt.Fprintf(b, "%s%-10s %s\n", indent, change, groupText(kind, group))
			}
		}
	}
}

func groupText(kind string, group []Finding) string {
	var names []string
	length := 0
	for _, f := range group[:min(maxNamed, len(group))] {
		name := oneLine(f.ID)
		if f.Change == "changed" || f.Change == "deprecated" {
			name += ": " + oneLine(f.What)
		}
		if length += len(name); length > maxLine && len(names) > 0 {
			break
		}
		names = append(names, name)
	}
	noun := plurals[kind]
	if len(group) == 1 {
		noun = strings.TrimSuffix(noun, "s")
		if kind == "property" {
			noun = "property"
		}
	}
	text := fmt.Sprintf("%d %s: %s", len(group), noun, strings.Join(names, "; "))
	if len(group) > len(names) {
		text += "; …"
	}
	return text
}

func subjectText(subject string) string {
	if subject == "" {
		return ""
	}
	return subject + ": "
}
