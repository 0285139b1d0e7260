package permits

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Granted are permissions that an application has. Where Kind is not known, it is that of what is asked.
type Granted struct {
	// File is where they stand, "" for a list in the call.
	File    string
	entries []entry
}

// entry is one of them, by its name or its id.
type entry struct{ kind, name, id string }

// List reads names with commas or blanks between them.
func List(text string) *Granted {
	g := &Granted{}
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' }) {
		g.entries = append(g.entries, entry{name: name})
	}
	return g
}

// maxManifest is the most that a manifest may hold, in bytes.
const maxManifest = 4 << 20

// Manifest reads the manifest of an app registration (requiredResourceAccess) or of a Teams app (resource-specific permissions).
// API is the id of the application whose permissions are meant. The error is a diag.List.
func Manifest(file string, data []byte, apiID string) (*Granted, error) {
	var manifest struct {
		RequiredResourceAccess []struct {
			ResourceAppID  string `json:"resourceAppId"`
			ResourceAccess []struct {
				ID   string `json:"id"`
				Type string `json:"type"`
			} `json:"resourceAccess"`
		} `json:"requiredResourceAccess"`
		Authorization struct {
			Permissions struct {
				ResourceSpecific []struct {
					Name string `json:"name"`
					Type string `json:"type"`
				} `json:"resourceSpecific"`
			} `json:"permissions"`
		} `json:"authorization"`
	}
	if len(data) > maxManifest {
		return nil, badManifest(file, "", "it holds more than %d MiB", maxManifest>>20)
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &manifest); err != nil {
		return nil, badManifest(file, "", "it is not the JSON of a manifest: %v", err)
	}
	g := &Granted{File: file}
	var others []string
	for _, resource := range manifest.RequiredResourceAccess {
		if !strings.EqualFold(resource.ResourceAppID, apiID) {
			others = append(others, resource.ResourceAppID)
			continue
		}
		for _, access := range resource.ResourceAccess {
			g.entries = append(g.entries, entry{kind: kindOfAccess[strings.ToLower(access.Type)], id: strings.ToLower(access.ID)})
		}
	}
	for _, p := range manifest.Authorization.Permissions.ResourceSpecific {
		g.entries = append(g.entries, entry{kind: Resource, name: p.Name})
	}
	switch {
	case len(g.entries) > 0:
		return g, nil
	case len(others) > 0:
		return nil, badManifest(file, "it has to have permissions of "+apiID+"; --api says another", "it is about another API: %s", strings.Join(others, ", "))
	}
	return nil, badManifest(file, "take the manifest of an app registration, or of a Teams app", "it has neither requiredResourceAccess nor authorization.permissions.resourceSpecific")
}

// kindOfAccess are the kinds of permissions in the words of a manifest.
var kindOfAccess = map[string]string{"scope": Delegated, "role": Application}

func badManifest(file, hint, message string, args ...any) error {
	return diag.List{{Pos: diag.Pos{File: file}, Severity: diag.Error, Code: "bad-manifest", Message: fmt.Sprintf(message, args...), Hint: hint}}
}

// resolve finds out what was granted. The error names what does not exist.
func (p *program) resolve(q Question) ([]permission, error) {
	byID := map[permission]permission{}
	for of, facts := range p.known {
		kind := of.kind
		if kind == Resource {
			kind = Application // a role as well
		}
		if facts.ID != "" {
			byID[permission{kind, facts.ID}] = of
		}
	}
	var all []permission
	for _, e := range q.Granted.entries {
		if e.id != "" {
			of, known := byID[permission{e.kind, e.id}]
			if !known {
				of = permission{e.kind, e.id}
			}
			all = append(all, of)
			continue
		}
		found, err := p.byName(e, q)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, permission.compare)
	return slices.Compact(all), nil
}

// byName finds permissions by a name, of the kinds that are asked for. A name that nobody knows is an error if all are known, or
// if it is nearly that of one that is; otherwise it is one that no operation accepts.
func (p *program) byName(e entry, q Question) ([]permission, error) {
	kinds := []string{e.kind}
	if e.kind == "" {
		kinds = kindsOf(q.Ways)
	}
	var found []permission
	var names []string
	for of := range p.names {
		names = append(names, of.name)
		if of.name == e.name && slices.Contains(kinds, of.kind) {
			found = append(found, of)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if slices.Contains(names, e.name) {
		return []permission{{kinds[0], e.name}}, nil // of another kind
	}
	near := diag.Nearest(e.name, names, 3)
	if p.table == nil && !slices.ContainsFunc(near, func(name string) bool { return diag.Distance(strings.ToLower(name), strings.ToLower(e.name)) <= 2 }) {
		return []permission{{kinds[0], e.name}}, nil
	}
	hint := ""
	if len(near) > 0 {
		hint = "the nearest names are " + strings.Join(near, ", ")
	}
	if p.table == nil {
		hint += "; if it exists nevertheless, name the table of all with --permissions"
	}
	return nil, diag.List{{Pos: diag.Pos{File: q.Granted.File}, Severity: diag.Error, Code: "unknown-permission",
		Message: fmt.Sprintf("there is no permission %q", e.name), Hint: hint}}
}

// kindsOf are the kinds of permissions that ways to sign in have.
func kindsOf(ways []string) []string {
	var kinds []string
	for _, way := range ways {
		kinds = append(kinds, way)
		if way == Resource {
			kinds = append(kinds, Application)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
