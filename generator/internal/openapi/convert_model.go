package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// model returns the model of a component, and sees to it that its properties are read.
func (c *converter) model(name string) *ir.Model {
	if m := c.models[name]; m != nil {
		return m
	}
	s := c.component(name)
	m := &ir.Model{Name: name}
	c.models[name] = m
	c.todo = append(c.todo, modelSchema{m, s})
	return m
}

// inlineModel returns the model of an object schema without a name.
func (c *converter) inlineModel(s schema, in *ir.Inline) *ir.Model {
	m := &ir.Model{Inline: in, Pos: s.at.pos()}
	c.inline = append(c.inline, m)
	c.todo = append(c.todo, modelSchema{m, s})
	return m
}

// fill reads what the schema says about the model.
func (c *converter) fill(m *ir.Model, s schema) {
	m.Pos, m.Doc = s.at.pos(), c.doc(s)
	var keys []sourceValue
	for _, part := range c.parts(s) {
		m.Discriminator = m.Discriminator || c.hasDiscriminator(part)
		if said := part.at.child(polymorphicMark); said.text() != "" && m.Polymorphic == nil {
			isInterface := said.isTrue()
			m.Polymorphic = &isInterface
		}
		m.Abstract = m.Abstract || part.at.child("x-graphslice-abstract").isTrue()
		m.Open = m.Open || part.at.child("x-graphslice-open-type").isTrue()
		m.Partial = m.Partial || part.at.child(partialMark).isTrue()
		m.Reference = m.Reference || part.at.child("x-graphslice-reference").isTrue()
		if local := part.at.child(localTimeMark); local.exists() {
			c.markLocalTime(m, local)
		}
		keys = append(keys, part.at.child("x-graphslice-key").items()...)
		if session := part.at.child(uploadMark); session.exists() {
			c.markSession(m, session)
		}
		if subscription := part.at.child(subscriptionMark); subscription.exists() {
			c.markSubscription(m, subscription)
		}
		if m.EntitySet == "" {
			m.EntitySet = part.at.child(entitySetMark).text()
		}
	}
	inherited, properties := map[string]sourceValue{}, c.properties(s)
	for _, base := range c.modelBases(s) {
		if m.Base == nil {
			m.Base = c.model(base.name)
			inherited = c.allProperties(base)
			continue
		}
		c.diags.Warnf(base.use.pos(), "second-base", "%s has a base already: the properties of %s are copied", nameOf(m), base.name)
		properties = c.merge(properties, base)
	}
	c.addProperties(m, properties, inherited, keys)
}

// nameOf names a model in a message.
func nameOf(m *ir.Model) string {
	if m.Name == "" {
		return "this schema"
	}
	return m.Name
}

// hasDiscriminator reports whether the schema's descendants are told apart by @odata.type.
func (c *converter) hasDiscriminator(s schema) bool {
	if s.Discriminator == nil {
		return false
	}
	if s.Discriminator.PropertyName != "@odata.type" {
		c.degrade(s.at.child("discriminator"), "discriminator",
			fmt.Sprintf("a discriminator in %q is not read: types are told apart by @odata.type", s.Discriminator.PropertyName), "")
		return false
	}
	return true
}

// modelBases are the schema's bases that are models.
func (c *converter) modelBases(s schema) []schema {
	return slices.DeleteFunc(c.bases(s), func(base schema) bool { return c.kindOf(base.name) != modelComponent })
}

// merge adds the properties of a second base, its own bases' included, that are not there yet.
func (c *converter) merge(properties []property, base schema) []property {
	have := func(name string) bool {
		return slices.ContainsFunc(properties, func(p property) bool { return p.name == name })
	}
	for _, s := range append([]schema{base}, c.modelBases(base)...) {
		if s.name != base.name {
			properties = c.merge(properties, s)
			continue
		}
		for _, p := range c.properties(s) {
			if !have(p.name) {
				properties = append(properties, p)
			}
		}
	}
	slices.SortFunc(properties, func(a, b property) int { return strings.Compare(a.name, b.name) })
	return properties
}

