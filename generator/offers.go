package generator

import (
	"net/http"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// offer are exported names of the runtime that are of no use by themselves. A package has them where something of it mentions them,
// or where it has one of those that they are for.
type offer struct {
	names  []string
	with   []string               // names of the runtime
	needed func(*ir.Package) bool // or what the package has; nil: nothing of it
}

var offers = []offer{
	{names: []string{"Page", "Result", "ListOptions", "GetOptions", "CountOptions", "Expand", "Filter", "Reference", "Target", "None"}},
	{names: []string{"Ref", "RefTo"}, with: []string{"Target"}},
	{names: []string{"Date", "Duration", "TimeOfDay", "Decimal", "GUID"}},
	{names: []string{"PageError", "ErrNoNextPage"}, with: []string{"Page"}},
	{names: []string{"ErrNoTarget", "Client.WaitFor"}, with: []string{"Result"}, needed: writes},
	{names: []string{"LevelsMax"}, with: []string{"Expand"}},
	{names: []string{"Filterf"}, with: []string{"ListOptions", "CountOptions"}, needed: holdsModels},
	{names: []string{"BindPath", "BindURL"}, with: []string{"Ref", "Target"}},
	{names: []string{"AnyRef", "Expanded", "ExpandedAs", "NullRef"}, with: []string{"Ref"}},
	{names: []string{"ParseDate", "DateOf"}, with: []string{"Date"}},
	{names: []string{"ParseDuration", "DurationOf"}, with: []string{"Duration"}},
	{names: []string{"ParseTimeOfDay"}, with: []string{"TimeOfDay"}},
	{names: []string{"Changed", "NullValue", "SetProperty"}, needed: sends},
	{names: []string{"NextLinkOf"}, needed: holdsModels},
	{names: []string{"As"}, needed: derives},
}

// plainCodecs are what the kinds of properties need that are added to APIs all the time: one that is the first of its kind is to change
// no more than its own lines.
var plainCodecs = []string{"codec.optBool", "codeOptInt"}

// writes reports whether a call may have the service go on in the background.
func writes(p *ir.Package) bool {
	return slices.ContainsFunc(p.Operations, func(op *ir.Operation) bool { return op.Method != http.MethodGet })
}

// sends reports whether a call has a body.
func sends(p *ir.Package) bool {
	return slices.ContainsFunc(p.Operations, func(op *ir.Operation) bool { return op.Request != nil })
}

// holdsModels reports whether a value may hold others, which may be expanded.
func holdsModels(p *ir.Package) bool {
	return slices.ContainsFunc(p.Models, func(m *ir.Model) bool {
		return slices.ContainsFunc(m.Properties, func(property *ir.Property) bool { return property.Navigation != nil || property.Target() != nil })
	})
}

// derives reports whether a value may be of a derived type.
func derives(p *ir.Package) bool {
	return slices.ContainsFunc(p.Models, func(m *ir.Model) bool { return len(m.Derived) > 0 })
}

// offered is what a package has of the runtime for those who use it.
func offered(pkg *ir.Package, cfg Config) (gosource.Offer, error) {
	all := gosource.Offer{OnDemand: map[string][]string{}, Beside: plainCodecs}
	for _, o := range offers {
		if o.needed != nil && o.needed(pkg) {
			continue
		}
		for _, name := range o.names {
			all.OnDemand[name] = o.with
		}
	}
	if cfg.Fake == "" {
		return all, nil
	}
	needed, err := gosource.FakeNeeds()
	all.Beside = slices.Concat(all.Beside, needed)
	return all, err
}
