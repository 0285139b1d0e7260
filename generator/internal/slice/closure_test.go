package slice_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// A post office: messages with attachments that hold other items, and a type that nothing refers to.
const post = `<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="micro.post" Alias="p" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
  <EntityType Name="item" BaseType="p.entity" Abstract="true"><Property Name="created" Type="Edm.DateTimeOffset"/></EntityType>
  <EntityType Name="message" BaseType="p.item">
    <Property Name="from" Type="p.party"/>
    <Property Name="copies" Type="Collection(p.company)"/>
    <Property Name="stamp" Type="p.stamp"/>
    <NavigationProperty Name="attachments" Type="Collection(p.attachment)" ContainsTarget="true"/>
    <NavigationProperty Name="box" Type="p.box"/>
  </EntityType>
  <EntityType Name="note" BaseType="p.item"><Property Name="text" Type="Edm.String"/></EntityType>
  <EntityType Name="attachment" BaseType="p.entity" Abstract="true"><Property Name="name" Type="Edm.String"/></EntityType>
  <EntityType Name="itemAttachment" BaseType="p.attachment"><NavigationProperty Name="item" Type="p.item" ContainsTarget="true"/></EntityType>
  <EntityType Name="fileAttachment" BaseType="p.attachment"><Property Name="size" Type="Edm.Int32"/></EntityType>
  <EntityType Name="box" BaseType="p.entity"><NavigationProperty Name="messages" Type="Collection(p.message)" ContainsTarget="true"/></EntityType>
  <ComplexType Name="party"><Property Name="name" Type="Edm.String"/></ComplexType>
  <ComplexType Name="company" BaseType="p.party"><Property Name="office" Type="p.address"/></ComplexType>
  <ComplexType Name="address"><Property Name="street" Type="Edm.String"/></ComplexType>
  <ComplexType Name="stamp"><Property Name="value" Type="Edm.Int32"/></ComplexType>
  <ComplexType Name="notice"><Property Name="about" Type="Collection(p.receipt)"/></ComplexType>
  <ComplexType Name="receipt"><Property Name="no" Type="Edm.Int32"/></ComplexType>
  <EntityContainer Name="Service">
    <EntitySet Name="messages" EntityType="p.message"/>
    <EntitySet Name="boxes" EntityType="p.box"/>
    <EntitySet Name="notes" EntityType="p.note"/>
  </EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// own is the part of a schema that is not its base's.
func (s schema) own() schema {
	if len(s.AllOf) > 1 {
		return s.AllOf[1]
	}
	return s
}

// target is the schema that a property, or an item of it, refers to.
func (s schema) target() string {
	for s.Items != nil {
		s = *s.Items
	}
	for _, part := range append(append([]schema{s}, s.AnyOf...), s.AllOf...) {
		if part.Ref != "" {
			return strings.TrimPrefix(part.Ref, "#/components/schemas/")
		}
	}
	return ""
}

func sortedWords(words []string) string {
	slices.Sort(words)
	return strings.Join(words, " ")
}

func postConfig(t *testing.T, includes ...[]string) slice.Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "post.xml")
	if err := os.WriteFile(file, []byte(post), 0o666); err != nil {
		t.Fatal(err)
	}
	cfg := slice.Config{Metadata: []string{file}, ServiceRoot: "https://post.example/v1", Docs: "{page}"}
	for _, include := range includes {
		cfg.Files = append(cfg.Files, slice.File{Out: "x.yaml", Title: "X", Include: include})
	}
	return cfg
}

// cutSchemas cuts and returns the schemas of each document, with the diagnostics as texts.
func cutSchemas(t *testing.T, cfg slice.Config) ([]map[string]schema, []string) {
	t.Helper()
	result, _ := cutAll(t, cfg)
	var all []map[string]schema
	for _, d := range result.Documents {
		var read struct {
			Components struct{ Schemas map[string]schema }
		}
		if err := yaml.Unmarshal(d.Render(), &read); err != nil {
			t.Fatal(err)
		}
		all = append(all, read.Components.Schemas)
	}
	var texts []string
	for _, d := range result.Diagnostics {
		texts = append(texts, d.String())
	}
	return all, texts
}

// mapping is the descendants that a schema tells apart, in short.
func mapping(s schema) string {
	var names []string
	for name := range s.own().Discriminator.Mapping {
		names = append(names, ir.ShortName(name))
	}
	return sortedWords(names)
}

// What is contained in a body is a note with the line to paste, and comes in with it.
func TestFollowBodies(t *testing.T) {
	note := "note: 1 contained navigation property of bodies stays at the border, where only keys are described: follow: [message.attachments] (bodies)" +
		"\n\thint: write those that the program sends or reads below slice:, or follow: bodies for all (--follow TYPE.PROPERTY, --follow bodies)"
	cases := map[string]struct {
		include, follow []string
		want            []string
	}{
		"read only": {[]string{"/messages#GET"}, nil, nil},
		"sent":      {[]string{"/messages#POST"}, nil, []string{note}},
		"changed":   {[]string{"/messages/{id}#PATCH"}, nil, []string{note}},
		"two":       {[]string{"/messages#POST", "/boxes#POST"}, nil, []string{note}}, // messages is described anyhow
		"two at the edge": {[]string{"/boxes#POST", "/messages/{id}/attachments#POST"}, nil, []string{strings.NewReplacer(
			"1 contained navigation property of bodies stays", "2 contained navigation properties of bodies stay",
			"[message.attachments]", "[box.messages, itemAttachment.item]").Replace(note)}},
		"followed": {[]string{"/messages#POST"}, []string{"message.attachments"}, nil},
		"bodies":   {[]string{"/messages#POST"}, []string{"bodies"}, nil},
		"one step": {[]string{"/boxes#POST"}, []string{"bodies"}, nil},
	}
	for name, c := range cases {
		cfg := postConfig(t, c.include)
		cfg.Follow = c.follow
		documents, diags := cutSchemas(t, cfg)
		if diff := cmp.Diff(c.want, diags); diff != "" {
			t.Errorf("%s: diagnostics (-want +got):\n%s", name, diff)
		}
		if name == "bodies" && mapping(documents[0]["micro.post.attachment"]) != "fileAttachment itemAttachment" {
			t.Errorf("bodies: attachments are %q", mapping(documents[0]["micro.post.attachment"]))
		}
		if name == "one step" && !documents[0]["micro.post.attachment"].Border {
			t.Error("follow: bodies took more than a step")
		}
	}
}

// A base that is only navigated to or derived from tells apart what is in the document.
func TestDiscriminators(t *testing.T) {
	cfg := postConfig(t, []string{"/messages#POST"}, []string{"/notes#GET"})
	cfg.Follow = []string{"bodies"}
	documents, _ := cutSchemas(t, cfg)
	for i, want := range []map[string]string{
		{"item": "message", "attachment": "fileAttachment itemAttachment", "party": "company",
			"entity": "attachment fileAttachment item itemAttachment message", "message": "", "box": ""},
		{"item": "note", "entity": "item note", "note": ""},
	} {
		for name, want := range want {
			if got := mapping(documents[i]["micro.post."+name]); got != want {
				t.Errorf("document %d: %s tells apart %q, want %q", i, name, got, want)
			}
		}
	}
	if item := documents[0]["micro.post.item"]; !item.Abstract {
		t.Error("item is not abstract")
	}
	if border := documents[0]["micro.post.box"]; !border.Border || border.Abstract {
		t.Errorf("box is %+v", border)
	}
}

// At the border abstract types say that they are.
func TestAbstractAtTheBorder(t *testing.T) {
	documents, _ := cutSchemas(t, postConfig(t, []string{"/messages#GET"}))
	if s := documents[0]["micro.post.attachment"]; !s.Border || !s.Abstract {
		t.Errorf("attachment is %+v", s)
	}
}

// A type that nothing refers to goes into the first document, with what it needs.
func TestTypesThatNothingRefersTo(t *testing.T) {
	cfg := postConfig(t, []string{"/notes#GET"}, []string{"/boxes#GET"})
	cfg.Types = []string{"notice", "box"}
	documents, diags := cutSchemas(t, cfg)
	if len(diags) > 0 {
		t.Error(diags)
	}
	has := func(i int) string {
		var names []string
		for _, name := range []string{"notice", "receipt", "box"} {
			if _, ok := documents[i]["micro.post."+name]; ok {
				names = append(names, name)
			}
		}
		return sortedWords(names)
	}
	if got := []string{has(0), has(1)}; got[0] != "notice receipt" || got[1] != "box" {
		t.Errorf("the documents have %q", got)
	}
}

// A property of a type that is left out stays.
func TestLeftOut(t *testing.T) {
	hint := "\n\thint: to have the type, take it out of without"
	cases := map[string]struct {
		without []string
		want    []string
		refs    map[string]string
	}{
		"a base is left": {[]string{"company"},
			[]string{"left.yaml:3:4: warning: micro.post.message/copies is declared with micro.post.company, which is left out: the slice has micro.post.party instead (left-out)" + hint},
			map[string]string{"copies": "micro.post.party", "from": "micro.post.party"}},
		"nothing is left": {[]string{"stamp", "party", "company"},
			[]string{
				"left.yaml:3:4: warning: micro.post.message/stamp is declared with micro.post.stamp, which is left out: the slice has any JSON instead (left-out)" + hint,
				"left.yaml:4:4: warning: micro.post.message/from is declared with micro.post.party, which is left out: the slice has any JSON instead (left-out)" + hint,
				"left.yaml:5:4: warning: micro.post.message/copies is declared with micro.post.company, which is left out: the slice has any JSON instead (left-out)" + hint,
			},
			map[string]string{"copies": "", "from": "", "stamp": ""}},
		"an entity": {[]string{"attachment"},
			[]string{"left.yaml:3:4: warning: micro.post.message/attachments is declared with micro.post.attachment, which is left out: the slice has micro.post.entity instead (left-out)" + hint},
			map[string]string{"attachments": "micro.post.entity"}},
		"by the beginning of its name": {[]string{"attachm*"},
			[]string{"left.yaml:3:4: warning: micro.post.message/attachments is declared with micro.post.attachment, which is left out: the slice has micro.post.entity instead (left-out)" + hint},
			map[string]string{"attachments": "micro.post.entity"}},
		"what nothing is declared with": {[]string{"note"}, nil, map[string]string{"from": "micro.post.party"}},
	}
	for name, c := range cases {
		cfg := postConfig(t, []string{"/messages#GET"})
		cfg.Without, cfg.Positions = c.without, map[slice.Entry]diag.Pos{}
		for i, name := range c.without {
			cfg.Positions[slice.Entry{List: "without", Text: name}] = diag.Pos{File: "left.yaml", Line: 3 + i, Column: 4}
		}
		documents, diags := cutSchemas(t, cfg)
		if diff := cmp.Diff(c.want, diags); diff != "" {
			t.Errorf("%s: diagnostics (-want +got):\n%s", name, diff)
		}
		properties := documents[0]["micro.post.message"].own().Properties
		for property, want := range c.refs {
			if p, ok := properties[property]; !ok || p.target() != want {
				t.Errorf("%s: %s refers to %q (there: %t), want %q", name, property, p.target(), ok, want)
			}
		}
	}
}

// Faults of the configuration are where it says what is wrong.
func TestPositionsOfFaults(t *testing.T) {
	cfg := postConfig(t)
	read, faults := parseConfig(t, `metadata: [post.xml]
