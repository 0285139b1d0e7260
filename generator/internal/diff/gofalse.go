package diff

import (
	"go/types"
	"regexp"
	"slices"
)

// changedText reads what apidiff says of a type.
var changedText = regexp.MustCompile(`^changed from (.*) to (.*)$`)

// withoutMistaken corrects what comes of an instance of a generic type that became a simple one: where the first field of type
// Opt[string] became a string, apidiff takes string for the new form of all of them. It then calls Opt itself changed, and every other
// field that is an Opt[string] as before; and of those that became a string as well it says nothing.
func withoutMistaken(changes []GoChange, oldPkg, newPkg *types.Package) []GoChange {
	isMistaken := func(ch GoChange) bool {
		before, after := named(oldPkg, ch.Subject), named(newPkg, ch.Subject)
		return before != nil && after != nil && before.TypeParams().Len() > 0 && changedText.MatchString(ch.Message) &&
			types.TypeString(before.Underlying(), types.RelativeTo(oldPkg)) == types.TypeString(after.Underlying(), types.RelativeTo(newPkg))
	}
	if !slices.ContainsFunc(changes, isMistaken) {
		return changes
	}
	changes = slices.DeleteFunc(changes, func(ch GoChange) bool {
		texts := changedText.FindStringSubmatch(ch.Message)
		return isMistaken(ch) || texts != nil && texts[1] == texts[2]
	})
	for _, name := range oldPkg.Scope().Names() {
		before, after := named(oldPkg, name), named(newPkg, name)
		if before == nil || after == nil || !before.Obj().Exported() || before.TypeParams().Len() > 0 {
			continue
		}
		now := fields(newPkg, after)
		for field, was := range fields(oldPkg, before) {
			subject := name + "." + field
			isKnown := slices.ContainsFunc(changes, func(ch GoChange) bool { return ch.Subject == subject })
			if is, ok := now[field]; ok && is != was && !isKnown {
				changes = append(changes, GoChange{subject, "changed from " + was + " to " + is, false})
			}
		}
	}
	return changes
}

// named is the type that a package declares under a name; nil if there is none.
func named(pkg *types.Package, name string) *types.Named {
	object, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return nil
	}
	t, _ := object.Type().(*types.Named)
	return t
}

// fields are the exported fields of a struct, each with its type in words.
func fields(pkg *types.Package, t *types.Named) map[string]string {
	all := map[string]string{}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return all
	}
	for field := range structure.Fields() {
		if field.Exported() {
			all[field.Name()] = types.TypeString(field.Type(), types.RelativeTo(pkg))
		}
	}
	return all
}
