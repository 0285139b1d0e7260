package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// changeList collects what has changed of one element.
type changeList []change

// breaking adds a change after which the caller's code must do something.
func (l *changeList) breaking(what, do string, args ...any) {
	*l = append(*l, change{verdict: Breaking, what: what, do: fmt.Sprintf(do, args...)})
}

// inGo adds a change that breaks only if the Go code does: on the wire nothing is asked of the caller.
func (l *changeList) inGo(what, do string, args ...any) {
	l.breaking(what, do, args...)
	(*l)[len(*l)-1].inGo = true
}

func (l *changeList) compatible(what string, args ...any) {
	*l = append(*l, change{verdict: Compatible, what: fmt.Sprintf(what, args...)})
}

// flag adds a change of a yes or no: breaking when it becomes the value that asks something of the caller.
func (l *changeList) flag(old, new bool, breaksWhen bool, on, off, do string) {
	what := on
	if !new {
		what = off
	}
	switch {
	case old == new:
	case new == breaksWhen:
		*l = append(*l, change{verdict: Breaking, what: what, do: do})
	default:
		*l = append(*l, change{verdict: Compatible, what: what})
	}
}

// typeChanges compares types. A type that gets a base where it had none loses nothing; one that gets another is not what
// it was.
func (c *comparison) typeChanges(use string, e lock.Element, o, n api.Type) []change {
	var l changeList
	switch {
	case api.PlainPath(o.Base) == api.PlainPath(n.Base):
	case o.Base == "":
		l.compatible("derived from %s now", n.Base)
	default:
		l.breaking(fmt.Sprintf("base changed from %s to %s", o.Base, quoted(n.Base)),
			"Check conversions, type switches and casts in paths: a %s is no %s any more.", use, o.Base)
	}
	l.flag(o.Abstract, n.Abstract, true, "abstract now", "not abstract any more",
		fmt.Sprintf("Send a type derived from %s instead of %s itself.", use, use))
	l.flag(o.Open, n.Open, false, "open to undeclared properties now", "not open to undeclared properties any more",
		fmt.Sprintf("Do not send AdditionalProperties in %s.", use))
	if o.Any != n.Any {
		word, do := "values are interfaces in Go now", "Use a type switch, or Get%s, where values of %s arrive: they are interfaces now."
		if !n.Any {
			word, do = "values are no interfaces in Go any more", "Use Any%s's place for *%s: values are pointers to one type now."
		}
		l.inGo(word, do, e.Name, use)
	}
	l.binding(use, o.EntitySet, n.EntitySet, e.Name)
	return l
}

// binding compares what a bind points into.
func (l *changeList) binding(use, old, new, name string) {
	switch {
	case old == new:
	case old == "":
		l.compatible("can be bound, in %s", new)
	case new == "" && name != "":
		l.breaking("cannot be bound any more, it was in "+old, "Take Bind%s out of the code: the service takes no reference to %s any more.", name, use)
	case new == "":
		l.breaking("cannot be bound any more, it was in "+old, "Send no reference to %s any more.", use)
	default:
		l.compatible("bound in %s instead of %s", new, old)
	}
}

// propertyChanges compares properties. Another type is breaking even where the Go type stays: the values are others.
func propertyChanges(use string, e lock.Element, o, n api.Property) []change {
	var l changeList
	l.valueType("type", use, o.Type, n.Type)
	if isCollection(o.Type) == isCollection(n.Type) {
		l.null(use, o, n)
	}
	if o.Key != n.Key {
		l.breaking(nowOrNot(n.Key, "part of the key"), "Check how %s identifies values: the key of its type changed.", use)
	}
	l.flag(o.ReadOnly, n.ReadOnly, true, "read-only now", "can be written now", fmt.Sprintf("Do not send %s: the service computes it.", use))
	l.flag(o.Required, n.Required, true, "required now", "not required any more", fmt.Sprintf("Set %s in every value that is sent.", use))
	if o.Navigation != n.Navigation {
		l.breaking(nowOrNot(n.Navigation, "a navigation property"), "Change how %s is set and read: a navigation property is a reference or has to be expanded.", use)
	}
	switch {
	case o.Binds == n.Binds || !o.Navigation || !n.Navigation:
	case o.Binds == "":
		l.compatible("can be bound, in %s", n.Binds)
	case n.Binds == "":
		l.breaking("cannot be bound any more, it was in "+o.Binds,
			"Do not set %s to a Bind: the service takes no reference there any more; create the value below its parent.", use)
	default:
		l.compatible("bound in %s instead of %s", n.Binds, o.Binds)
	}
	if o.Navigation && n.Navigation && o.Contained != n.Contained && o.Binds == "" && n.Binds == "" {
		l.compatible("%s", nowOrNot(n.Contained, "below its parent alone"))
	}
	if o.MaxItems != n.MaxItems {
		l.maxItems(use, o.MaxItems, n.MaxItems)
	}
	return l
}

