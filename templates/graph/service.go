package graph

// This file stands in for the one that the generator writes for each package.
const (
	defaultServiceRoot = "https://graph.microsoft.com/v1.0"
	serviceVersion     = "v1.0"
	generatorVersion   = "dev"
)
