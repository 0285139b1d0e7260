// Package permissions knows which permissions the operations of an API take: it reads the tables that Microsoft publishes for
// Microsoft Graph, permissions.json (which method and path accepts which permission) and provisioningInfo.json (the ids of
// permissions), and finds what is said of one operation.
package permissions

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// Scheme is how a caller signs in.
type Scheme uint8

// The schemes of the tables. A table calls them DelegatedWork, DelegatedPersonal and Application.
const (
	Work Scheme = iota
	Personal
	Application
	schemes
)

var schemeNames = [schemes]string{"DelegatedWork", "DelegatedPersonal", "Application"}

// Table is what the tables say.
type Table struct {
	permissions []*permission
	byName      map[string]*permission
	// resources are the paths of the table by their canonical form; overloads are the functions among them by their form
	// without arguments.
	resources map[string]*resource
	overloads map[string][]*resource
}

// permission is what is said of one permission, of all operations.
type permission struct {
	name string
	// resourceSpecific: the owner of a resource consents to it, for that resource alone.
	resourceSpecific bool
	schemes          [schemes]Description
	// known: the table of paths has it, not only that of ids.
	known bool
	opens []open
}

// Description is what is said of a permission in one scheme.
type Description struct {
	// ID is what manifests of applications call it; "" if it is not known.
	ID string
	// Level is how much it allows, from 1 to 5; 0 if it is not known.
	Level int
	// AdminConsent: an administrator has to consent to it.
	AdminConsent bool
	// Allows is what it lets an application do, in the table's words; "" if that is not known.
	Allows string
	// Opens counts the operations that it opens in this scheme; 0 if that is not known.
	Opens int
	// Known: the permission exists in this scheme.
	Known bool
}

// open is a path that a permission opens.
type open struct {
	resource *resource
	methods  uint16
	schemes  uint8
}

// resource is a path of the table.
type resource struct {
	written string // as the table writes it
	grants  []grant
}

// grant says that a permission opens a path.
type grant struct {
	permission *permission
	methods    uint16
	schemes    uint8
	least      uint8
	// also are permissions of which one is needed as well.
	also []string
}

// methods are the bits of grant.methods; a method that is not among them opens nothing that is asked for.
var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

func methodBit(name string) uint16 {
	i := slices.Index(methods, name)
	if i < 0 {
		return 0
	}
	return 1 << i
}

// reading is the bit of GET, posting that of POST.
const (
	reading uint16 = 1 << iota
	posting
)

// Rule is what an operation takes. Of delegated permissions it has those of accounts of work or school; Personal are those of
// personal accounts.
type Rule struct {
	Delegated, Personal, Application, ResourceSpecific Grants
	// From is the operation of the table that the rule was taken from, such as "GET /chats/{id}/members", if the table does not
	// have the operation itself; else "".
	From string
}

// Grants are alternatives: one of them is enough. Each is written as OAuth 2.0 writes a scope: permissions separated by blanks
// are needed together.
type Grants struct {
	// Least are the least of them, the best first; Other are accepted as well, from little to much.
	Least, Other []string
	// Unmarked: the table marks none as the least. Least is then the one of the lowest level that opens the fewest operations.
	Unmarked bool
}

// Empty reports whether nothing is accepted.
func (g Grants) Empty() bool { return len(g.Least) == 0 }

// Describe returns what is known of a permission in a scheme.
func (t *Table) Describe(name string, s Scheme) Description {
	p := t.byName[name]
	if p == nil {
		return Description{}
	}
	d := p.schemes[s]
	for _, methods := range p.opened(s) {
		d.Opens += bits.OnesCount16(methods)
	}
	return d
}

