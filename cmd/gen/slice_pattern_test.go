package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// treeMetadata is a service whose paths do not end by themselves.
const treeMetadata = `<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="forest" xmlns="http://docs.oasis-open.org/odata/ns/edm">
 <EntityType Name="tree"><Key><PropertyRef Name="name"/></Key><Property Name="name" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="a" Type="Collection(forest.tree)"/><NavigationProperty Name="b" Type="Collection(forest.tree)"/>
  <NavigationProperty Name="c" Type="Collection(forest.tree)"/><NavigationProperty Name="d" Type="Collection(forest.tree)"/>
  <NavigationProperty Name="e" Type="Collection(forest.tree)"/><NavigationProperty Name="f" Type="Collection(forest.tree)"/>
 </EntityType>
 <EntityContainer Name="C"><EntitySet Name="trees" EntityType="forest.tree"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>
`

// TestSliceStops tells once where a ** stopped: a few places, all with --verbose, nothing with --quiet.
func TestSliceStops(t *testing.T) {
	const (
		message = "s.yaml: note: stopped at 6 places, such as /trees('{name}')/a; name them to go on (stopped)\n"
		hint    = "\thint: include /trees('{name}')/a/**, /trees('{name}')/b/**, /trees('{name}')/c/**, /trees('{name}')/d/**, /trees('{name}')/e/**, " +
			"and 1 more that --verbose lists\n"
		lacks = "note: the metadata does not describe what the operations do (no-descriptions)\n" +
			"\thint: take a form that has descriptions, if the service has one (for Microsoft Graph see gen slice --help), or write them: " +
			"--notes FILE, or notes: in the configuration\n"
		summary = lacks + "gen: 1 slice: 42 operations, 1 type and 0 more at the border; files: 1 written, 0 unchanged\n"
	)
	all := ""
	for _, name := range strings.Split("abcdef", "") {
		all += "\t/trees('{name}')/" + name + "/**\n"
	}
	for flag, want := range map[string]string{"--check=false": message + hint + summary, "--verbose": message + hint + all + summary, "--quiet": ""} {
		t.Chdir(t.TempDir())
		lay(t, map[string]string{"meta.xml": treeMetadata})
		got := ask("slice", "--metadata=meta.xml", "--service-root=https://forest.example", "--keys=parentheses", "--include=/trees/**", "--out=s.yaml", flag)
		if diff := cmp.Diff(result{exitOK, "", want}, got, cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", flag, diff)
		}
	}
}

func TestSliceKeys(t *testing.T) {
	got := ask("slice", "--metadata=meta.xml", "--include=/trees", "--out=s.yaml", "--keys=brackets")
	if want := "gen: --keys is segments or parentheses, not \"brackets\"; see gen --help\n"; got.code != exitUsage || !strings.HasPrefix(got.stderr, want[:60]) {
		t.Errorf("%d %s", got.code, got.stderr)
	}
}