// null compares where null may stand. What the service alone sets is not sent, so that nobody has to do anything about it.
func (l *changeList) null(use string, o, n api.Property) {
	switch {
	case n.ReadOnly && o.Nullable != n.Nullable:
		l.compatible("%s", map[bool]string{true: "can be null", false: "cannot be null any more"}[n.Nullable])
	case !n.ReadOnly:
		l.flag(o.Nullable, n.Nullable, false, "can be null", "cannot be null any more", fmt.Sprintf("Do not set %s to null.", use))
		l.flag(o.ItemsNullable, n.ItemsNullable, false, "can have null for an item", "cannot have null for an item any more",
			fmt.Sprintf("Send no null in %s.", use))
	}
}

// maxItems compares how many items a collection takes; 0 is no limit.
func (l *changeList) maxItems(use string, old, new int) {
	if new != 0 && (old == 0 || new < old) {
		l.breaking(fmt.Sprintf("takes at most %d items", new), "Send at most %d items in %s.", new, use)
		return
	}
	if new == 0 {
		l.compatible("takes any number of items, not %d at most", old)
		return
	}
	l.compatible("takes at most %d items instead of %d", new, old)
}

func isCollection(t string) bool { return strings.HasPrefix(t, "Collection(") }

// valueType compares the types of values; what begins the text, such as "type".
func (l *changeList) valueType(what, use, old, new string) {
	if api.PlainPath(old) == api.PlainPath(new) {
		return
	}
	what += fmt.Sprintf(" changed from %s to %s", quoted(old), quoted(new))
	switch {
	case isCollection(new) && !isCollection(old):
		l.breaking(what, "Treat %s as a list: range over it where one value was used.", use)
	case isCollection(old) && !isCollection(new):
		l.breaking(what, "Treat %s as one value, not as a list.", use)
	default:
		l.breaking(what, "Change the code that sets or reads %s to values of %s.", use, quoted(new))
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
		l.breaking(fmt.Sprintf("values changed from %s to %s", enumValues(o), enumValues(n)), "Change what is made of values of %s, or makes them.", use)
	}
	if o.Flags != n.Flags {
		l.breaking(nowOrNot(n.Flags, "a set of flags"), "Change comparisons with values of %s: %s", use,
			map[bool]string{true: "use Has, since one value can hold several.", false: "it holds one value, and has no Has any more."}[n.Flags])
	}
	return l
}

// operationChanges compares operations.
func operationChanges(use string, old, new lock.Element, o, n api.Operation) []change {
	var l changeList
	if old.ID != new.ID {
		l.compatible("path written %s instead of %s", new.ID, old.ID)
	}
	if o.Does != n.Does {
		l.breaking(fmt.Sprintf("does %s instead of %s", n.Does, o.Does), "Change the calls of %s to its new form.", use)
	}
	l.nullBodies(use, o, n)
	l.arguments(use, o.Segments, n.Segments)
	l.body(o.Request, n.Request, "request body", fmt.Sprintf("Change what is sent by %s", use))
	l.answer(o.Response, n.Response, use)
	if o.Request != nil && n.Request != nil {
		l.flag(o.Request.Required, n.Request.Required, true, "request body required now", "request body not required any more",
			fmt.Sprintf("Send a body with every call of %s.", use))
	}
	if o.Pageable != n.Pageable {
		l.compatible("%s", nowOrNot(n.Pageable, "answered in pages"))
	}
	if o.Delta != n.Delta {
		l.breaking(nowOrNot(n.Delta, "a delta query"), "Change what is done with the items of %s: those of a delta query can be marked as removed.", use)
	}
	l.flag(o.LongRunning, n.LongRunning, true, "may go on in the background now", "does not go on in the background any more",
		fmt.Sprintf("Wait for the result of %s (Result.Wait) before relying on it.", use))
	if o.Pause != n.Pause {
		l.compatible("pause between two calls: %s instead of %s", quoted(n.Pause), quoted(o.Pause))
	}
	l.permissions(o.Accepts(), n.Accepts())
	if !sameSet(o.Statuses, n.Statuses) {
		l.compatible("success statuses: %s instead of %s", listed(n.Statuses), listed(o.Statuses))
	}
	return l
}