// Names are the permissions of a scheme, sorted.
func (t *Table) Names(s Scheme) []string {
	var names []string
	for name, p := range t.byName {
		if p.schemes[s].Known || p.schemes[s].ID != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// IsResourceSpecific reports whether the owner of a resource consents to a permission, for that resource alone.
func (t *Table) IsResourceSpecific(name string) bool {
	p := t.byName[name]
	return p != nil && p.resourceSpecific
}

// rule makes the rule of a resource for one method.
func (t *Table) rule(r *resource, method uint16) Rule {
	grants := func(s Scheme, resourceSpecific bool) Grants {
		return rank(r.grants, method, s, resourceSpecific)
	}
	return Rule{
		Delegated: grants(Work, false), Personal: grants(Personal, false),
		Application: grants(Application, false), ResourceSpecific: grants(Application, true),
	}
}

// candidate is a grant while the least is looked for.
type candidate struct {
	grant
	level, reach int
	marked       bool
}

// rank sorts what is accepted from little to much and says what is least. The table should mark one permission for each
// operation and scheme. Often it marks several, since a mark counts for all methods of a set of paths: of these, those are the
// least beside which no other opens less.
func rank(grants []grant, method uint16, s Scheme, resourceSpecific bool) Grants {
	var all []candidate
	bit := uint8(1) << s
	for _, g := range grants {
		if g.methods&method == 0 || g.schemes&bit == 0 || g.permission.resourceSpecific != resourceSpecific {
			continue
		}
		c := candidate{grant: g, level: cmp.Or(g.permission.schemes[s].Level, 6), reach: len(g.permission.opens), marked: g.least&bit != 0}
		if i := slices.IndexFunc(all, func(o candidate) bool { return o.permission == g.permission }); i >= 0 {
			all[i].marked = all[i].marked || c.marked // the same path in two spellings
			continue
		}
		all = append(all, c)
	}
	marked := slices.ContainsFunc(all, func(c candidate) bool { return c.marked })
	isLeast := func(c candidate) bool {
		return c.marked == marked && !slices.ContainsFunc(all, func(o candidate) bool {
			return o.marked == marked && o.permission.opensLess(c.permission, s, method)
		})
	}
	var least, other []candidate
	for _, c := range all {
		if isLeast(c) {
			least = append(least, c)
		} else {
			other = append(other, c)
		}
	}
	slices.SortFunc(least, candidate.compare)
	if !marked && len(least) > 1 {
		other, least = append(other, least[1:]...), least[:1]
	}
	slices.SortFunc(other, candidate.compare)
	return Grants{Least: texts(least), Other: texts(other), Unmarked: !marked && len(all) > 0}
}

// compare sorts by level, by how much a permission opens, and by name.
func (c candidate) compare(o candidate) int {
	return cmp.Or(cmp.Compare(c.level, o.level), cmp.Compare(c.reach, o.reach), cmp.Compare(c.permission.name, o.permission.name))
}

// texts writes grants: with each of those of which one is needed as well. The same permissions are there once, in whatever order
// the table has them.
func texts(list []candidate) []string {
	var all []string
	seen := map[string]bool{}
	add := func(names ...string) {
		sorted := slices.Sorted(slices.Values(names))
		if key := strings.Join(sorted, " "); !seen[key] {
			seen[key] = true
			all = append(all, strings.Join(names, " "))
		}
	}
	for _, c := range list {
		name := c.permission.name
		if len(c.also) == 0 || slices.Contains(c.also, name) {
			add(name)
			continue
		}
		for _, also := range c.also {
			add(name, also)
		}
	}
	return all
}

// opensLess reports whether p opens less than o: all that it opens, o opens too, and more. For a method that reads, what lets
// write less is less, whatever else it reads.
func (p *permission) opensLess(o *permission, s Scheme, method uint16) bool {
	if p == o {
		return false
	}
	if method == reading {
		if order := p.writes(s).compare(o.writes(s)); order != 0 {
			return order < 0
		}
	}
	return less(p.opened(s), o.opened(s))
}

// writeCount are the operations that a permission opens and that do not only read.
type writeCount struct {
	changes int // PUT, PATCH, DELETE
	posts   int // which may be actions that only read, such as a check of many keys
}

func (w writeCount) compare(o writeCount) int {
	return cmp.Or(cmp.Compare(w.changes, o.changes), cmp.Compare(w.posts, o.posts))
}

// writes counts what a permission lets write.
func (p *permission) writes(s Scheme) writeCount {
	var w writeCount
	for _, o := range p.opens {
		if o.schemes&(1<<s) != 0 {
			w.posts += bits.OnesCount16(o.methods & posting)
			w.changes += bits.OnesCount16(o.methods &^ (reading | posting))
		}
	}
	return w
}

// opened are the methods that a permission opens, by path.
func (p *permission) opened(s Scheme) map[*resource]uint16 {
	opened := map[*resource]uint16{}
	for _, o := range p.opens {
		if o.schemes&(1<<s) != 0 {
			opened[o.resource] |= o.methods
		}
	}
	return opened
}

// less reports whether a is a part of b and not the whole.
func less(a, b map[*resource]uint16) bool {
	equal := len(a) == len(b)
	for r, methods := range a {
		if methods&^b[r] != 0 {
			return false
		}
		equal = equal && methods == b[r]
	}
	return !equal
}
