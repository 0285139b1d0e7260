package openapi

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/graphslice/graphslice/generator/ir"
)

func dumpType(t *ir.Type) string {
	if t == nil { return "nil" }
	s := map[ir.Kind]string{ir.Untyped:"any",ir.String:"string",ir.Bool:"bool",ir.Int32:"int32",ir.Int64:"int64",ir.Float64:"float64",ir.DateTime:"datetime",ir.Stream:"stream"}[t.Kind]
	if s == "" { s = fmt.Sprint("kind", int(t.Kind)) }
	switch t.Kind {
	case ir.ModelKind: s = "*"+t.Model.Name; if t.Model.Inline != nil { s = "*inline:"+strings.Join(inlinePath(t.Model.Inline),"/") }
	case ir.EnumKind: s = "enum "+t.Enum.Name
	case ir.Collection: s = "["+dumpType(t.Elem)+"]"
	}
	if t.Nullable { s += "?" }
	return s
}
func TestDump(t *testing.T) {
	specs := os.Getenv("DUMP")
	if specs == "" { t.Skip() }
	opts := Options{Specs: strings.Fields(specs)}
	if s := os.Getenv("INC"); s != "" { opts.Include = strings.Fields(s) }
	t0 := time.Now()
	pkg, diags := Load(context.Background(), opts)
	el := time.Since(t0)
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	for i, d := range diags { if i < 60 { fmt.Println(d) } }
	fmt.Println(el, "sys", ms.Sys>>20, "total", ms.TotalAlloc>>20, "diags", len(diags))
	if pkg == nil { return }
	fmt.Println(pkg.Title, pkg.Version, pkg.ServiceRoot, len(pkg.Models), len(pkg.Enums), len(pkg.Operations))
	if os.Getenv("Q") != "" { return }
	for _, m := range pkg.Models {
		base := ""
		if m.Base != nil { base = m.Base.Name }
		in := ""
		if m.Inline != nil { in = strings.Join(inlinePath(m.Inline), "/") }
		fmt.Println("MODEL", m.Name, in, "base", base, "derived", len(m.Derived), "poly", m.Polymorphic, "used", m.Used, "abs", m.Abstract, "open", m.Open, "ref", m.Reference, "set", m.EntitySet, m.Pos, m.Pos.Pointer)
		for _, p := range m.Properties {
			nav := ""
			if p.Navigation != nil { nav = fmt.Sprint("nav", *p.Navigation) }
			fmt.Println("   ", p.Name, dumpType(p.Type), "key", p.Key, "ro", p.ReadOnly, "req", p.Required, nav, p.MaxItems, p.Constants != nil, p.Pos)
		}
	}
	for _, e := range pkg.Enums { fmt.Println("ENUM", e.Name, e.Flags, len(e.Members), e.Pos) }
	for _, o := range pkg.Operations {
		fmt.Println("OP", o.Kind, o.Method, o.Path, o.Pos, o.Statuses, "lr", o.LongRunning, "page", o.Pageable, o.Scopes, o.AppScopes, o.Pause)
		for _, s := range o.Segments { fmt.Printf("   seg %d %s %s", s.Kind, s.Name, s.KeyType); for _, a := range append(s.Keys, s.Args...) { fmt.Print(" ", a.Name, "=", a.Param, a.Quoted, a.Alias, dumpType(a.Type)) }; fmt.Println() }
		for _, q := range o.Query { fmt.Print(" ", q.Name, ":", dumpType(q.Type)) }
		if len(o.Query)>0 { fmt.Println() }
		if o.Request != nil { fmt.Println("   REQ", o.Request.ContentType, dumpType(o.Request.Type), o.Request.Wrapped, o.Request.Required) }
		if o.Response != nil { fmt.Println("   RES", o.Response.ContentType, dumpType(o.Response.Type), o.Response.Wrapped) }
	}
}