files:
  - {out: a.yaml, title: A, include: ['/messages#GET',
       /mesages]}
follow: [message.attachment]
types: [mesage]
without: [compny]
properties:
  party: [name, nam]
  stmp: [value]
keep: [prty, party.nam, micro.post.party/name]
`)
	if faults != "" {
		t.Fatal(faults)
	}
	cfg.Files, cfg.Follow, cfg.Types, cfg.Without, cfg.Properties, cfg.Positions =
		read.Files, nil, nil, nil, nil, read.Positions
	at := filepath.ToSlash(filepath.Join("project", "graphslice.yaml"))
	check := func(name, want string) {
		t.Helper()
		result, err := slice.Cut(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if got := filepath.ToSlash(result.Diagnostics.Error()); !strings.HasPrefix(got, want) {
			t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(want, got))
		}
	}
	check("patterns", at+":4:8: error: the pattern /mesages selects no operation (no-match)\n\thint: the nearest paths are /messages") // and others
	cfg.Files[0].Include = cfg.Files[0].Include[:1]
	cfg.Follow, cfg.Types, cfg.Without, cfg.Properties, cfg.Keep = read.Follow, read.Types, read.Without, read.Properties, read.Keep
	check("names", strings.Join([]string{
		at + ":5:10: error: micro.post.message has no navigation property attachment (no-such-property)\n\thint: the nearest is attachments",
		at + ":6:9: error: types names mesage, which is no type of the metadata (no-such-type)\n\thint: the nearest is message",
		at + ":7:11: error: without names compny, which is no type of the metadata (no-such-type)\n\thint: the nearest is company",
		at + ":9:17: error: micro.post.party has no property nam to keep (no-such-property)\n\thint: the nearest is name",
		at + ":10:3: error: properties names stmp, which is no type of the metadata (no-such-type)\n\thint: the nearest is stamp",
		at + ":11:8: error: keep names prty, which is no type of the metadata (no-such-type)\n\thint: the nearest is party",
		at + ":11:14: error: micro.post.party has no property nam to keep (no-such-property)\n\thint: the nearest is name",
	}, "\n"))
}