// nullBodies compares whether null can stand for a whole body.
func (l *changeList) nullBodies(use string, o, n api.Operation) {
	if o.Request != nil && n.Request != nil {
		l.flag(o.Request.Nullable, n.Request.Nullable, false, "request body can be null", "request body cannot be null any more",
			fmt.Sprintf("Do not send null with %s.", use))
	}
	if o.Response != nil && n.Response != nil {
		l.flag(o.Response.Nullable, n.Response.Nullable, true, "answer can be null now", "answer cannot be null any more",
			fmt.Sprintf("Check the answer of %s for null (nil) before using it.", use))
	}
}

// arguments compares the types of the arguments in two paths of one form. A type that is not known is none to compare.
func (l *changeList) arguments(use string, old, new []api.Segment) {
	for i := range min(len(old), len(new)) {
		o, n := slices.Concat(old[i].Keys, old[i].Args), slices.Concat(new[i].Keys, new[i].Args)
		for j := range min(len(o), len(n)) {
			if o[j].Type != "" && n[j].Type != "" {
				l.valueType("type of argument "+n[j].Name, "argument "+n[j].Name+" of "+use, o[j].Type, n[j].Type)
			}
		}
	}
}

// answer compares answers. One that comes where there was none can be ignored as before, unless Go has another result for it.
func (l *changeList) answer(old, new *api.Body, use string) {
	if old == nil && new != nil {
		l.inGo("answer is "+new.Type+" now, there was none", "Take the answer of %s: it is %s now.", use, new.Type)
		return
	}
	l.body(old, new, "answer", fmt.Sprintf("Change what is done with the answer of %s", use))
}

// body compares what travels; do is what to do, without its end.
func (l *changeList) body(old, new *api.Body, what, do string) {
	switch {
	case old == nil && new == nil:
	case old == nil:
		l.breaking(what+" is "+new.Type+" now, there was none", "%s: it is %s now.", do, new.Type)
	case new == nil:
		l.breaking(what+" is gone, it was "+old.Type, "%s: there is none any more.", do)
	case api.PlainPath(old.Type) != api.PlainPath(new.Type):
		l.breaking(fmt.Sprintf("%s changed from %s to %s", what, old.Type, new.Type), "%s: it is %s now.", do, new.Type)
	case old.ContentType != new.ContentType:
		l.breaking(fmt.Sprintf("%s is of type %s now, not %s", what, mediaType(new.ContentType), mediaType(old.ContentType)),
			"%s: it is %s now.", do, mediaType(new.ContentType))
	case old.Wrapped != new.Wrapped:
		l.compatible("%s", nowOrNot(new.Wrapped, what+" wrapped in \"value\""))
	}
}

func mediaType(contentType string) string {
	if contentType == "" {
		return "application/json"
	}
	return contentType
}

func parameterChanges(use string, o, n api.Parameter) []change {
	var l changeList
	if n.System {
		return l // its Go type does not come from the description
	}
	l.valueType("type", use, o.Type, n.Type)
	l.flag(o.Required, n.Required, true, "required now", "not required any more",
		fmt.Sprintf("Set %s in every call: the service refuses those without it.", use))
	return l
}

func pathChanges(use string, o, n api.Path) []change {
	var l changeList
	if o.Type != n.Type {
		l.breaking(fmt.Sprintf("type changed from %s to %s", quoted(o.Type), quoted(n.Type)), "Change the code that uses %s to %s.", use, quoted(n.Type))
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
