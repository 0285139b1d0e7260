package main

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/slice"
)

// sliceCut is one cut: the slices of one package.
type sliceCut struct {
	slice.Config
	// Pos is where the configuration describes it, for findings without a place of their own; zero if flags do.
	Pos diag.Pos
}

// names are the paths of the cut's slices.
func (c sliceCut) names() string {
	var names []string
	for _, f := range c.Files {
		names = append(names, filepath.ToSlash(f.Out))
	}
	return strings.Join(names, ", ")
}

// cuts returns what to cut: what the flags describe, or each package of the configuration that has an entry "slice". The error
// is a usageError or a diag.List.
func (o *sliceOptions) cuts() ([]sliceCut, error) {
	if o.hasSource() {
		return []sliceCut{{Config: o.sliceConfig()}}, nil
	}
	targets, err := loadConfig(o.config)
	if err != nil {
		return nil, err
	}
	return cutsOf(o.config, targets)
}

// cutsOf returns the cut of each package that has an entry "slice". The error is a diag.List; none at all is an error.
func cutsOf(config string, targets []target) ([]sliceCut, error) {
	var cuts []sliceCut
	var faults diag.List
	for _, t := range targets {
		if t.Slice == nil {
			continue
		}
		cut, found := t.cut()
		faults = append(faults, found...)
		cuts = append(cuts, cut)
	}
	if len(cuts) == 0 {
		pos := diag.Pos{File: displayPath(config)}
		if len(targets) > 0 {
			pos = targets[0].Pos
		}
		faults.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "no-slices",
			Message: "no package says what its slices are cut from", Hint: "write slice: below a package, or name sources with --openapi and --metadata; see gen slice --help"})
	}
	if faults.HasErrors() {
		return nil, faults.Sorted()
	}
	return cuts, nil
}

// cut reads what the package's slices are cut from. The package has to have an entry "slice".
func (t target) cut() (sliceCut, diag.List) {
	cfg, found := slice.ReadConfig(t.Pos.File, t.Slice)
	cut := sliceCut{cfg, diag.Pos{File: t.Pos.File, Line: t.Slice.Line, Column: t.Slice.Column}}
	if found.HasErrors() {
		return cut, found
	}
	stamps, faults := slice.Stamps(t.Pos.File, t.Slice)
	for i, f := range cut.Files {
		cut.Files[i].Stamp = stamps[f.Out]
	}
	cut.ServiceRoot = cmp.Or(cut.ServiceRoot, knownServiceRoot(cut.Metadata))
	return cut, append(found, faults...)
}

// recut returns the slices that were cut with something else than the configuration says now, in its order. Slices that are not
// there are not among them. The error is a diag.List.
func (t target) recut() ([]string, error) {
	if t.Slice == nil {
		return nil, nil
	}
	cut, found := t.cut()
	if found.HasErrors() {
		return nil, found.Sorted()
	}
	var stale []string
	for _, f := range cut.Files {
		data, err := readIfThere(f.Out)
		if err != nil {
			return nil, err
		}
		if data != nil && slice.StampOf(data) != f.Stamp {
			stale = append(stale, f.Out)
		}
	}
	return stale, nil
}

// hintAtSlices tells of a spec that is missing how it is made, if the configuration says it.
func (t target) hintAtSlices(found diag.List) {
	if t.Slice == nil {
		return
	}
	cfg, _ := slice.ReadConfig(t.Pos.File, t.Slice)
	for i, d := range found {
		made := slices.ContainsFunc(cfg.Files, func(f slice.File) bool { return filepath.Clean(f.Out) == filepath.Clean(d.File) })
		if d.Code == "unreadable-file" && d.Line == 0 && made {
			if _, err := readIfThere(d.File); err == nil {
				found[i].Hint = "run gen slice, which cuts it as slice: in " + filepath.ToSlash(t.Pos.File) + " says"
			}
		}
	}
}

// sliceConfig is the cut that the flags describe.
func (o *sliceOptions) sliceConfig() slice.Config {
	return slice.Config{
		OpenAPI: o.openapi, Metadata: o.metadata, Notes: o.notes, Docs: "{page}",
		ServiceRoot: cmp.Or(strings.TrimSuffix(o.serviceRoot, "/"), knownServiceRoot(o.metadata)),
		Files:       []slice.File{{Out: displayPath(o.out), Title: o.title, Include: o.include, Exclude: o.exclude}},
		Follow:      o.follow, Types: o.types, Without: o.without, Properties: o.kept,
		Parentheses: o.keys == slice.KeysInParentheses, Permissions: o.permissions, Clouds: o.otherClouds(),
	}
}

// otherClouds are the clouds that flags name; several sources of one are read as one.
func (o *sliceOptions) otherClouds() []slice.Cloud {
	var clouds []slice.Cloud
	for _, text := range o.clouds {
		name, source, _ := strings.Cut(text, "=")
		i := slices.IndexFunc(clouds, func(c slice.Cloud) bool { return c.Name == name })
		if i < 0 {
			i = len(clouds)
			clouds = append(clouds, slice.Cloud{Name: name})
		}
		clouds[i].Metadata = append(clouds[i].Metadata, source)
	}
	return clouds
}
