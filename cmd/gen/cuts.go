package main

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

// project is what to cut: what the flags describe, or each package of the configuration that has an entry "slice". The error is a
// Diagnostics.
func (o *sliceOptions) project() (*generator.Project, error) {
	if o.hasSource() {
		return generator.OfCut(o.sliceConfig()), nil
	}
	return generator.Open(o.config)
}

// sliceConfig is the cut that the flags describe.
func (o *sliceOptions) sliceConfig() generator.SliceConfig {
	return generator.SliceConfig{
		OpenAPI: o.openapi, Metadata: o.metadata, Notes: o.notes, Docs: "{page}",
		ServiceRoot: strings.TrimSuffix(o.serviceRoot, "/"),
		Files:       []generator.SliceFile{{Out: generator.Shown(o.out), Title: o.title, Include: o.include, Exclude: o.exclude}},
		Follow:      o.follow, Types: o.types, Without: o.without, Properties: o.kept,
		Parentheses: o.keys == generator.KeysInParentheses, Permissions: o.permissions, Clouds: o.otherClouds(),
	}
}

// otherClouds are the clouds that flags name; several sources of one are read as one.
func (o *sliceOptions) otherClouds() []generator.Cloud {
	var clouds []generator.Cloud
	for _, text := range o.clouds {
		name, source, _ := strings.Cut(text, "=")
		i := slices.IndexFunc(clouds, func(c generator.Cloud) bool { return c.Name == name })
		if i < 0 {
			i = len(clouds)
			clouds = append(clouds, generator.Cloud{Name: name})
		}
		clouds[i].Metadata = append(clouds[i].Metadata, source)
	}
	return clouds
}
