package diff

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
)

// AcceptName is what a file of acceptances is called; it stands beside graphslice.yaml.
const AcceptName = "graphslice-accept.yaml"

// MaxAccept is more than any such file has, in bytes.
const MaxAccept = 4 << 20

// Acceptance is an entry of the file: findings that somebody has looked at, and takes.
type Acceptance struct {
	// ID is that of the rule; Element the ID of what was found, in which * stands for any text.
	ID, Element string
	// Reason is why; Until the last day on which it counts (2027-03-01), "" for as long as it stands there.
	Reason, Until string
	Pos           diag.Pos

	used bool
}

// Accepted is why a finding does not count.
type Accepted struct {
	Reason string `json:"reason"`
	Until  string `json:"until"`
}

// ParseAccept reads the text of the file at name:
//
//   - id: property-removed                 # see gen diff --explain
//     element: microsoft.graph.chat/topic  # * stands for any text
//     reason: nothing of ours reads it
//     until: 2027-03-01                    # optional: the last day on which this counts
//
// The diagnostics are errors with the line of the entry.
func ParseAccept(name string, text []byte) ([]*Acceptance, diag.List) {
	r := acceptReader{file: name}
	root, fault := document.Parse(name, text)
	switch {
	case fault != nil:
		return nil, diag.List{*fault}
	case root == nil:
	case root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null":
	case root.Kind != yaml.SequenceNode:
		r.fault(root, "write entries such as - {id: property-removed, element: microsoft.graph.chat/topic, reason: …}", "this is no list of what is accepted")
	default:
		for _, item := range root.Content {
			r.entry(item)
		}
	}
	return r.all, r.faults
}

// acceptReader reads entries and collects what is wrong with them.
type acceptReader struct {
	file   string
	all    []*Acceptance
	faults diag.List
}

func (r *acceptReader) fault(at *yaml.Node, hint, format string, args ...any) {
	if len(r.faults) < 100 {
		r.faults.Add(diag.Diagnostic{Pos: diag.Pos{File: r.file, Line: at.Line, Column: at.Column}, Severity: diag.Error, Code: "accept",
			Message: fmt.Sprintf(format, args...), Hint: hint})
	}
}

func (r *acceptReader) entry(item *yaml.Node) {
	a := &Acceptance{Pos: diag.Pos{File: r.file, Line: item.Line, Column: item.Column}}
	fields := map[string]*string{"id": &a.ID, "element": &a.Element, "reason": &a.Reason, "until": &a.Until}
	if item.Kind != yaml.MappingNode {
		r.fault(item, "an entry has id, element, reason and, if it is to end, until", "this is no entry")
		return
	}
	before := len(r.faults)
	for i := 0; i+1 < len(item.Content); i += 2 {
		key, value := item.Content[i], item.Content[i+1]
		field := fields[key.Value]
		switch {
		case field == nil:
			r.fault(key, "an entry has id, element, reason and until", "%q is no field of an entry", key.Value)
		case value.Kind != yaml.ScalarNode || strings.TrimSpace(value.Value) == "":
			r.fault(value, "", "%q must be text", key.Value)
		default:
			*field = strings.TrimSpace(value.Value)
			r.checkField(key.Value, value)
		}
	}
	for _, name := range []string{"id", "element", "reason"} {
		if *fields[name] == "" && len(r.faults) == before {
			r.fault(item, map[string]string{"id": "gen diff prints it before each finding", "element": "gen diff prints it behind the id; * stands for any text",
				"reason": "say why this is taken: whoever reads the report sees it"}[name], "the entry has no %s", name)
		}
	}
	if len(r.faults) == before {
		r.all = append(r.all, a)
	}
}

func (r *acceptReader) checkField(name string, value *yaml.Node) {
	text := strings.TrimSpace(value.Value)
	switch _, known := RuleOf(text); {
	case name == "id" && !known:
		hint := "docs/diff.md lists all"
		if near := NearestRule(text); near != "" {
			hint = "the nearest is " + near + "; " + hint
		}
		r.fault(value, hint, "there is no rule %q", text)
	case name == "until":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			r.fault(value, "write it as 2027-03-01", "%q is no day", text)
		}
	}
}

// Accept marks the findings that entries accept today, and notes which entries were of use.
func Accept(findings []Finding, entries []*Acceptance, today time.Time) {
	day := today.Format(time.DateOnly)
	for i := range findings {
		f := &findings[i]
		for _, a := range entries {
			if a.ID != f.Rule || !matches(a.Element, f.ID) {
				continue
			}
			a.used = true
			if f.Accepted == nil && (a.Until == "" || day <= a.Until) {
				f.Accepted = &Accepted{Reason: a.Reason, Until: a.Until}
			}
		}
	}
}

// matches reports whether an ID is what a pattern says, in which * stands for any text.
func matches(pattern, id string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(id, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// Stale says which entries have ended, and which accept nothing any more.
func Stale(entries []*Acceptance, today time.Time) diag.List {
	var found diag.List
	for _, a := range entries {
		d := diag.Diagnostic{Pos: a.Pos, Severity: diag.Warning, Code: "accept"}
		switch {
		case !a.used:
			d.Message, d.Hint = fmt.Sprintf("no finding is %s of %s", a.ID, a.Element), "take the entry out"
		case a.Until != "" && today.Format(time.DateOnly) > a.Until:
			d.Message, d.Hint = fmt.Sprintf("%s of %s was accepted until %s, and counts again", a.ID, a.Element, a.Until), "change the code, or give a later day"
		default:
			continue
		}
		found.Add(d)
	}
	return found
}

// Fails reports whether a finding is what a value of --fail-on says: go, wire, breaking (either), any, or the ID of a rule. What is
// accepted never is.
func (f Finding) Fails(on string) bool {
	switch {
	case f.Accepted != nil:
		return false
	case on == "any":
		return true
	case on == "breaking":
		return f.Verdict == Breaking
	case on == BreaksGo, on == BreaksWire:
		return slices.Contains(f.Breaks, on)
	}
	return f.Rule == on
}
