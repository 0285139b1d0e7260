package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// change is what has changed of one element, and what its user has to do.
type change struct {
	rule     Rule
	what, do string
}

// changeList collects what has changed of one element.
type changeList []change

// breaking adds a change after which the caller's code must do something, if only where the Go code breaks.
func (l *changeList) breaking(rule, what, do string, args ...any) {
	*l = append(*l, change{mustRule(rule), what, fmt.Sprintf(do, args...)})
}

// fine adds a change that asks nothing of the caller.
func (l *changeList) fine(rule, what string, args ...any) {
	*l = append(*l, change{rule: mustRule(rule), what: fmt.Sprintf(what, args...)})
}

// turn is one direction of a change of a yes or no. Do is "" if nothing has to be done.
type turn struct{ rule, what, do string }

// flag adds a change of a yes or no.
func (l *changeList) flag(old, new bool, on, off turn) {
	t := on
	if !new {
		t = off
	}
	if old != new {
		*l = append(*l, change{mustRule(t.rule), t.what, t.do})
	}
}

// typeChanges compares types. A type that gets a base, or one between its base and itself, loses nothing; one that gets another is not
// what it was.
func (c *comparison) typeChanges(use string, old, new lock.Element, o, n api.Type) []change {
	var l changeList
	switch {
	case api.PlainPath(o.Base) == api.PlainPath(n.Base):
	case o.Base == "":
		l.fine("type-base-added", "derived from %s now", n.Base)
	case c.new.derives(new.ID, o.Base):
		l.fine("type-base-inserted", "derived from %s now, which is derived from %s", n.Base, o.Base)
	default:
		l.breaking("type-base-changed", fmt.Sprintf("base changed from %s to %s", o.Base, quoted(n.Base)),
			"Check conversions, type switches and casts in paths: a %s is no %s any more.", use, o.Base)
	}
	if o.Any != n.Any && new.Name != "" {
		word, do := "values are interfaces in Go now", "Use a type switch, or Get%s, where values of %s arrive: they are interfaces now."
		if !n.Any {
			word, do = "values are no interfaces in Go any more", "Use Any%s's place for *%s: values are pointers to one type now."
		}
		l.breaking("type-form-changed", word, do, new.Name, use)
	}
	l.flag(o.Abstract, n.Abstract, turn{"type-abstract", "abstract now", fmt.Sprintf("Send a type derived from %s instead of %s itself.", use, use)},
		turn{"type-not-abstract", "not abstract any more", ""})
	l.flag(o.Open, n.Open, turn{"type-opened", "open to undeclared properties now", ""},
		turn{"type-closed", "not open to undeclared properties any more", fmt.Sprintf("Do not send AdditionalProperties in %s.", use)})
	l.binding(use, o.EntitySet, n.EntitySet, new.Name)
	if c.bothKnow() {
		l.marks(use, old.ID, new.ID, o, n)
	}
	return l
}

// marks compares what earlier locks did not say of types.
func (l *changeList) marks(use, oldID, newID string, o, n api.Type) {
	was, is := typeNames(oldID, o), typeNames(newID, n)
	gone := slices.DeleteFunc(slices.Clone(was), func(name string) bool { return slices.Contains(is, name) })
	if was[0] != is[0] || len(gone) > 0 {
		l.breaking("type-name-changed", fmt.Sprintf("called %s in @odata.type now, it was %s", strings.Join(is, " or "), strings.Join(was, " or ")),
			"Make the package anew where it is used, and compare the ODataType of a %s with \"#%s\".", use, is[0])
	} else if len(is) > len(was) {
		l.fine("type-name-added", "called %s in @odata.type as well", strings.Join(is[len(was):], " and "))
	}
	if markText(o.LocalTime) != markText(n.LocalTime) {
		l.breaking("type-local-time-changed", nowOrNot(n.LocalTime != nil, "a local time"), "Change the code that takes the time of a %s, or sets it.", use)
	}
	if markText(o.Upload) != markText(n.Upload) {
		l.breaking("type-upload-changed", nowOrNot(n.Upload != nil, "the way in for large contents"), "Change the code that uploads by a %s.", use)
	}
	if markText(o.Subscription) != markText(n.Subscription) {
		l.breaking("type-subscription-changed", nowOrNot(n.Subscription != nil, "what makes the service tell of changes"), "Change the code that subscribes by a %s.", use)
	}
}