// allProperties are the properties of a component and its bases.
func (c *converter) allProperties(s schema) map[string]sourceValue {
	if all, ok := c.inherited[s.name]; ok {
		return all
	}
	all := map[string]sourceValue{}
	for _, base := range c.modelBases(s) {
		maps.Copy(all, c.allProperties(base))
	}
	for _, p := range c.properties(s) {
		if _, ok := all[p.name]; !ok {
			all[p.name] = p.at
		}
	}
	c.inherited[s.name] = all
	return all
}

// addProperties reads the properties into m, those of the key first. What a base has already is left to it.
func (c *converter) addProperties(m *ir.Model, properties []property, inherited map[string]sourceValue, keys []sourceValue) {
	isKey := map[string]bool{}
	for _, key := range keys {
		isKey[key.text()] = true
		own := slices.ContainsFunc(properties, func(p property) bool { return p.name == key.text() })
		if _, ok := inherited[key.text()]; ok {
			m.InheritedKeys = append(m.InheritedKeys, key.text())
		} else if !own {
			c.diags.Add(diag.Diagnostic{Pos: key.pos(), Severity: diag.Error, Code: "key",
				Message: fmt.Sprintf("%q is not a property of %s", key.text(), nameOf(m)), Hint: "name a property of the schema or of a base"})
		}
	}
	for _, p := range properties {
		if base, ok := inherited[p.name]; !ok {
			m.Properties = append(m.Properties, c.property(m, p, isKey))
		} else if !sameStructure(base.node, p.at.node, schemaKind) {
			c.diags.Add(diag.Diagnostic{Pos: p.at.pos(), Severity: diag.Warning, Code: "redeclared-property",
				Message: fmt.Sprintf("%q is declared in a base of %s, otherwise: the base's counts", p.name, nameOf(m)),
				Related: []diag.Pos{base.pos()}})
		}
	}
	slices.SortStableFunc(m.Properties, func(a, b *ir.Property) int {
		switch {
		case a.Key == b.Key:
			return 0
		case a.Key:
			return -1
		}
		return 1
	})
}

// mapping returns the entries of the component's discriminator.
func (c *converter) mapping(name string) []sourceValue {
	var list []sourceValue
	for _, part := range c.parts(c.component(name)) {
		list = append(list, part.at.child("discriminator").child("mapping").entries()...)
	}
	return list
}

// doc is what the schema says about itself.
func (c *converter) doc(s schema) ir.Doc {
	var doc ir.Doc
	for _, part := range c.parts(s) {
		if doc.Description == "" {
			doc.Description = prettify(part.Description)
		}
		if doc.URL == "" {
			doc.URL = part.at.child("externalDocs").child("url").text()
		}
		deprecate(&doc, part.at)
	}
	return doc
}

// useDoc is what is said where the schema is used; a component's own words are about the type.
func useDoc(s schema) ir.Doc {
	doc := ir.Doc{
		Description: prettify(s.use.child("description").text()),
		URL:         s.use.child("externalDocs").child("url").text(),
	}
	deprecate(&doc, s.use)
	return doc
}

// noLimit is a number of items that stands for any number, as the largest of int32 often does.
const noLimit = 1_000_000_000

// property reads one property of m. Unless the schema names a key, a property "id" that is never null is one.
func (c *converter) property(m *ir.Model, p property, isKey map[string]bool) *ir.Property {
	s := c.schema(p.ref, p.at)
	prop := &ir.Property{
		Name: p.name, Pos: p.at.pos(), Doc: useDoc(s), Required: p.required,
		Type:     c.typeOf(s, &ir.Inline{Parent: m, Property: p.name}),
		ReadOnly: s.use.child("readOnly").isTrue(),
	}
	isText := prop.Type.Kind == ir.String || prop.Type.Kind == ir.GUID
	prop.Key = isKey[p.name] || len(isKey) == 0 && p.name == "id" && isText && !prop.Type.Nullable
	if s.use.child("x-ms-navigationProperty").isTrue() {
		prop.Navigation = &ir.Navigation{
			Contained: s.use.child("x-graphslice-contains-target").isTrue(),
			EntitySet: s.use.child("x-graphslice-entity-set").text(),
		}
	}
	if s.MaxItems != nil && *s.MaxItems < noLimit && s.name == "" {
		prop.MaxItems = int(*s.MaxItems)
	}
	prop.Constants = c.constants(s)
	return prop
}
