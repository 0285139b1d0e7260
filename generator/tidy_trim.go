package generator

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/tidy"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// trim finds out which properties of the types of a package have to stay. Open are operations that stay for what is to come.
func (t *tidying) trim(target Target, made *tidied, open []string) error {
	used := tidy.Used{Open: open}
	for _, u := range made.used.Properties {
		used.Properties = append(used.Properties, u.ID)
	}
	isType := idsOf(made.used.Lock.Elements, api.KindType)
	for _, u := range slices.Concat(made.used.Values, made.used.Types) {
		if !slices.Contains(isType, u.ID) {
			used.Values = append(used.Values, u.ID)
		}
	}
	for _, u := range made.used.Binds {
		used.Binds = append(used.Binds, u.Go)
	}
	for id := range made.used.Passed {
		used.Updates = append(used.Updates, id)
	}
	idOf := typeNames(made.used.Lock.Elements)
	for _, name := range target.described.Kept() {
		used.Kept = append(used.Kept, idOfKept(name, idOf))
	}
	without, err := tidy.Properties(made.used.Lock.Elements, used)
	if err != nil {
		return lockFault(made.used, err)
	}
	for _, u := range t.uses.Unknown {
		if u.Package != made.used.Path || u.Kind != usage.WholeValue && u.Kind != usage.PropertyByName {
			continue
		}
		if u.What == "" {
			t.note(target.Pos, "the types of %s keep all properties: of which type the one is that %s names, is not known (%s)", filepath.ToSlash(target.Out), u.Go, u.Place)
			return nil
		}
		if _, trims := without[u.What]; trims && !slices.Contains(used.Whole, u.What) {
			t.note(target.Pos, "%s keeps all properties, and so does what it holds: %s (%s)", u.What, u.Why(), u.Place)
		}
		used.Whole = append(used.Whole, u.What)
	}
	made.kept, err = tidy.Properties(made.used.Lock.Elements, used)
	if err != nil {
		return lockFault(made.used, err)
	}
	return nil
}

func lockFault(p *usage.Package, err error) error {
	return Diagnostics{{Pos: Pos{File: filepath.ToSlash(filepath.Join(p.Dir, lock.Name))}, Severity: Error, Code: "bad-lock", Message: err.Error(), Hint: "run gen --force"}}
}

// idsOf are the IDs of the elements of a kind.
func idsOf(elements []Element, kind string) []string {
	var ids []string
	for _, e := range elements {
		if e.Kind == kind {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// typeNames tells which type a name of the configuration means: by its last part that in the shortest namespace.
func typeNames(elements []Element) func(name string) string {
	ids := idsOf(elements, api.KindType)
	return func(name string) string {
		best := ""
		for _, id := range ids {
			if id == name {
				return id
			}
			if !strings.Contains(name, ".") && strings.HasSuffix(id, "."+name) && (best == "" || len(id) < len(best) || len(id) == len(best) && id < best) {
				best = id
			}
		}
		if best == "" {
			return name
		}
		return best
	}
}

// idOfKept is the ID of a type, or of a property, that the configuration keeps.
func idOfKept(name string, idOf func(string) string) string {
	if id := idOf(name); id != name {
		return id
	}
	cut := strings.LastIndexAny(name, "./")
	if cut < 0 {
		return name
	}
	if owner := idOf(name[:cut]); owner != name[:cut] || strings.Contains(name, "/") {
		return owner + "/" + name[cut+1:]
	}
	return name
}

// openOperations are those that stay although the code calls none of them: for what is to come.
func openOperations(keep []string, operations []tidy.Operation, used map[string]bool) ([]string, error) {
	patterns, err := pathglob.ParseAll(keep)
	if err != nil {
		return nil, err
	}
	var open []string
	for _, op := range operations {
		if !used[op.Key()] && slices.ContainsFunc(patterns, func(p pathglob.Pattern) bool { return p.Match(op.Method, op.Path) }) {
			open = append(open, op.Method+" "+op.Path)
		}
	}
	return open, nil
}

// rewrite writes into the configuration which types are described, and how much of them.
func (t *tidying) rewrite() error {
	t.edit.After = t.narrowed
	for _, i := range t.places {
		made := t.made[i]
		t.edit.Package = i
		if err := t.edit.Describe(made.described); err != nil {
			return err
		}
		if len(made.kept) == 0 {
			continue
		}
		if err := t.edit.Trim(made.kept, typeNames(made.used.Lock.Elements)); err != nil {
			return err
		}
	}
	return nil
}

// described are the types that a package describes in full.
func described(elements []Element) map[string]bool {
	all := map[string]bool{}
	for _, e := range elements {
		if e.Kind != api.KindType {
			continue
		}
		if facts, err := api.Decode[api.Type](e); err == nil && !facts.Reference {
			all[e.ID] = true
		}
	}
	return all
}

// prune drops the types that are not there any more, or only by their keys. It reports whether there were any.
func (made *tidied) prune() bool {
	before := len(made.kept)
	there := described(made.result.Elements)
	for id := range made.kept {
		if !there[id] {
			delete(made.kept, id)
		}
	}
	return len(made.kept) < before
}

// goneProperties are the properties that go of types that stay.
func (made *tidied) goneProperties() []string {
	has := map[string]bool{}
	for _, e := range made.result.Elements {
		has[e.Kind+" "+e.ID] = true
	}
	var gone []string
	for _, e := range made.used.Lock.Elements {
		if e.Kind != api.KindProperty || has[api.KindProperty+" "+e.ID] {
			continue
		}
		if _, trims := made.kept[e.ID[:strings.LastIndexByte(e.ID, '/')]]; trims {
			gone = append(gone, e.ID)
		}
	}
	return gone
}

// String is for messages: "operations 3 → 2, types 9 → 4".
func (p TidyPackage) String() string {
	return fmt.Sprintf("operations %d → %d, types %d → %d, properties %d → %d, lines %d → %d, bytes %d → %d", p.Before.Operations, p.After.Operations,
		p.Before.Types, p.After.Types, p.Before.Properties, p.After.Properties, p.Before.Lines, p.After.Lines, p.Before.Bytes, p.After.Bytes)
}
