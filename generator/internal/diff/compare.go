package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// comparison compares elements.
type comparison struct {
	pkg      string
	old, new *apiSide
	findings []Finding
	// parts are the claims of elements of which nothing is said, by the key of what they are parts of.
	parts map[string]claim
	// selects reports whether the patterns of the new side select an operation; nil if there are none. Narrowed: they leave out one
	// that the old side has.
	selects  func(id string) bool
	narrowed bool
}

// compareElements compares two lists of elements.
func compareElements(pkg string, old, new Side) ([]Finding, error) {
	c := &comparison{pkg: pkg, parts: map[string]claim{}, selects: new.Selects}
	var err error
	if c.old, err = newSide(old.Elements); err != nil {
		return nil, fmt.Errorf("the old side: %w", err)
	}
	if c.new, err = newSide(new.Elements); err != nil {
		return nil, fmt.Errorf("the new side: %w", err)
	}
	if slices.ContainsFunc(new.Elements, func(e lock.Element) bool { return e.Kind == api.KindOperation && c.leftOut(e.ID) && !api.IsKept(e) }) {
		c.selects = nil // what is there says otherwise: nothing follows from the patterns
	}
	c.narrowed = slices.ContainsFunc(old.Elements, func(e lock.Element) bool { return e.Kind == api.KindOperation && c.leftOut(e.ID) })
	var removed, added []lock.Element
	for _, p := range pairs(c.old, c.new) {
		switch {
		case p.new == nil && c.new.inherited(*p.old) != nil:
			if err := c.moved(*p.old, *c.new.inherited(*p.old)); err != nil {
				return nil, err
			}
		case p.new == nil:
			if !c.isPart(c.old, c.new, *p.old) && c.removed(*p.old) {
				removed = append(removed, *p.old)
			}
		case p.old == nil:
			if !c.isPart(c.new, c.old, *p.new) && c.added(*p.new) {
				added = append(added, *p.new)
			}
		default:
			if p.old.Kind == api.KindType {
				c.keys(*p.old, *p.new)
			}
			if err := c.both(*p.old, *p.new); err != nil {
				return nil, err
			}
		}
	}
	for i, f := range c.findings {
		if f.Change == "removed" || f.Change == "added" {
			c.findings[i].claim = f.claim.and(c.parts[elementKey(f.Kind, f.ID)])
		}
	}
	c.askForRenames(removed, added)
	return c.findings, nil
}

// bothKnow reports whether both sides say all that there is to compare.
func (c *comparison) bothKnow() bool { return c.old.known && c.new.known }

// add makes a finding of what has changed of an element, seen from the side that has it.
func (c *comparison) add(s *apiSide, e lock.Element, how string, ch change) {
	f := Finding{
		Rule: ch.rule.ID, Verdict: ch.rule.Verdict(), Breaks: []string{}, Kind: e.Kind, Change: how, ID: e.ID, Name: s.goName(e),
		What: ch.what, Do: ch.do, Family: c.family(e, how, ch.what), Go: []GoChange{}, class: ch.rule.class,
	}
	if ch.rule.class == inGo { // until the compiler has spoken
		f.Verdict = Breaking
	}
	f.claim = c.claimOf(s, e)
	c.findings = append(c.findings, f)
}

// use is how a text calls an element: as the code does, or by its ID where there is no code.
func (c *comparison) use(s *apiSide, e lock.Element) string {
	if name := s.goName(e); name != "" {
		return c.pkg + "." + name
	}
	return e.ID
}

// wireName is the last part of an ID, as it is on the wire.
func wireName(e lock.Element) string {
	i := strings.LastIndexAny(e.ID, "/?")
	return e.ID[i+1:]
}

// removed says that an element is gone. It reports false for one of which nothing is said, since others say it.
func (c *comparison) removed(e lock.Element) bool {
	rule, use := e.Kind+"-removed", c.use(c.old, e)
	var do string
	switch e.Kind {
	case api.KindType:
		do = fmt.Sprintf("Take %s out of the code: %s", use, c.gone("the slices have no such type any more."))
	case api.KindEnum:
		do = fmt.Sprintf("Replace %s and its values: %s", use, c.gone("the slices have no such enumeration any more."))
	case api.KindProperty:
		do = fmt.Sprintf("Replace %s: the slices do not have the property any more; what arrives all the same is in AdditionalProperties[%q].",
			use, wireName(e))
	case api.KindMember, api.KindConstant:
		do = fmt.Sprintf("Replace %s: the API does not list the value any more; compare with %q where it may still arrive.", use, wireName(e))
	case api.KindOperation:
		do = fmt.Sprintf("Replace the calls of %s: the API does not describe %s any more.", use, e.ID)
		if c.leftOut(e.ID) {
			rule, do = "operation-left-out", fmt.Sprintf("Replace the calls of %s, or include %s again.", use, e.ID)
		}
	case api.KindParameter:
		if isSystemOption(e) {
			c.add(c.old, e, "removed", change{rule: mustRule("option-removed"), what: "not described any more"})
			return true
		}
		do = fmt.Sprintf("Take %s out of the calls: the operation does not have the parameter %s any more.", use, wireName(e))
	case api.KindPath:
		facts, _ := api.Decode[api.Path](e)
		if facts.Type == "" {
			return false // the operations say it
		}
		do = fmt.Sprintf("Replace requests below %s: the service does not have it any more.", e.ID)
	case api.KindService:
		return false
	}
	what := "removed"
	if rule == "operation-left-out" {
		what = "left out by the patterns of the package"
	}
	c.add(c.old, e, "removed", change{mustRule(rule), what, do})
	return true
}

