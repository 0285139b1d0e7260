package openapi

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// The extensions about permissions and clouds.
const (
	permissionsExtension = "x-graphslice-permissions"
	notIn                = "x-graphslice-not-in"
)

// permissions are what an operation accepts: all of it, where the extension says that, or else the least, in OpenAPI's own words
// for what is delegated.
func (c *converter) permissions(sel selectedOperation) ir.Permissions {
	p := ir.Permissions{
		Delegated:   c.security(sel),
		Application: ir.Together(sel.child("x-graphslice-application-permissions").texts()),
		Resource:    ir.Together(sel.child("x-graphslice-resource-permissions").texts()),
	}
	all := sel.child(permissionsExtension)
	if !all.exists() {
		return p
	}
	p.From = oneLine(all.child("from").text())
	p.Complete = p.From == ""
	read := func(into *ir.Grants, name string) {
		if g := all.child(name); g.exists() {
			*into = ir.Grants{Least: scopes(g.child("least").texts()), Other: scopes(g.child("other").texts())}
		}
	}
	read(&p.Delegated, "delegated")
	read(&p.Personal, "personal")
	read(&p.Application, "application")
	read(&p.Resource, "resourceSpecific")
	return p
}

// scopes are texts with single blanks between permissions, without empty ones.
func scopes(texts []string) []string {
	var list []string
	for _, text := range texts {
		if text = oneLine(text); text != "" {
			list = append(list, text)
		}
	}
	return list
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// security are the permissions of the security requirements. Each requirement is an alternative, and one that names no
// permission says nothing.
func (c *converter) security(sel selectedOperation) ir.Grants {
	security := sel.child("security")
	if !security.exists() {
		security = c.src.first.child("security")
	}
	var g ir.Grants
	for _, requirement := range security.items() {
		var needed []string
		for _, scheme := range requirement.entries() {
			needed = append(needed, scheme.texts()...)
		}
		if text := oneLine(strings.Join(needed, " ")); text != "" && !slices.Contains(g.Least, text) {
			g.Least = append(g.Least, text)
		}
	}
	return g
}

// knownPermissions is what the documents know of permissions; where they differ the first counts.
func knownPermissions(documents []sourceValue) []ir.Permission {
	var all []ir.Permission
	seen := map[string]bool{}
	for _, doc := range documents {
		for _, permission := range doc.child(permissionsExtension).entries() {
			for _, kind := range permission.entries() {
				key := permission.name() + " " + kind.name()
				if seen[key] || grammar[permissionKinds][kind.name()] == 0 {
					continue
				}
				seen[key] = true
				level, _ := strconv.Atoi(kind.child("level").text()) // the grammar takes whole numbers alone
				opens, _ := strconv.Atoi(kind.child("opens").text())
				all = append(all, ir.Permission{Name: permission.name(), Kind: kind.name(), ID: kind.child("id").text(), Level: level,
					AdminConsent: kind.child("adminConsent").isTrue(), Opens: opens, Allows: oneLine(kind.child("allows").text())})
			}
		}
	}
	slices.SortFunc(all, func(a, b ir.Permission) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind)) })
	return all
}

// comparedClouds are the clouds that all documents were compared with.
func comparedClouds(documents []sourceValue) []string {
	clouds := slices.Sorted(slices.Values(documents[0].child("x-graphslice-clouds").texts()))
	for _, doc := range documents[1:] {
		also := doc.child("x-graphslice-clouds").texts()
		clouds = slices.DeleteFunc(clouds, func(name string) bool { return !slices.Contains(also, name) })
	}
	return slices.Compact(clouds)
}
