package generator_test

import (
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
)

// shelf is a project of one package that is cut from the metadata of a service with books and authors.
var shelf = map[string]string{
	"graphslice.yaml": `packages:
  - specs: [specs/books.yaml]
    out: shelf
    slice:
      metadata: shelf.xml
      serviceRoot: https://shelf.example/v1
      files:
        - {out: specs/books.yaml, include: ['/books#GET']}
`,
	"shelf.xml": `<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="shelf" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="book"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="title" Type="Edm.String"/></EntityType>
<EntityType Name="author"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="books" EntityType="shelf.book"/><EntitySet Name="authors" EntityType="shelf.author"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`,
}

// open reads the configuration of the working folder.
func open(t *testing.T) *generator.Project {
	t.Helper()
	p, err := generator.Open("graphslice.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// made cuts and generates the project in the working folder.
func made(t *testing.T) {
	t.Helper()
	if cut, err := open(t).Cut(t.Context(), generator.CutOptions{}); err != nil || cut.Faults.HasErrors() {
		t.Fatal(err, cut)
	}
	if o, err := open(t).Generate(t.Context(), generator.Options{}); err != nil || o.Failed() {
		t.Fatal(err, o.Diagnostics())
	}
}

// A check finds what has changed since the project was cut and generated, and changes nothing itself.
func TestProjectChecks(t *testing.T) {
	for name, test := range map[string]struct {
		path, text              string // of a file that is written meanwhile
		outdated, edited, recut bool
	}{
		"nothing": {},
		"an edit": {path: "shelf/models.go", text: generator.Header + "\n\npackage shelf\n", outdated: true, edited: true},
		"another include": {path: "graphslice.yaml", recut: true,
			text: "packages: [{specs: [specs/books.yaml], out: shelf, slice: {metadata: shelf.xml, files: [{out: specs/books.yaml, include: [/authors]}]}}]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			disktest.Lay(t, ".", shelf)
			made(t)
			if test.path != "" {
				disktest.Lay(t, ".", map[string]string{test.path: test.text})
			}
			before := disktest.Read(t, ".")
			o, err := open(t).Check(t.Context(), generator.Options{})
			if err != nil || o.Failed() {
				t.Fatal(err, o.Diagnostics())
			}
			if o.Outdated() != test.outdated || o.Edited() != test.edited || o.ToRecut() != test.recut {
				t.Errorf("outdated %t, edited %t, to recut %t", o.Outdated(), o.Edited(), o.ToRecut())
			}
			if diff := cmp.Diff(before, disktest.Read(t, ".")); diff != "" {
				t.Errorf("-before +after:\n%s", diff)
			}
		})
	}
}

// An addition comes as a whole, into the configuration, the slice and the package, or not at all.
func TestProjectAdds(t *testing.T) {
	failing := func(context.Context, generator.Config) (*generator.Result, error) {
		result := &generator.Result{}
		result.Diagnostics.Errorf(generator.Pos{}, "odd", "at fault")
		return result, nil
	}
	for name, make := range map[string]func(context.Context, generator.Config) (*generator.Result, error){"whole": nil, "not at all": failing} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			disktest.Lay(t, ".", shelf)
			made(t)
			before := disktest.Read(t, ".")
			p := open(t)
			addition, err := p.Addition(p.Targets[0], "specs/books.yaml", true, []string{"/books#GET", "/authors#GET"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"/authors#GET"}, addition.Added); diff != "" || len(addition.Present) != 1 {
				t.Errorf("-want +added:\n%s%v", diff, addition.Present)
			}
			o, err := addition.Apply(t.Context(), generator.AddOptions{Make: make})
			if err != nil || o.Failed() != (make != nil) {
				t.Fatal(err, o)
			}
			if make != nil {
				if diff := cmp.Diff(before, disktest.Read(t, ".")); diff != "" {
					t.Errorf("-before +after:\n%s", diff)
				}
				return
			}
			after, err := addition.Stock(t.Context())
			if err != nil || len(o.Before.Listing.Operations) != 1 || len(after.Listing.Operations) != 2 || after.Lines <= o.Before.Lines {
				t.Errorf("%v, operations were %d and are %d", err, len(o.Before.Listing.Operations), len(after.Listing.Operations))
			}
		})
	}
}

// What a change means is said of the package as it is, without changing it.
func TestProjectDiffs(t *testing.T) {
	t.Chdir(t.TempDir())
	disktest.Lay(t, ".", shelf)
	made(t)
	if err := os.Remove("specs/books.yaml"); err != nil {
		t.Fatal(err)
	}
	p := generator.OfCut(generator.SliceConfig{Metadata: []string{"shelf.xml"}, ServiceRoot: "https://shelf.example/v1",
		Files: []generator.SliceFile{{Out: "specs/books.yaml", Include: []string{"/authors#GET"}}}})
	if cut, err := p.Cut(t.Context(), generator.CutOptions{}); err != nil || cut.Faults.HasErrors() {
		t.Fatal(err, cut)
	}
	reports, err := open(t).Diff(t.Context(), "")
	if err != nil || len(reports) != 1 || reports[0].Count().Breaking == 0 {
		t.Errorf("%v, %+v", err, reports)
	}
	subject, found, err := open(t).Inspect(t.Context())
	if err != nil || subject == nil || len(subject.List().Operations) != 1 {
		t.Errorf("%v, %v", err, found)
	}
}
