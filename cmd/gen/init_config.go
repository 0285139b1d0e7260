package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/graphslice/graphslice/generator"
)

//go:embed starter/from.yaml.tmpl
var fromConfig string

// fromPackage is a package of the configuration that old code becomes.
type fromPackage struct {
	Spec, Out, Name, Metadata, Root, View string
	Known                                 bool // it is one of Graph's own versions
	Include                               []string
}

// configOf writes the configuration for what old code asks for: a package for each service.
func configOf(old *generator.OldCode) ([]byte, error) {
	var packages []fromPackage
	for _, op := range old.Operations() {
		if len(packages) == 0 || packages[len(packages)-1].Root != plainYAML(op.Service) {
			packages = append(packages, packageFor(op.Service, packages))
		}
		p := &packages[len(packages)-1]
		last := len(p.Include) - 1
		if last >= 0 && strings.HasPrefix(p.Include[last], op.Path+"#") {
			p.Include[last] += "," + op.Method
			continue
		}
		p.Include = append(p.Include, op.Path+"#"+op.Method)
	}
	slices.SortStableFunc(packages, func(a, b fromPackage) int { return cmp.Compare(len(a.Name), len(b.Name)) }) // gen add takes the first
	for _, p := range packages {
		for i := range p.Include {
			p.Include[i] = plainYAML(p.Include[i])
		}
	}
	t, err := template.New("").Funcs(template.FuncMap{"join": strings.Join}).Parse(fromConfig)
	if err != nil {
		return nil, err
	}
	var models []generator.OldModel
	for _, m := range old.Models {
		if len(m.Properties) > 0 {
			models = append(models, m)
		}
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"Packages": packages, "Permissions": permissionsTable, "Models": models})
	return b.Bytes(), err
}

// packageFor is a package for a service beside those that are there.
func packageFor(root string, others []fromPackage) fromPackage {
	version := root[strings.LastIndexByte(root, '/')+1:]
	suffix := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(version))
	if regexp.MustCompile(`^v\d`).MatchString(version) {
		suffix = ""
	}
	name := "graph" + suffix
	for n := 2; slices.ContainsFunc(others, func(p fromPackage) bool { return p.Name == name }); n++ {
		name = fmt.Sprint("graph", suffix, n)
	}
	p := fromPackage{Spec: "specs/" + name + "/program.yaml", Out: "internal/" + name, Name: name, Root: plainYAML(root), Metadata: plainYAML(root + "/$metadata")}
	for address, view := range map[string]string{cleanedV1: "1.0", cleanedBeta: "beta"} {
		if knownServiceRoot([]string{address}) == root {
			p.Known, p.Metadata, p.View = true, address, view
		}
	}
	return p
}

// plain is text that YAML reads as it is.
var plain = regexp.MustCompile(`^[/\w][/\w{}().,=$#:-]*$`)

// plainYAML is a text as a value of YAML.
func plainYAML(text string) string {
	if plain.MatchString(text) && !strings.HasSuffix(text, ":") {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
