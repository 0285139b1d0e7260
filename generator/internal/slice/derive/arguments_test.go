package derive

import (
	"testing"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// Text stands in quotes; a list does not, whatever it is of: its value in the query is JSON.
func TestFunctionArguments(t *testing.T) {
	text := csdl.TypeRef{Name: "Edm.String"}
	list := csdl.TypeRef{Name: "Edm.String", Collection: true}
	f := &csdl.Operation{Function: true, Parameters: []*csdl.Parameter{
		{Name: "name", Type: text}, {Name: "ids", Type: list}, {Name: "top", Type: csdl.TypeRef{Name: "Edm.Int32"}},
	}}
	if got, want := functionArguments(f, f.Arguments()), "(name='{name}',ids=@ids,top={top})"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
