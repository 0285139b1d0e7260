package inspect_test

import (
	"context"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/inspect"
)

func init() {
	inspect.Reader = func(specs ...string) (*inspect.Subject, diag.List, error) {
		return generator.Of(generator.Config{Specs: specs, Package: "graph"}, "").Inspect(context.Background())
	}
}
