package openapi

import (
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// An enumeration of integers has the kind that holds its values, and names where the document has some.
func TestIntegerEnums(t *testing.T) {
	for schema, want := range map[string]struct {
		kind    ir.Kind
		members string
	}{
		"{type: integer, enum: [-1, 0, 1]}":                                                     {ir.Int32, "-1 0 1"},
		"{type: integer, format: int64, enum: [1]}":                                             {ir.Int64, "1"},
		"{type: integer, format: uint8, enum: [1, 255]}":                                        {ir.Uint8, "1 255"},
		"{type: integer, format: uint8, enum: [-1, 255]}":                                       {ir.Int32, "-1 255"},
		"{type: integer, format: int32, enum: [3000000000]}":                                    {ir.Int64, "3000000000"},
		"{type: number, format: double, enum: [1.0, 0x10, 1e3]}":                                {ir.Int32, "1 16 1000"},
		"{type: integer, enum: ['1', '2']}":                                                     {ir.Int32, "1 2"},
		"{enum: [1, 2]}":                                                                        {ir.Int32, "1 2"},
		"{type: integer, enum: [1, null, 2], nullable: true}":                                   {ir.Int32, "1 2"},
		"{type: integer, enum: [0, 1], x-enum-varnames: [None, Some]}":                          {ir.Int32, "0=None 1=Some"},
		"{type: integer, enum: [0, 1], x-enumNames: [None, Some]}":                              {ir.Int32, "0=None 1=Some"},
		"{type: integer, enum: [0, 1], x-ms-enum: {name: x, values: [{value: 1, name: Some}]}}": {ir.Int32, "0 1=Some"},
		"{type: string, enum: ['0', '1'], x-enum-varnames: [None, Some]}":                       {ir.Untyped, "0 1"},
	} {
		pkg := loadText(t, schemas("ex.a: "+schema+"\n"))
		if len(pkg.Enums) != 1 {
			t.Errorf("%s: %d enums", schema, len(pkg.Enums))
			continue
		}
		var members []string
		for _, m := range pkg.Enums[0].Members {
			text := m.Name
			if m.Label != "" {
				text += "=" + m.Label
			}
			members = append(members, text)
		}
		if got := strings.Join(members, " "); got != want.members || pkg.Enums[0].Integer != want.kind {
			t.Errorf("%s: got %s of kind %d, want %s of kind %d", schema, got, pkg.Enums[0].Integer, want.members, want.kind)
		}
	}
}