// typeNames are what @odata.type calls a type.
func typeNames(id string, facts api.Type) []string {
	if facts.TypeNames != nil {
		return facts.TypeNames
	}
	return []string{id}
}

// markText is what a type says of itself, for comparison.
func markText[M any](mark *M) string {
	if mark == nil {
		return ""
	}
	return fmt.Sprint(*mark)
}

// keys compares what identifies the values of a type that is on both sides. A key that comes from a base is said of the base.
func (c *comparison) keys(old, new lock.Element) {
	var l changeList
	was, is := c.old.key(old.ID), c.new.key(new.ID)
	use, text := c.use(c.new, new), strings.Join(is, " and ")
	switch {
	case sameSet(was, is) || sameSet(c.old.keys[old.ID], c.new.keys[new.ID]):
	case len(was) == 0:
		l.fine("type-key-added", "the key is %s now, there was none", text)
	case len(is) == 0:
		l.breaking("type-key-changed", "there is no key any more, it was "+strings.Join(was, " and "), "Do not identify values of %s.", use)
	default:
		l.breaking("type-key-changed", fmt.Sprintf("the key is %s now, it was %s", text, strings.Join(was, " and ")), "Identify values of %s by %s.", use, text)
	}
	for _, ch := range l {
		c.add(c.new, new, "changed", ch)
		f := &c.findings[len(c.findings)-1]
		for _, name := range slices.Concat(was, is) { // in Go the fields of a key are others, in derived types too
			for _, s := range []*apiSide{c.old, c.new} {
				for at := range s.ancestors(new.ID) {
					f.claim = f.claim.and(c.claimOf(s, s.elements[elementKey(api.KindProperty, at+"/"+name)]))
				}
			}
		}
	}
}

// binding compares what a bind to a type points into.
func (l *changeList) binding(use, old, new, name string) {
	switch {
	case old == new:
	case old == "":
		l.fine("type-bind-added", "can be bound, in %s", new)
	case new == "" && name != "":
		l.breaking("type-bind-removed", "cannot be bound any more, it was in "+old, "Take Bind%s out of the code: the service takes no reference to %s any more.", name, use)
	case new == "":
		l.breaking("type-bind-removed", "cannot be bound any more, it was in "+old, "Send no reference to %s any more.", use)
	default:
		l.fine("type-bind-moved", "bound in %s instead of %s", new, old)
	}
}

// propertyChanges compares properties. Another type is breaking even where the Go type stays: the values are others.
func propertyChanges(use string, o, n api.Property) []change {
	var l changeList
	l.valueType("property-type-changed", "type", use, o.Type, n.Type)
	if isCollection(o.Type) == isCollection(n.Type) {
		l.null(use, o, n)
	}
	l.flag(o.ReadOnly, n.ReadOnly, turn{"property-read-only", "read-only now", fmt.Sprintf("Do not send %s: the service computes it.", use)},
		turn{"property-writable", "can be written now", ""})
	l.flag(o.Required, n.Required, turn{"property-required", "required now", fmt.Sprintf("Set %s in every value that is sent.", use)},
		turn{"property-optional", "not required any more", ""})
	if o.Navigation != n.Navigation {
		l.breaking("property-navigation-changed", nowOrNot(n.Navigation, "a navigation property"),
			"Change how %s is set and read: a navigation property is a reference or has to be expanded.", use)
	}
	switch {
	case o.Binds == n.Binds, !o.Navigation: // what is a reference now, and was none, says so above
	case o.Binds == "":
		l.fine("property-bind-added", "can be bound, in %s", n.Binds)
	case n.Binds == "":
		l.breaking("property-bind-removed", "cannot be bound any more, it was in "+o.Binds,
			"Do not set %s to a Bind: the service takes no reference there any more; create the value below its parent.", use)
	default:
		l.fine("property-bind-moved", "bound in %s instead of %s", n.Binds, o.Binds)
	}
	if o.Navigation && n.Navigation && o.Contained != n.Contained && o.Binds == "" && n.Binds == "" {
		l.fine("property-contained-changed", "%s", nowOrNot(n.Contained, "below its parent alone"))
	}
	if o.MaxItems != n.MaxItems {
		l.maxItems(use, o.MaxItems, n.MaxItems)
	}
	return l
}