// leftOut reports whether the patterns of the new side, and not the API, are why an operation is gone.
func (c *comparison) leftOut(id string) bool { return c.selects != nil && !c.selects(id) }

// gone is why a type is not there any more: the API's doing, unless patterns leave operations out, for then nobody knows.
func (c *comparison) gone(why string) string {
	if c.narrowed {
		return "no operation that is selected uses it."
	}
	return why
}

// isSystemOption reports whether an element is one of OData's own query options that may be left out. The code has it all the same, so
// that a description which gains or loses it changes a comment.
func isSystemOption(e lock.Element) bool {
	if e.Kind != api.KindParameter {
		return false
	}
	facts, _ := api.Decode[api.Parameter](e)
	return facts.System
}

// added says that an element is new. It reports false for one of which nothing is said.
func (c *comparison) added(e lock.Element) bool {
	ch := change{rule: Rule{ID: e.Kind + "-added"}, what: "added"}
	switch e.Kind {
	case api.KindParameter:
		facts, _ := api.Decode[api.Parameter](e)
		switch {
		case facts.Required:
			ch = change{Rule{ID: "parameter-added-required"}, "added, and required",
				fmt.Sprintf("Set %s in every call: the service refuses those without it.", c.use(c.new, e))}
		case facts.System:
			ch.rule.ID = "option-added"
		}
	case api.KindProperty:
		facts, _ := api.Decode[api.Property](e)
		switch {
		case facts.Required && !facts.ReadOnly:
			ch = change{Rule{ID: "property-added-required"}, "added, and required", fmt.Sprintf("Set %s in every value that is sent.", c.use(c.new, e))}
		case !facts.Nullable && c.isArgument(e):
			ch = change{Rule{ID: "argument-added-required"}, "added, and may not be null",
				fmt.Sprintf("Set %s in every call: the service refuses those without it.", c.use(c.new, e))}
		}
	case api.KindPath:
		if facts, _ := api.Decode[api.Path](e); facts.Type == "" {
			return false
		}
	case api.KindService:
		return false
	}
	ch.rule = mustRule(ch.rule.ID)
	c.add(c.new, e, "added", ch)
	return true
}

// isArgument reports whether a property of the new side is a parameter of an action: one of the object that it is sent.
func (c *comparison) isArgument(e lock.Element) bool {
	_, id := owner(e)
	call, ok := strings.CutSuffix(id, "#request")
	if !ok {
		return false
	}
	facts, _ := api.Decode[api.Operation](c.new.elements[elementKey(api.KindOperation, call)])
	return facts.Does == "action"
}

// both compares an element that is on both sides.
func (c *comparison) both(old, new lock.Element) error {
	if old.Facts == new.Facts && old.Name == new.Name && old.ID == new.ID {
		return nil
	}
	from := len(c.findings)
	if old.Name != new.Name && (old.Kind != api.KindOperation || methodOf(old.ID) == methodOf(new.ID)) {
		c.renamedInGo(old, new)
	}
	changes, o, n, err := c.changes(old, new)
	if err != nil {
		return err
	}
	for _, ch := range changes {
		c.add(c.new, new, "changed", ch)
	}
	if old.Kind == api.KindOperation { // what it had of Go belongs to it as well
		for i := range c.findings[from:] {
			f := &c.findings[from+i]
			f.claim = f.claim.and(c.claimOf(c.old, old))
		}
	}
	c.lifetime(old, new, o, n)
	c.clouds(old, new, o, n)
	if o.Doc != n.Doc && !o.Kept && !n.Kept {
		c.add(c.new, new, "documented", change{rule: mustRule("documentation-changed"), what: "documentation changed"})
	}
	return nil
}

// moved compares a property with that of a base which now declares it: whoever uses the type still has it.
func (c *comparison) moved(old, base lock.Element) error {
	_, id := owner(base)
	c.add(c.old, old, "changed", change{rule: mustRule("property-moved"), what: "declared by its base " + id + " now"})
	return c.both(old, base)
}

