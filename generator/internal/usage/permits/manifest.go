package permits

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// AppManifest is requiredResourceAccess of an app registration.
type AppManifest struct {
	RequiredResourceAccess []ResourceAccess `json:"requiredResourceAccess"`
}

// ResourceAccess are the permissions of one API.
type ResourceAccess struct {
	ResourceAppID  string   `json:"resourceAppId"`
	ResourceAccess []Access `json:"resourceAccess"`
}

// Access is a permission: Type is "Scope" for one that is delegated, "Role" for one of an application.
type Access struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// AppManifest is what an app registration asks for. Permissions that owners of resources consent to have no place there. The
// error, a diag.List, names permissions whose ids are not known.
func (a *Answer) AppManifest(apiID string) (*AppManifest, error) {
	access := []Access{}
	var nameless []string
	for _, p := range a.permissions() {
		switch {
		case p.Kind == Resource:
		case p.ID == "":
			nameless = append(nameless, p.Name)
		case p.Kind == Delegated:
			access = append(access, Access{p.ID, "Scope"})
		default:
			access = append(access, Access{p.ID, "Role"})
		}
	}
	if len(nameless) > 0 {
		return nil, diag.List{{Severity: diag.Error, Code: "no-permission-id", Message: "the ids of these permissions are not known: " + strings.Join(nameless, ", "),
			Hint: "give both tables, that of the permissions and that of their ids (for Microsoft Graph permissions.json and provisioningInfo.json), with --permissions, or below slice: and cut again"}}
	}
	return &AppManifest{[]ResourceAccess{{apiID, access}}}, nil
}

// TeamsManifest is the part of a Teams app's manifest that is about permissions.
type TeamsManifest struct {
	Authorization struct {
		Permissions struct {
			ResourceSpecific []ResourceSpecific `json:"resourceSpecific"`
		} `json:"permissions"`
	} `json:"authorization"`
}

// ResourceSpecific is a permission that the owner of a resource consents to.
type ResourceSpecific struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// TeamsManifest is what a Teams app asks owners of resources for.
func (a *Answer) TeamsManifest() *TeamsManifest {
	m := &TeamsManifest{}
	m.Authorization.Permissions.ResourceSpecific = []ResourceSpecific{}
	for _, p := range a.permissions() {
		if p.Kind == Resource {
			m.Authorization.Permissions.ResourceSpecific = append(m.Authorization.Permissions.ResourceSpecific, ResourceSpecific{p.Name, "Application"})
		}
	}
	return m
}

// Without are the permissions of the answer that are of other kinds than these, as "Name (kind)".
func (a *Answer) Without(kinds ...string) []string {
	var names []string
	for _, p := range a.permissions() {
		if !slices.Contains(kinds, p.Kind) {
			names = append(names, p.Name)
		}
	}
	return names
}

// permissions are those of all ways, each once.
func (a *Answer) permissions() []Permission {
	var all []Permission
	for _, w := range a.Ways {
		all = append(all, w.Permissions...)
	}
	compare := func(x, y Permission) int { return permission{x.Kind, x.Name}.compare(permission{y.Kind, y.Name}) }
	slices.SortStableFunc(all, compare)
	return slices.CompactFunc(all, func(x, y Permission) bool { return compare(x, y) == 0 })
}

// Incomplete says what no permission of the answer is for, a line each; a manifest has no place for it.
func (a *Answer) Incomplete() []string {
	var lines []string
	for _, w := range a.Ways {
		for _, list := range w.lists() {
			for _, n := range list.needs {
				lines = append(lines, fmt.Sprintf("%s: %s: %s", w.Way, list.title, n.Operation))
			}
		}
		if !w.Exact {
			lines = append(lines, w.Way+": "+inexact)
		}
	}
	return lines
}

// WriteMarkdown writes the answer as tables.
func (a *Answer) WriteMarkdown(out io.Writer) error {
	var b strings.Builder
	for i, w := range a.Ways {
		if i > 0 {
			b.WriteByte('\n')
		}
		w.writeMarkdown(&b)
	}
	if len(a.Unknown) > 0 {
		b.WriteString("\nThese calls may need more:\n\n")
		for _, u := range a.Unknown {
			fmt.Fprintf(&b, "* %s: %s\n", code(u.Place.String()), code(strings.TrimSpace(u.Go+" "+u.What)))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func (w *Way) writeMarkdown(b *strings.Builder) {
	fmt.Fprintf(b, "### %s\n\n", titles[w.Way])
	if len(w.Permissions) == 0 {
		b.WriteString("No permission.\n")
	} else {
		b.WriteString("| permission | allows | administrator | for |\n|---|---|---|---|\n")
	}
	for _, p := range w.Permissions {
		consent := ""
		if p.AdminConsent && p.Kind != Resource {
			consent = "has to consent"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", code(p.Name), cell(p.Allows), consent, markdownNeeds(p.Operations))
	}
	for _, list := range w.lists() {
		fmt.Fprintf(b, "\n%s: %s\n", list.title, markdownNeeds(list.needs))
	}
	if !w.Exact {
		fmt.Fprintf(b, "\n%s\n", inexact)
	}
	if w.Granted != nil {
		fmt.Fprintln(b)
		for _, line := range w.Granted.lines() {
			fmt.Fprintf(b, "* %s\n", cell(line))
		}
	}
}

func markdownNeeds(needs []Need) string {
	var all []string
	for _, n := range needs {
		text := code(n.Operation)
		if len(n.Places) > 0 {
			text += " " + cell(n.Places[0].String())
		}
		if more := len(n.Places) - 1; more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// code is a text in a cell of a table, as it is.
func code(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", `\|`).Replace(text) + "`"
}

// cell is prose in a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(text)
}

// lines say how what was granted compares, a line each.
func (c *Comparison) lines() []string {
	var lines []string
	for _, p := range c.Missing {
		lines = append(lines, fmt.Sprintf("missing: %s, for %s", p.Name, operations(p.Operations)))
	}
	for _, u := range c.Unused {
		why := "what it opens, others that were granted open as well"
		if u.NotAccepted {
			why = "no operation that the program calls accepts it"
		}
		lines = append(lines, fmt.Sprintf("unused: %s: %s", u.Name, why))
	}
	for _, p := range c.Broader {
		lines = append(lines, fmt.Sprintf("broader than needed: %s; replace it by %s, for %s", p.Name, strings.Join(p.Replace, " and "), operations(p.Operations)))
	}
	if len(lines) == 0 {
		lines = []string{"what was granted is what is needed"}
	}
	return lines
}

func operations(needs []Need) string {
	var all []string
	for _, n := range needs {
		all = append(all, n.Operation)
	}
	return strings.Join(all, ", ")
}