// null compares where null may stand. What the service alone sets is not sent, so that nobody has to do anything about it.
func (l *changeList) null(use string, o, n api.Property) {
	if n.ReadOnly {
		if o.Nullable != n.Nullable {
			l.fine("property-null-allowed", "%s", map[bool]string{true: "can be null", false: "cannot be null any more"}[n.Nullable])
		}
		return
	}
	l.flag(o.Nullable, n.Nullable, turn{"property-null-allowed", "can be null", ""},
		turn{"property-null-refused", "cannot be null any more", fmt.Sprintf("Do not set %s to null.", use)})
	l.flag(o.ItemsNullable, n.ItemsNullable, turn{"property-items-null-allowed", "can have null for an item", ""},
		turn{"property-items-null-refused", "cannot have null for an item any more", fmt.Sprintf("Send no null in %s.", use)})
}

// maxItems compares how many items a collection takes; 0 is no limit.
func (l *changeList) maxItems(use string, old, new int) {
	switch {
	case new != 0 && (old == 0 || new < old):
		l.breaking("property-max-items-lowered", "takes at most "+diag.Count(new, "item"), "Send at most %s in %s.", diag.Count(new, "item"), use)
	case new == 0:
		l.fine("property-max-items-raised", "takes any number of items, not %d at most", old)
	default:
		l.fine("property-max-items-raised", "takes at most %s instead of %d", diag.Count(new, "item"), old)
	}
}

func isCollection(t string) bool { return strings.HasPrefix(t, "Collection(") }

// valueType compares the types of values; what begins the text, such as "type".
func (l *changeList) valueType(rule, what, use, old, new string) {
	if api.PlainPath(old) == api.PlainPath(new) {
		return
	}
	what += fmt.Sprintf(" changed from %s to %s", quoted(old), quoted(new))
	switch {
	case isCollection(new) && !isCollection(old):
		l.breaking(rule, what, "Treat %s as a list: range over it where one value was used.", use)
	case isCollection(old) && !isCollection(new):
		l.breaking(rule, what, "Treat %s as one value, not as a list.", use)
	default:
		l.breaking(rule, what, "Change the code that sets or reads %s to values of %s.", use, quoted(new))
	}
}

// enumValues says what the values of an enumeration are.
func enumValues(e api.Enum) string {
	if e.Integer == "" {
		return "text"
	}
	return "numbers (" + e.Integer + ")"
}

func enumChanges(use string, o, n api.Enum) []change {
	var l changeList
	if o.Integer != n.Integer {
		l.breaking("enum-values-changed", fmt.Sprintf("values changed from %s to %s", enumValues(o), enumValues(n)),
			"Change what is made of values of %s, or makes them.", use)
	}
	if o.Flags != n.Flags {
		l.breaking("enum-flags-changed", nowOrNot(n.Flags, "a set of flags"), "Change comparisons with values of %s: %s", use,
			map[bool]string{true: "use Has, since one value can hold several.", false: "it holds one value, and has no Has any more."}[n.Flags])
	}
	return l
}

func pathChanges(use string, o, n api.Path) []change {
	var l changeList
	if o.Type != n.Type {
		l.breaking("path-type-changed", fmt.Sprintf("type changed from %s to %s", quoted(o.Type), quoted(n.Type)),
			"Change the code that uses %s to %s.", use, quoted(n.Type))
	}
	return l
}

func serviceChanges(o, n api.Service) []change {
	var l changeList
	if o.Root != n.Root {
		l.breaking("service-root-changed", fmt.Sprintf("the root is %s now, it was %s", n.Root, o.Root),
			"Check that what is called is there, and that tokens are for %s; WithServiceRoot keeps the old address.", n.Root)
	}
	return l
}

// nowOrNot says that something is so now, or that it is not so any more.
func nowOrNot(now bool, what string) string {
	if now {
		return what + " now"
	}
	return "not " + what + " any more"
}
