package slice_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// This file reads the committed slices as anybody would, knowing nothing of how they are made, and compares what they say with the
// metadata: every type, property, member, nullability and navigation.

// schema is what of an OpenAPI schema is compared.
type schema struct {
	Ref               string   `yaml:"$ref"`
	AllOf             []schema `yaml:"allOf"`
	AnyOf             []schema `yaml:"anyOf"`
	Type, Description string
	Format            string
	Nullable          bool
	Enum              []string
	Items             *schema
	Properties        map[string]schema
	Navigation        bool `yaml:"x-ms-navigationProperty"`
	Contained         bool `yaml:"x-graphslice-contains-target"`
	Open              bool `yaml:"x-graphslice-open-type"`
	Abstract          bool `yaml:"x-graphslice-abstract"`
	Border            bool `yaml:"x-graphslice-reference"`
	Flags             *struct {
		IsFlags bool `yaml:"isFlags"`
	} `yaml:"x-ms-enum-flags"`
	Discriminator struct{ Mapping map[string]string }
}

type document struct {
	Paths      map[string]map[string]yaml.Node
	Components struct{ Schemas map[string]schema }
}

func committedDocument(t *testing.T, path string) document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := yaml.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// compareMetadata compares a committed slice with the metadata.
func compareMetadata(t *testing.T, metadata *csdl.Document, cfg slice.Config, out string) {
	compared := 0
	for name, s := range committedDocument(t, out).Components.Schemas {
		var want, got facts
		if typ := metadata.Type(name); typ != nil {
			want, got = typeFacts(typ, s.Border, cfg.Without), schemaFacts(s)
			compareMembers(t, typ, s)
		} else if enum := metadata.Enum(name); enum != nil {
			want, got = enumFacts(enum), facts{"members": s.Enum, "flags": s.Flags != nil && s.Flags.IsFlags}
		} else {
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-metadata +slice):\n%s", name, diff)
		}
		compared++
	}
	if compared < 15 {
		t.Errorf("only %d types were compared", compared)
	}
}

// compareMembers makes sure that every kind of member of a conversation can be told apart.
func compareMembers(t *testing.T, typ *csdl.Type, s schema) {
	if typ.Name != "microsoft.graph.conversationMember" {
		return
	}
	var want []string
	for _, d := range typ.Derived {
		want = append(want, "#"+d.Name)
	}
	if len(want) != 7 {
		t.Errorf("the metadata has %d kinds of member", len(want))
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(s.AllOf[1].Discriminator.Mapping))); diff != "" {
		t.Errorf("discriminator of %s (-metadata +slice):\n%s", typ.Name, diff)
	}
}

// facts are what is compared of a type: each property's as a text.
type facts map[string]any

func enumFacts(e *csdl.Enum) facts {
	var members []string
	for _, m := range e.Members {
		members = append(members, m.Name)
	}
	return facts{"members": members, "flags": e.Flags}
}

func typeFacts(t *csdl.Type, border bool, without []string) facts {
	f := facts{"open": t.Open, "abstract": t.Abstract, "base": ""}
	if t.Base != nil {
		f["base"] = t.Base.Name
	}
	for _, p := range t.Properties {
		isLeftOut := slices.ContainsFunc(without, func(pattern string) bool {
			return p.Type.Name == pattern || strings.HasSuffix(pattern, "*") && strings.HasPrefix(p.Type.Name, strings.TrimSuffix(pattern, "*"))
		})
		if isLeftOut || border && !slices.Contains(t.Key, p.Name) {
			continue
		}
		text := p.Type.String()
		if p.Navigation {
			text += " navigation"
		}
		if p.Contained {
			text += " contained"
		}
		if p.Nullable && !(p.Navigation && p.Type.Collection) {
			text += " nullable"
		}
		f["property "+p.Name] = text
	}
	return f
}

