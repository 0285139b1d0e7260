package names

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// taken is who has a name: what it is, where, the override that gives it another, and whether it had the name before.
type taken struct {
	what string
	pos  diag.Pos
	fix  fix
	had  bool
}

// fix is an override that gives something another name, but for the name.
type fix struct {
	// section, key and field are where it stands in the overrides; section is "" for what no override renames.
	section, key, field string
	// name is what the thing is called now, and better are names that would tell it apart, the best first.
	name   string
	better []string
	// derived: the name in question is made of the thing's name, such as that of an options struct.
	derived bool
}

// slot is the place of a fix in the overrides.
type slot struct{ section, key, field string }

func (f fix) slot() slot { return slot{f.section, f.key, f.field} }

// suffixes tell apart what no other rule does, by section and field.
var suffixes = map[slot]string{
	{"types", "", "rename"}: "Model", {"properties", "", "rename"}: "Property", {"enums", "", "rename"}: "Enum",
	{"constants", "", "rename"}: "Value", {"operations", "", "rename"}: "Operation", {"parameters", "", "rename"}: "Parameter",
	{"paths", "", "rename"}: "Path", {"paths", "", "accessor"}: "Path",
}

// candidate is the n-th name to try, from 0.
func (f fix) candidate(n int) string {
	if f.field == "hide" {
		return "true"
	}
	better := slices.DeleteFunc(slices.Clone(f.better), func(name string) bool { return name == "" || name == f.name })
	if n < len(better) {
		return better[n]
	}
	name := f.name + suffixes[slot{f.section, "", f.field}]
	if n -= len(better); n > 0 {
		name += fmt.Sprint(n + 1)
	}
	return name
}

// collision is two things of one name; the second is the one to give another.
type collision struct {
	name          string
	first, second taken
}

// take records who is named name in s, or that somebody is already.
func (a *assigner) take(s *scope, name string, second taken) {
	first, ok := s.names[name]
	if !ok {
		s.names[name] = second
		return
	}
	if a.rank(second) > a.rank(first) {
		first, second = second, first
		s.names[name] = first
	}
	a.collisions = append(a.collisions, collision{name, first, second})
}

// rank orders those who want one name: the higher keeps it. A new name that is only being tried gives way to all others; who
// had the name before keeps it; a name that others are made of is dearer to change.
func (a *assigner) rank(t taken) int {
	switch _, isTried := a.tried[t.fix.slot()]; {
	case t.fix.section == "":
		return 4
	case isTried:
		return 0
	case t.had:
		return 3
	case t.fix.derived || t.fix.section == "paths":
		return 2
	}
	return 1
}

// renamed is the name that is being tried for something, the override's, or what rule says.
func (a *assigner) renamed(section, key, override string, rule func() string) string {
	if name, ok := a.tried[slot{section, key, "rename"}]; ok {
		return name
	}
	if override != "" {
		return override
	}
	return rule()
}

// maxTries is how often names are tried anew: far more than any package needs, since all are tried at once.
const maxTries = 40

// settle gives new names to what collides until nothing does, and returns all collisions with the names that help together.
func settle(assign func(tried map[slot]string) *assigner) diag.List {
	tried, next := map[slot]string{}, map[slot]int{}
	var all []collision
	for range maxTries {
		collisions := assign(tried).collisions
		if len(collisions) == 0 {
			break
		}
		isNew := map[slot]bool{}
		for _, c := range collisions {
			at := c.second.fix.slot()
			if _, wasTried := tried[at]; !wasTried || isNew[at] {
				all = append(all, c)
			}
			if !isNew[at] && c.second.fix.section != "" {
				isNew[at], tried[at] = true, c.second.fix.candidate(next[at])
				next[at]++
			}
		}
	}
	var found diag.List
	for _, c := range all {
		found.Add(c.diagnostic(tried))
	}
	return found
}

// diagnostic says what collides, and which of the names that were tried helps.
func (c collision) diagnostic(tried map[slot]string) diag.Diagnostic {
	d := diag.Diagnostic{
		Pos: c.second.pos, Severity: diag.Error, Code: "name-collision",
		Message: fmt.Sprintf("%s and %s both become the Go name %s", c.first.what, c.second.what, c.name),
		Hint:    "give one of them another name in the overrides",
	}
	if !c.first.pos.IsZero() {
		d.Related = []diag.Pos{c.first.pos}
	}
	if c.first.had && !c.second.had {
		d.Message = fmt.Sprintf("%s becomes the Go name %s, which %s has had since the last generation", c.second.what, c.name, c.first.what)
		d.Hint = "give the newcomer another name in the overrides"
	}
	f := c.second.fix
	if f.section == "" {
		return d
	}
	d.Override = &diag.Override{Section: f.section, Key: f.key}
	for _, field := range []string{"rename", "accessor", "hide"} { // all that there is to say of it, so that it is written once
		if value, ok := tried[slot{f.section, f.key, field}]; ok {
			d.Override.Fields = append(d.Override.Fields, diag.OverrideField{Name: field, Value: value})
		}
	}
	d.Hint += fmt.Sprintf(", such as %s", d.Override)
	if f.field == "hide" {
		d.Hint = "leave one of them out in the overrides, such as " + d.Override.String()
	}
	return d
}

// The fixes of everything that has a name.

// renameFix is the override that renames what has an ID, such as microsoft.graph.chat/topic.
func renameFix(section, id, name string, better ...string) fix {
	return fix{section: section, key: id, field: "rename", name: name, better: better}
}

func (a *assigner) pathFix(r *ir.Resource) fix {
	return renameFix("paths", r.Path(), a.resources[r], a.fullName(r))
}

func (a *assigner) accessorFix(r *ir.Resource) fix {
	return fix{section: "paths", key: r.Path(), field: "accessor", name: a.accessors[r]}
}

// operationFix tells an action and a function of one name apart: by the function's arguments, or by what they are.
func (a *assigner) operationFix(op *ir.Operation, name string) fix {
	f := renameFix("operations", op.Key(), name)
	switch op.Kind {
	case ir.ActionOp:
		f.better = []string{name + "Action"}
	case ir.FunctionOp:
		if args := op.Segments[len(op.Segments)-1].Args; len(args) > 0 && len(a.byPath[op].Operations) == 1 {
			f.better = append(f.better, name+keyNames(ir.Segment{Keys: args}))
		}
		f.better = append(f.better, name+"Function")
	case ir.Custom:
	default:
		f.better = []string{name + "Entity"}
	}
	return f
}

// fullName is the name of a path of which the root collection's key is not shortened to the key's type: GroupsItemSettings for
// /groups/{group-id}/settings; "" if that is no other.
func (a *assigner) fullName(r *ir.Resource) string {
	key := r
	for key.Parent != nil && key.Parent.Parent != nil {
		key = key.Parent
	}
	if key.Parent == nil || key.Segment.Kind != ir.Key || len(key.Segment.Keys) > 0 {
		return ""
	}
	rest, ok := strings.CutPrefix(a.resources[r], a.resources[key])
	if full := a.resources[key.Parent] + "Item"; ok && full != a.resources[key] {
		return full + rest
	}
	return ""
}
