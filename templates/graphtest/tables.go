package graphtest

import "github.com/graphslice/graphslice/templates/graph"

// This file stands in for those that the generator writes for each package.

const serviceRoot = "https://graph.microsoft.com/v1.0"

var (
	roots      []root
	types      []structuredType
	enums      []enumType
	operations []operation
	bases      []base
)

var _ *graph.Client