// renamedInGo says that an element of the same ID has another Go name, as overrides can give it.
func (c *comparison) renamedInGo(old, new lock.Element) {
	if was, is := c.old.goName(old), c.new.goName(new); was == "" || is == "" || new.Kind == api.KindPath && was == is {
		return
	}
	was, is := c.use(c.old, old), c.use(c.new, new)
	c.add(c.new, new, "changed", change{
		mustRule("go-name-changed"), fmt.Sprintf("called %s in Go, it was %s", is, was), fmt.Sprintf("Replace %s with %s.", was, is),
	})
	f := &c.findings[len(c.findings)-1]
	f.claim = f.claim.and(c.claimOf(c.old, old))
}

// changes compares the facts of an element and returns those that all kinds have as well.
func (c *comparison) changes(old, new lock.Element) (changes []change, o, n api.Common, err error) {
	use := c.use(c.new, new)
	switch old.Kind {
	case api.KindType:
		return compareFacts(old, new, func(f api.Type) api.Common { return f.Common }, func(o, n api.Type) []change { return c.typeChanges(use, old, new, o, n) })
	case api.KindProperty:
		return compareFacts(old, new, func(f api.Property) api.Common { return f.Common }, func(o, n api.Property) []change { return propertyChanges(use, o, n) })
	case api.KindEnum:
		return compareFacts(old, new, func(f api.Enum) api.Common { return f.Common }, func(o, n api.Enum) []change { return enumChanges(use, o, n) })
	case api.KindOperation:
		return compareFacts(old, new, func(f api.Operation) api.Common { return f.Common }, func(o, n api.Operation) []change { return c.operationChanges(use, old, new, o, n) })
	case api.KindParameter:
		return compareFacts(old, new, func(f api.Parameter) api.Common { return f.Common }, func(o, n api.Parameter) []change { return c.parameterChanges(use, o, n) })
	case api.KindPath:
		return compareFacts(old, new, func(f api.Path) api.Common { return f.Common }, func(o, n api.Path) []change { return pathChanges(use, o, n) })
	case api.KindService:
		return compareFacts(old, new, func(f api.Service) api.Common { return f.Common }, func(o, n api.Service) []change { return serviceChanges(o, n) })
	}
	return compareFacts(old, new, func(f api.Value) api.Common { return f.Common }, func(o, n api.Value) []change { return nil })
}

// compareFacts reads the facts of both sides and compares them.
func compareFacts[F any](old, new lock.Element, common func(F) api.Common, compare func(o, n F) []change) ([]change, api.Common, api.Common, error) {
	o, err := api.Decode[F](old)
	if err != nil {
		return nil, api.Common{}, api.Common{}, err
	}
	n, err := api.Decode[F](new)
	if err != nil {
		return nil, api.Common{}, api.Common{}, err
	}
	return compare(o, n), common(o), common(n), nil
}

// lifetime compares what is said of the end of an element.
func (c *comparison) lifetime(old, new lock.Element, o, n api.Common) {
	say := func(rule, what string) { c.add(c.new, new, "deprecated", change{rule: mustRule(rule), what: what}) }
	switch od, nd := o.Deprecated, n.Deprecated; {
	case n.Kept && !o.Kept:
		say("kept", "dropped by the API, kept for this generation; the next one does not have it")
	case o.Kept && !n.Kept:
		say("back", "in the API again")
	case nd == nil && od != nil:
		say("deprecated", "not deprecated any more")
	case nd != nil && od == nil:
		say("deprecated", "deprecated"+removalText(nd)+reasonText(nd))
	case nd != nil && od.Removal != nd.Removal:
		say("deprecated", fmt.Sprintf("still deprecated, to be removed %s instead of %s", dayText(nd.Removal), dayText(od.Removal)))
	case nd != nil && od.Text != nd.Text:
		c.add(c.new, new, "documented", change{rule: mustRule("deprecation-reworded"), what: "the reason of its deprecation changed" + reasonText(nd)})
	}
}

// clouds compares which clouds lack an element. The code compiles as before; whether it works there has changed.
func (c *comparison) clouds(old, new lock.Element, o, n api.Common) {
	if sameSet(o.NotIn, n.NotIn) {
		return
	}
	what := "available in all clouds that are known"
	if len(n.NotIn) > 0 {
		what = "not available in " + strings.Join(n.NotIn, ", ")
	}
	if len(o.NotIn) > 0 {
		what += "; it was not in " + strings.Join(o.NotIn, ", ")
	}
	c.add(c.new, new, "changed", change{rule: mustRule("clouds-changed"), what: what})
}

func removalText(d *api.Deprecation) string {
	if d.Removal == "" {
		return ""
	}
	return ", to be removed on " + d.Removal
}

func dayText(day string) string {
	if day == "" {
		return "at some time"
	}
	return "on " + day
}

func reasonText(d *api.Deprecation) string {
	if d.Text == "" || d.Text == "deprecated" {
		return ""
	}
	return ": " + d.Text
}

// quoted is a value in a sentence, "none" if there is none.
func quoted(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// listed is a list in a sentence.
func listed(list []string) string { return quoted(strings.Join(list, " ")) }

// sameSet reports whether two lists have the same values.
func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
