package diff_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// silent are the facts of which a change alone says nothing, each with the reason.
var silent = map[string]string{
	"Type.Discriminator": "the types that it tells apart say it",
	"Type.Pointer":       "of several forms in Go, Any says which",
	"Type.Reference":     "the properties say it",
	"Property.Key":       "it is said of the type: see TestMutants",
	"Property.Contained": "only navigation properties have it: see TestMutants",
	"Property.Binds":     "only navigation properties have it: see TestMutants",
	"Property.Constants": "the values say it",
	"Value.Order":        "the order says nothing",
	"Path.Accessor":      "Go says it",
	"Path.OldAccessor":   "Go says it",
	"Path.Package":       "Go says it",
	"Body.Wrapped":       "answers alone are wrapped: see TestMutants",
	"Path.Requests":      "Go says it",
	"Operation.On":       "Go says it",
	"Operation.Options":  "Go says it",
	"Operation.Segments": "the path says it",
	"Body.MediaTypes":    "two lists are compared: see TestMutants",
	"Parameter.Nullable": "null is not sent in a query",
	"Parameter.Order":    "the order says nothing",
	"Parameter.System":   "the name says it",
}

// A fact that locks gain is compared, or there is a reason not to.
func TestEveryFactIsCompared(t *testing.T) {
	body := &api.Body{Type: "Edm.String"}
	for _, test := range []struct {
		kind, id string
		facts    any
	}{
		{api.KindType, "ex.a", api.Type{}}, {api.KindProperty, "ex.a/b", api.Property{Type: "Edm.String"}}, {api.KindEnum, "ex.e", api.Enum{}},
		{api.KindMember, "ex.e/m", api.Value{}}, {api.KindPath, "/a", api.Path{}}, {api.KindOperation, "GET /a", api.Operation{Does: "get", Request: body, Response: body}},
		{api.KindParameter, "GET /a?b", api.Parameter{Type: "Edm.String"}}, {api.KindService, api.ServiceID, api.Service{Root: "https://a.example"}},
		{"request", "GET /a", *body},
	} {
		facts := reflect.ValueOf(test.facts)
		for i := range facts.NumField() {
			field := facts.Type().Field(i)
			name := facts.Type().Name() + "." + field.Name
			changed := reflect.New(facts.Type()).Elem()
			changed.Set(facts)
			if field.Anonymous {
				continue // what all have in common: see TestMutants
			}
			other(t, changed.Field(i))
			got := told(t, factSide(test.kind, test.id, facts.Interface()), factSide(test.kind, test.id, changed.Interface()))
			if (len(got) == 0) != (silent[name] != "") {
				t.Errorf("%s: a change says %q; said to say nothing: %q", name, got, silent[name])
			}
		}
	}
}

// factSide has one element of the kind; "request" is an operation that is sent a body.
func factSide(kind, id string, facts any) diff.Side {
	if body, ok := facts.(api.Body); ok {
		kind, facts = api.KindOperation, api.Operation{Does: "create", Request: &body}
	}
	elements := []lock.Element{{Kind: kind, ID: id, Name: "A", Facts: api.Encode(facts)}}
	if kind != api.KindService {
		elements = append(elements, lock.Element{Kind: api.KindService, ID: api.ServiceID, Facts: "{}"})
	}
	return diff.Side{Elements: elements}
}

// other gives a fact another value.
func other(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Interface().(type) {
	case string:
		v.SetString(strings.TrimPrefix("Edm.Int32 ", v.String()))
	case bool:
		v.SetBool(!v.Bool())
	case int:
		v.SetInt(v.Int() + 7)
	case []string:
		v.Set(reflect.ValueOf([]string{"x"}))
	case *api.Body:
		v.SetZero()
	case *ir.Permissions:
		v.Set(reflect.ValueOf(&ir.Permissions{Delegated: ir.Together([]string{"x"})}))
	case *ir.LocalTime:
		v.Set(reflect.ValueOf(&ir.LocalTime{DateTime: "x"}))
	case *ir.UploadSession:
		v.Set(reflect.ValueOf(&ir.UploadSession{URL: "x"}))
	case *ir.Subscription:
		v.Set(reflect.ValueOf(&ir.Subscription{Path: "x"}))
	case []api.Segment:
		v.Set(reflect.ValueOf([]api.Segment{{Name: "x"}}))
	default:
		t.Fatalf("say here how a %s becomes another one", v.Type())
	}
}