// schemaFacts are those of a slice's schema.
func schemaFacts(s schema) facts {
	f := facts{"open": s.Open, "abstract": s.Abstract, "base": ""}
	own := s
	if len(s.AllOf) == 2 {
		f["base"] = refName(s.AllOf[0])
		own = s.AllOf[1]
	}
	for name, p := range own.Properties {
		if !strings.HasPrefix(name, "@odata.") {
			f["property "+name] = propertyFact(p)
		}
	}
	return f
}

func propertyFact(s schema) string {
	value := s
	text := "%"
	if s.Type == "array" {
		value, text = *s.Items, "Collection(%)"
	}
	name, nullable := edmName(value), value.Nullable
	if len(value.AnyOf) == 2 {
		name, nullable = refName(value.AnyOf[0]), value.AnyOf[1].Nullable
	} else if len(value.AllOf) == 1 {
		name = refName(value.AllOf[0])
	}
	text = strings.Replace(text, "%", name, 1)
	if s.Navigation {
		text += " navigation"
	}
	if s.Contained {
		text += " contained"
	}
	if nullable {
		text += " nullable"
	}
	return text
}

func refName(s schema) string { return strings.TrimPrefix(s.Ref, "#/components/schemas/") }

// edmName is the primitive type that a schema stands for.
func edmName(s schema) string {
	if s.Ref != "" {
		return refName(s)
	}
	names := map[string]string{
		"string": "Edm.String", "boolean": "Edm.Boolean", "number int32": "Edm.Int32", "string date-time": "Edm.DateTimeOffset",
		"string duration": "Edm.Duration",
	}
	return names[strings.TrimSpace(s.Type+" "+s.Format)]
}

// TestSpecsOperations lists what the slices offer. It needs no metadata.
func TestSpecsOperations(t *testing.T) {
	members := func(path string) []string {
		return []string{"GET " + path, "POST " + path, "GET " + path + "/$count", "POST " + path + "/microsoft.graph.add", "POST " + path + "/microsoft.graph.remove",
			"GET " + path + "/{conversationMember-id}", "PATCH " + path + "/{conversationMember-id}", "DELETE " + path + "/{conversationMember-id}"}
	}
	common := slices.Concat([]string{
		"GET /chats", "POST /chats", "GET /chats/{chat-id}", "PATCH /chats/{chat-id}", "DELETE /chats/{chat-id}",
		"GET /chats/{chat-id}/installedApps", "POST /chats/{chat-id}/installedApps",
		"GET /chats/{chat-id}/installedApps/{teamsAppInstallation-id}", "DELETE /chats/{chat-id}/installedApps/{teamsAppInstallation-id}",
		"POST /chats/{chat-id}/installedApps/{teamsAppInstallation-id}/microsoft.graph.upgrade",
		"GET /chats/{chat-id}/lastMessagePreview",
		"POST /chats/{chat-id}/microsoft.graph.hideForUser", "POST /chats/{chat-id}/microsoft.graph.unhideForUser",
		"POST /chats/{chat-id}/microsoft.graph.markChatReadForUser", "POST /chats/{chat-id}/microsoft.graph.markChatUnreadForUser",
		"GET /me/chats", "GET /me/chats/{chat-id}", "GET /users/{user-id}/chats", "GET /users/{user-id}/chats/{chat-id}",
		"GET /teams/{team-id}/operations/{teamsAsyncOperation-id}",
	}, members("/chats/{chat-id}/members"), members("/teams/{team-id}/members"), members("/teams/{team-id}/channels/{channel-id}/members"))
	want := map[string][]string{
		"v1.0": common,
		"beta": append(slices.Clone(common), "GET /chats/{chat-id}/operations", "GET /chats/{chat-id}/operations/{teamsAsyncOperation-id}"),
	}
	for version, want := range want {
		var got []string
		for _, name := range []string{"chats.yaml", "conversationMember.yaml"} {
			for path, item := range committedDocument(t, filepath.Join(repository, "specs", version, name)).Paths {
				for method := range item {
					if method != "parameters" {
						got = append(got, strings.ToUpper(method)+" "+path)
					}
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("operations of %s (-want +got):\n%s", version, diff)
		}
	}
}
