package names

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// A form of a function that answers something else than the first one is a call of its own. By the first rules both had one name.
func TestForms(t *testing.T) {
	const plain, scoped, dated = "GET /x/may()", "GET /x/may(scope='{scope}')", "GET /x/may(until={until})"
	for name, test := range map[string]struct {
		pins []lock.Element
		want []string
	}{
		"new":                            {nil, []string{"May", "MayByScope", "May"}},
		"all were one":                   {[]lock.Element{pin("operation", plain, "May"), pin("operation", scoped, "May")}, []string{"May", "MayByScope", "May"}},
		"the first is new":               {[]lock.Element{pin("operation", scoped, "May")}, nil},
		"it had another name of its own": {[]lock.Element{pin("operation", scoped, "MayThere")}, []string{"May", "MayThere", "May"}},
	} {
		t.Run(name, func(t *testing.T) {
			pkg := &ir.Package{}
			for _, form := range []struct {
				args   []ir.Arg
				answer ir.Kind
			}{{nil, ir.String}, {[]ir.Arg{{Name: "scope", Param: "scope", Quoted: true}}, ir.Bool}, {[]ir.Arg{{Name: "until", Param: "until"}}, ir.String}} {
				segments := []ir.Segment{{Name: "x"}, {Kind: ir.Function, Name: "may", Args: form.args}}
				pkg.Operations = append(pkg.Operations, &ir.Operation{Kind: ir.FunctionOp, Method: "GET", Path: ir.PathOf(segments), Segments: segments,
					Response: &ir.Body{Type: &ir.Type{Kind: form.answer}}})
			}
			table, diags := Assign(pkg, ir.Resources(pkg.Operations), Reserved{}, NewPins(&lock.Lock{Elements: test.pins, Rules: 1}, "", Rules))
			var got []string
			for _, op := range pkg.Operations {
				if len(diags) == 0 {
					got = append(got, table.Method(op).String())
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, diags)
			}
		})
	}
}
