package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// Bind is one helper: to bind to values of Target in EntitySet.
type bind struct {
	name      names.Ident
	target    *ir.Model
	entitySet string
	// where names the property for a helper that is for one alone; "" for one that serves all of a type.
	where string
	// doc is that of the type or of the one property.
	doc ir.Doc
}

// bindings lists the helpers: one for each type that has an entity set, and one for each navigation property that
// points into another.
func (e *emitter) bindings() []bind {
	var list []bind
	for _, m := range e.pkg.Models {
		if m.EntitySet != "" {
			list = append(list, bind{e.names.Bind(m), m, m.EntitySet, "", m.Doc})
		}
	}
	for _, m := range e.pkg.Models {
		for _, p := range m.Properties {
			target := p.Type.Model
			if p.Type.Kind == ir.Collection {
				target = p.Type.Elem.Model
			}
			if target == nil || p.Navigation == nil || p.Navigation.Contained {
				continue
			}
			if set := p.Navigation.EntitySet; set != "" && set != target.EntitySet {
				list = append(list, bind{e.names.BindProperty(m, p), target, set, e.names.Model(m).String() + "." + e.names.Field(p).String(), p.Doc})
			}
		}
	}
	return list
}

// Binds counts the bind helpers of a package.
func Binds(pkg *ir.Package, table *names.Table) int {
	e := &emitter{pkg: pkg, names: table}
	return len(e.bindings())
}

// binds makes
//
//	// BindUser refers to the User with the given key, …
//	func BindUser(key string) Ref[User] {
//		return bindKey[User]("users", key)
//	}
func (e *emitter) binds() []jen.Code {
	var code []jen.Code
	for _, b := range e.bindings() {
		target := e.names.Model(b.target)
		text := b.name.String() + " refers to the " + target.String() + " with the given key, written as " + b.entitySet +
			"('key') below the service root of the client that sends it."
		if b.where != "" {
			text += " It is for " + b.where + "."
		}
		code = append(code, comment(text, deprecated(b.doc)).Line().Add(declareFunc(b.name)).Params(jen.Id("key").String()).
			Id("Ref").Index(id(target)).
			Block(jen.Return(jen.Id("bindKey").Index(id(target)).Call(jen.Lit(b.entitySet), jen.Id("key")))))
	}
	return code
}
