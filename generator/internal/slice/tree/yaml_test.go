package tree

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

func render(n *Node) string {
	var b bytes.Buffer
	writeYAML(&b, n, 0)
	return b.String()
}

func TestWriteYAML(t *testing.T) {
	long := "Words that are many enough to need more than one line, because a line of a slice is never longer than a hundred " +
		"and twenty letters; they are folded."
	n := Map().
		Set("openapi", Str("3.0.4")).
		Set("info", Map().Set("version", Str("1.0")).Set("title", Str("A: b")).Set("nothing", nil)).
		Set("/chats/{chat-id}", Map().Set("tags", Strs([]string{"chats.chat", "yes"})).Set("2XX", True())).
		Set("201", Seq(Map().Set("azureaadv2", Strs([]string{"Chat.Create"})).Set("also", Seq()), Seq(Str("inner")))).
		Set("@odata.type", Map().Set("empty", Map()).Set("quote", Str("it's")).Set("lines", Str("a\nb"))).
		Set("description", Str(long))
	want := `openapi: 3.0.4
info:
  version: '1.0'
  title: 'A: b'
/chats/{chat-id}:
  tags:
    - chats.chat
    - 'yes'
  2XX: true
'201':
  - azureaadv2:
      - Chat.Create
    also: []
  -
    - inner
'@odata.type':
  empty: {}
  quote: it's
  lines: "a\nb"
description: >-
  Words that are many enough to need more than one line, because a line of a slice is never longer than a hundred and
  twenty letters; they are folded.
`
	if diff := cmp.Diff(want, render(n)); diff != "" {
		t.Errorf("YAML (-want +got):\n%s", diff)
	}
}

// TestScalarsReadBack writes strings of every awkward kind, as keys and as values, and reads them with another reader.
func TestScalarsReadBack(t *testing.T) {
	texts := []string{"", " ", "a b", " a", "a ", "null", "~", "true", "No", "1", "1.0", "3.0.4", "0x1F", "1e3", "12:30", "2024-01-02",
		"-", "- a", "-1", "?", "a: b", "a:b", "a:", "a #b", "a#b", "#a", "'", "\"", "it's", "{a}", "[a]", "a, b", "&a", "*", "**", "!a", "|", ">",
		"%a", "@a", "`a", "=", "<<", "...", "---", "a\nb", "a\n", "\ta", "é", "日本", "\u2028", "\ufeffa", "\x00", "\u007f", "$ref", "(a='{a}')",
		"^[0-9]{4,}-(0[1-9]|1[012])$", ".inf", ".5", "+1", "1_000", "0o7", "\\", "a\\n", "😀", "x\u202ey"}
	for _, s := range texts {
		written := render(Map().Set("k", Str(s)).Set("x"+s, Str("v")).Set("seq", Seq(Str(s))))
		var got struct {
			K   any
			Seq []any
		}
		if err := yaml.Unmarshal([]byte(written), &got); err != nil {
			t.Errorf("%q: %v in\n%s", s, err, written)
			continue
		}
		if diff := cmp.Diff([]any{s, s}, append([]any{got.K}, got.Seq...)); diff != "" {
			t.Errorf("%q reads back differently (-want +got):\n%s\n%s", s, diff, written)
		}
	}
}

func TestFoldedTextReadsBack(t *testing.T) {
	for _, word := range []string{"a", "word", "'quoted'", "a:", "#x", "- a", "https://learn.microsoft.com/graph/api/resources/chat?view=graph-rest-1.0"} {
		s := word
		for range 60 {
			s += " " + word
		}
		var got struct{ K struct{ D string } }
		written := render(Map().Set("k", Map().Set("d", Str(s))))
		if err := yaml.Unmarshal([]byte(written), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, got.K.D); diff != "" {
			t.Errorf("folded text (-want +got):\n%s", diff)
		}
	}
}

// TestNodeOf reads what was written, and writes it again.
func TestNodeOf(t *testing.T) {
	const want = `a:
  - b: 1
    c: '1'
  - true
  - null
'404': {}
text: two words
`
	var y yaml.Node
	if err := yaml.Unmarshal([]byte(want), &y); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, render(NodeOf(&y))); diff != "" {
		t.Errorf("written again (-want +got):\n%s", diff)
	}
}

// TestInline writes lists and mappings on one line, long lists on several, and reads awkward strings back.
func TestInline(t *testing.T) {
	var names []string
	for range 12 {
		names = append(names, "Permissions.Read.All")
	}
	n := Map().
		Set("least", Strs([]string{"Chat.Read", "A B"}).OnLine()).
		Set("about", Map().Set("id", Raw("3b55498e-47ec-484f-8136-9013221c06a9")).Set("level", Raw("3")).OnLine()).
		Set("none", Map().OnLine()).
		Set("inner", Map().Set("other", Strs(names).OnLine()))
	want := `least: [Chat.Read, A B]
about: {id: 3b55498e-47ec-484f-8136-9013221c06a9, level: 3}
none: {}
inner:
  other: [Permissions.Read.All, Permissions.Read.All, Permissions.Read.All, Permissions.Read.All,
    Permissions.Read.All, Permissions.Read.All, Permissions.Read.All, Permissions.Read.All, Permissions.Read.All,
    Permissions.Read.All, Permissions.Read.All, Permissions.Read.All]
`
	if diff := cmp.Diff(want, render(n)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	awkward := []string{"", "a: b", "a:", ":a", "-", "- a", "a, b", "[a]", "{a}", "'", "#a", "a #b", "true", "1", "null", "a\nb", "it's a, b", "\u2028", "?", "*", "//a"}
	var back map[string][]string
	text := render(Map().Set("all", Strs(awkward).OnLine()))
	if err := yaml.Unmarshal([]byte(text), &back); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	if diff := cmp.Diff(awkward, back["all"]); diff != "" {
		t.Errorf("%s: -want +got:\n%s", text, diff)
	}
}
