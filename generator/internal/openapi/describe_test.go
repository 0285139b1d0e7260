package openapi

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// header is how the documents of these tests begin.
const header = `openapi: 3.0.3
info: {title: Test, version: v1.0}
servers: [{url: https://example.com/v1.0/}]
`

// loadFiles writes the files into a new folder, makes it the current one, and loads specs.
func loadFiles(t *testing.T, files map[string]string, opts Options) (*ir.Package, diag.List) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return Load(context.Background(), opts)
}

// loadText loads one document, which must be without a fault.
func loadText(t *testing.T, text string) *ir.Package {
	t.Helper()
	pkg, diags := loadFiles(t, map[string]string{"a.yaml": text}, Options{Specs: []string{"a.yaml"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return pkg
}

// texts returns the diagnostics as they are printed.
func texts(diags diag.List) []string {
	var list []string
	for _, d := range diags {
		list = append(list, d.String())
	}
	return list
}

func checkLines(t *testing.T, want string, got []string) {
	t.Helper()
	if diff := cmp.Diff(strings.Split(strings.TrimPrefix(want, "\n"), "\n"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// describe returns the package as text, everything but positions.
func describe(pkg *ir.Package) []string {
	d := describer{}
	d.add("package %s, %s at %s", pkg.Title, pkg.Version, pkg.ServiceRoot)
	for _, m := range pkg.Models {
		d.model(m)
	}
	for _, e := range pkg.Enums {
		flags := ""
		if e.Flags {
			flags = " flags"
		}
		d.add("enum %s%s%s", nameOr(e.Name, e.Inline), flags, docText(e.Doc))
		d.values(e.Members)
	}
	for _, op := range pkg.Operations {
		d.operation(op)
	}
	return d.lines
}

// part returns the lines of describe that stand for one thing: the line that begins with prefix, and what is below it.
func part(pkg *ir.Package, prefix string) []string {
	var found []string
	for _, line := range describe(pkg) {
		inside := len(found) > 0 && strings.HasPrefix(line, "  ")
		if strings.HasPrefix(line, prefix) || inside {
			found = append(found, line)
		} else if len(found) > 0 {
			break
		}
	}
	return found
}

type describer struct{ lines []string }

func (d *describer) add(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

func (d *describer) model(m *ir.Model) {
	line := "model " + nameOr(m.Name, m.Inline)
	if m.Base != nil {
		line += " base " + m.Base.Name
	}
	if len(m.Derived) > 0 {
		line += " derived"
		for _, derived := range m.Derived {
			line += " " + derived.Name
		}
	}
	line += flagText(map[string]bool{"discriminator": m.Discriminator, "used": m.Used, "abstract": m.Abstract, "open": m.Open,
		"reference": m.Reference})
	if m.EntitySet != "" {
		line += " in " + m.EntitySet
	}
	d.add("%s%s", line, docText(m.Doc))
	for _, p := range m.Properties {
		d.property(p)
	}
}

func (d *describer) property(p *ir.Property) {
	line := fmt.Sprintf("  %s %s%s", p.Name, typeText(p.Type),
		flagText(map[string]bool{"key": p.Key, "readonly": p.ReadOnly, "required": p.Required}))
	if p.Navigation != nil {
		line += " navigation" + flagText(map[string]bool{"contained": p.Navigation.Contained})
		if p.Navigation.EntitySet != "" {
			line += " in " + p.Navigation.EntitySet
		}
	}
	if p.MaxItems > 0 {
		line += fmt.Sprintf(" max %d", p.MaxItems)
	}
	d.add("%s%s", line, docText(p.Doc))
	if p.Constants != nil {
		d.add("  constants %s", p.Constants.Name)
		d.values(p.Constants.Values)
	}
}

func (d *describer) values(values []ir.EnumMember) {
	for _, v := range values {
		d.add("    %s%s", v.Name, docText(v.Doc))
	}
}

func (d *describer) operation(op *ir.Operation) {
	kinds := map[ir.OperationKind]string{ir.List: "list", ir.Get: "get", ir.Create: "create", ir.Update: "update",
		ir.Replace: "replace", ir.Delete: "delete", ir.CountOp: "count", ir.ActionOp: "action", ir.FunctionOp: "function",
		ir.Custom: "custom"}
	line := fmt.Sprintf("%s %s %s", op.Method, op.Path, kinds[op.Kind])
	line += flagText(map[string]bool{"long-running": op.LongRunning, "pageable": op.Pageable, "delta": op.Delta})
	if len(op.Statuses) > 0 {
		line += " " + strings.Join(op.Statuses, ",")
	}
	if p := op.Permissions; len(p.Delegated.Least)+len(p.Application.Least) > 0 {
		line += fmt.Sprintf(" scopes %q %q", p.Delegated.Least, p.Application.Least)
	}
	if op.Pause != "" {
		line += " pause " + op.Pause
	}
	if op.ID != "" {
		line += " id " + op.ID
	}
	d.add("%s%s", line, docText(op.Doc))
	d.add("  segments%s", segmentText(op.Segments))
	for _, p := range op.Query {
		d.add("  query %s %s%s%s", p.Name, typeText(p.Type), flagText(map[string]bool{"required": p.Required}), docText(p.Doc))
	}
	d.body("request", op.Request)
	d.body("response", op.Response)
}

func (d *describer) body(role string, b *ir.Body) {
	if b != nil {
		d.add("  %s %s %s%s", role, b.ContentType, typeText(b.Type), flagText(map[string]bool{"wrapped": b.Wrapped, "required": b.Required}))
	}
}

func segmentText(segments []ir.Segment) string {
	kinds := map[ir.SegmentKind]string{ir.Static: "", ir.Key: "key ", ir.Action: "action ", ir.Function: "function ",
		ir.Cast: "cast ", ir.Count: "count ", ir.Value: "value ", ir.RefSegment: "ref ",
		ir.Template: "template ", ir.Address: "address "}
	text := ""
	for _, s := range segments {
		text += " | " + kinds[s.Kind] + s.Name
		for _, arg := range append(s.Keys, s.Args...) {
			text += fmt.Sprintf(" %s=%s:%s%s", arg.Name, arg.Param, typeText(arg.Type),
				flagText(map[string]bool{"quoted": arg.Quoted, "alias": arg.Alias}))
		}
		if s.KeyType != "" {
			text += " of " + s.KeyType
		}
		text += flagText(map[string]bool{"primary": s.Primary, "closed": s.Closed})
	}
	return text
}

func nameOr(name string, in *ir.Inline) string {
	if in == nil {
		return name
	}
	return "<" + strings.Join(inlinePath(in), " ") + ">"
}

// flagText lists the names that are true, in a fixed order.
func flagText(flags map[string]bool) string {
	text := ""
	for _, name := range []string{"discriminator", "used", "abstract", "open", "reference", "key", "readonly", "required",
		"contained", "long-running", "delta", "pageable", "wrapped", "quoted", "alias", "primary", "closed"} {
		if flags[name] {
			text += " " + name
		}
	}
	return text
}

func docText(doc ir.Doc) string {
	text := ""
	for _, part := range []struct{ label, value string }{{"", doc.Summary}, {"", doc.Description}, {"see ", doc.URL},
		{"deprecated: ", doc.Deprecated}, {"until ", doc.Removal}} {
		if part.value != "" {
			text += fmt.Sprintf(" %s%q", part.label, part.value)
		}
	}
	return text
}

func typeText(t *ir.Type) string {
	if t == nil {
		return "none"
	}
	names := map[ir.Kind]string{ir.Untyped: "any", ir.String: "string", ir.Bool: "bool", ir.Uint8: "uint8", ir.Int8: "int8",
		ir.Int16: "int16", ir.Int32: "int32", ir.Int64: "int64", ir.Float32: "float32", ir.Float64: "float64",
		ir.Decimal: "decimal", ir.DateTime: "datetime", ir.Date: "date", ir.TimeOfDay: "time", ir.Duration: "duration",
		ir.GUID: "guid", ir.Binary: "binary", ir.Stream: "stream"}
	text := names[t.Kind]
	switch t.Kind {
	case ir.ModelKind:
		text = nameOr(t.Model.Name, t.Model.Inline)
	case ir.EnumKind:
		text = nameOr(t.Enum.Name, t.Enum.Inline)
	case ir.Collection:
		text = "[]" + typeText(t.Elem)
	case ir.Map:
		text = "map[" + typeText(t.Elem) + "]"
	}
	if t.Nullable {
		text += "?"
	}
	return text
}

// yamlToJSON writes a decoded YAML value as JSON; keys that YAML reads as numbers become text.
func yamlToJSON(value any) ([]byte, error) {
	var convert func(v any) any
	convert = func(v any) any {
		switch v := v.(type) {
		case map[any]any:
			m := map[string]any{}
			for key, item := range v {
				m[fmt.Sprint(key)] = convert(item)
			}
			return m
		case map[string]any:
			for key, item := range v {
				v[key] = convert(item)
			}
		case []any:
			for i, item := range v {
				v[i] = convert(item)
			}
		}
		return v
	}
	return json.Marshal(convert(value))
}
