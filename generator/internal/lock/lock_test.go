package lock

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	hashA = Hash([]byte("a"))
	hashB = Hash([]byte("b"))
)

// lines joins entries whose fields are separated by spaces; a ~ is a space inside of a field.
func lines(entries ...string) string {
	text := strings.NewReplacer(" ", "\t", "~", " ").Replace(strings.Join(entries, "\n")) + "\n"
	return strings.NewReplacer("HASHA", hashA, "HASHB", hashB).Replace(text)
}

func TestFormat(t *testing.T) {
	l := Lock{
		Version: "0.1.0", Rules: 12, Options: hashA, Config: "../graphslice.yaml",
		Inputs: []Input{{Path: "../b c.yaml", Hash: hashB}, {Path: "../a.yaml", Hash: hashA}, {Path: "https://api.example/x.yaml"}},
		Files:  []File{{Name: "b.go", Hash: hashA, OldDocs: true}, {Name: "a.go", Hash: hashB}},
		Elements: []Element{
			{Kind: "type", ID: "ns.b", Name: "B", Facts: `{"a":"b\nc"}`, Kept: true},
			{Kind: "operation", ID: "GET /b", Name: "List"},
			{Kind: "type", ID: "ns.a", Name: "A", Kept: true},
			{Kind: "property", ID: "ns.a/\t\x00\"x\n", Name: "X", Facts: "{}"},
			{Kind: "property", ID: `"quoted"`, Name: "Quoted"},
			{Kind: "type", ID: "ns.a", Name: "A", Kept: true},
		},
	}
	want := head + lines("format 1", "graphslice 0.1.0", "names 12", "options HASHA", "config ../graphslice.yaml",
		"input ../a.yaml HASHA", "input ../b~c.yaml HASHB", "input https://api.example/x.yaml",
		"file a.go HASHB", "file b.go HASHA older-docs",
		"operation GET~/b List", `property "\"quoted\"" Quoted`, `property "ns.a/\t\x00\"x\n" X {}`,
		"type ns.a A  kept", `type ns.b B {"a":"b\nc"} kept`)
	got := string(l.Format())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for name, text := range map[string]string{"Unix": got, "Windows": strings.ReplaceAll(got, "\n", "\r\n")} {
		parsed, err := Parse("x", []byte(text))
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(got, string(parsed.Format())); diff != "" || parsed.Merged {
			t.Errorf("%s: read and written again (merged %t): -want +got:\n%s", name, parsed.Merged, diff)
		}
	}
}

func TestWithoutDocs(t *testing.T) {
	for facts, want := range map[string]string{
		"": "", "x": "x", "[]": "[]", "{}": "{}",
		`{"type":"a","doc":"1234","deprecated":{"text":"x"}}`: `{"type":"a"}`,
		`{"b":1,"a":{"doc":2}}`:                               `{"a":{"doc":2},"b":1}`,
	} {
		if got := (Element{Facts: facts}).WithoutDocs().Facts; got != want {
			t.Errorf("%s is %s, want %s", facts, got, want)
		}
	}
}

func TestParseMerged(t *testing.T) {
	const top = "format 1"
	tests := map[string]struct {
		text string
		want Lock
	}{
		"nothing was merged": {
			lines(top, "graphslice 0.1.0", "names 3", "options HASHA", "file a.go HASHA"),
			Lock{Version: "0.1.0", Rules: 3, Options: hashA, Files: []File{{Name: "a.go", Hash: hashA}}},
		},
		"a union of the same": {
			lines(top, "graphslice 0.1.0", "graphslice 0.1.0", "file a.go HASHA", "file a.go HASHA", "input a HASHB", "input a HASHB", top),
			Lock{Version: "0.1.0", Files: []File{{Name: "a.go", Hash: hashA}}, Inputs: []Input{{Path: "a", Hash: hashB}}},
		},
		"a union of files": {
			lines(top, "file b.go HASHB", "file a.go HASHB", "file a.go HASHA"),
			Lock{Merged: true, Files: []File{{Name: "a.go", Hash: hashA}, {Name: "a.go", Hash: hashB}, {Name: "b.go", Hash: hashB}}}.ordered(),
		},
		"a union of versions":    {lines(top, "graphslice 0.1.0", "graphslice 0.2.0"), Lock{Merged: true}},
		"older than rules":       {lines(top, "graphslice 0.1.0", "type a A"), Lock{Version: "0.1.0", Elements: []Element{{Kind: "type", ID: "a", Name: "A"}}}},
		"a union of rules":       {lines(top, "names 3", "names 4"), Lock{Merged: true}},
		"a union of one rule":    {lines(top, "names 3", "names 3"), Lock{Rules: 3}},
		"a union of options":     {lines(top, "options HASHA", "options HASHB"), Lock{Merged: true}},
		"a union of files named": {lines(top, "config a.yaml", "config b.yaml"), Lock{Merged: true}},
		"a union of inputs":      {lines(top, "input a HASHA", "input a HASHB"), Lock{Merged: true, Inputs: []Input{{"a", hashA}, {"a", hashB}}}.ordered()},
		"a union of elements":    {lines(top, "type a A {}", "type a A"), Lock{Merged: true, Elements: []Element{{Kind: "type", ID: "a", Name: "A"}, {Kind: "type", ID: "a", Name: "A", Facts: "{}"}}}},
		"conflict markers":       {lines(top, "<<<<<<<~HEAD", "type a A", "=======", "type b B", ">>>>>>>~other"), Lock{Merged: true, Elements: []Element{{Kind: "type", ID: "a", Name: "A"}, {Kind: "type", ID: "b", Name: "B"}}}},
		"markers with a base":    {lines(top, "<<<<<<<~HEAD", "|||||||~base", "type a A", "=======", ">>>>>>>~other"), Lock{Merged: true, Elements: []Element{{Kind: "type", ID: "a", Name: "A"}}}},
		"blank and comments":     {lines("", "#~x", top, "#type", ""), Lock{}},
		"elements of one name":   {lines(top, "type b A", "type a A"), Lock{Elements: []Element{{Kind: "type", ID: "a", Name: "A"}, {Kind: "type", ID: "b", Name: "A"}}}},
		"permissions":            {lines(top, "permission Q {}", "permission P {}"), Lock{Permissions: []Permission{{"P", "{}"}, {"Q", "{}"}}}},
		"a union of permissions": {lines(top, "permission P {}", "permission P []"), Lock{Merged: true, Permissions: []Permission{{"P", "[]"}, {"P", "{}"}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Parse("x", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// ordered sorts what depends on hashes.
func (l Lock) ordered() Lock {
	l.Inputs, l.Files = sorted(l.Inputs, Input.compare), sorted(l.Files, File.compare)
	if len(l.Inputs) == 0 {
		l.Inputs = nil
	}
	if len(l.Files) == 0 {
		l.Files = nil
	}
	return l
}

func TestParseRefuses(t *testing.T) {
	const restore = "\n\thint: restore it from version control; or remove it, and run gen --force to write the package anew"
	long := strings.Repeat("x", 100_000)
	for name, test := range map[string]struct{ text, want string }{
		"empty":                 {"", `d/l: error: this is not a graphslice.lock: it does not say its format (bad-lock)`},
		"JSON":                  {`{"files": {}}`, `d/l:1: error: "{\"files\": {}}" is not an entry of a graphslice.lock (bad-lock)`},
		"no format":             {lines("file a.go HASHA"), `d/l: error: this is not a graphslice.lock: it does not say its format (bad-lock)`},
		"a huge line":           {lines("format 1", long), `d/l:2: error: "` + long[:60] + `…" is not an entry of a graphslice.lock (bad-lock)`},
		"control characters":    {lines("format 1", "\x1b[31m"), `d/l:2: error: "\x1b[31m" is not an entry of a graphslice.lock (bad-lock)`},
		"climbs out":            {lines("format 1", "file ../x.go HASHA"), `d/l:2: error: "../x.go" is not a file of this folder (bad-lock)`},
		"an absolute path":      {lines("format 1", "file /x.go HASHA"), `d/l:2: error: "/x.go" is not a file of this folder (bad-lock)`},
		"a folder":              {lines("format 1", `file sub\x.go HASHA`), `d/l:2: error: "sub\\x.go" is not a file of this folder (bad-lock)`},
		"a quoted way out":      {lines("format 1", `file "..\x2fx" HASHA`), `d/l:2: error: "../x" is not a file of this folder (bad-lock)`},
		"the folder itself":     {lines("format 1", "file . HASHA"), `d/l:2: error: "." is not a file of this folder (bad-lock)`},
		"no name":               {lines("format 1", "file  HASHA"), `d/l:2: error: "" is not a file of this folder (bad-lock)`},
		"no hash":               {lines("format 1", "file a.go"), `d/l:2: error: a file has a name and a hash (bad-lock)`},
		"a hash too short":      {lines("format 1", "file a.go abcd"), `d/l:2: error: "abcd" is not a SHA-256 in hexadecimal (bad-lock)`},
		"an unknown mark":       {lines("format 1", "file a.go HASHA x"), `d/l:2: error: a file has a name and a hash (bad-lock)`},
		"an input without hash": {lines("format 1", "input ../a.yaml"), `d/l:2: error: an input has a path and a hash (bad-lock)`},
		"a configuration":       {lines("format 1", "config"), `d/l:2: error: config has one value (bad-lock)`},
		"options":               {lines("format 1", "options"), `d/l:2: error: options has one value (bad-lock)`},
		"half a permission":     {lines("format 1", "permission"), `d/l:2: error: a permission has a name and facts (bad-lock)`},
		"a permission of none":  {lines("format 1", "permission P "), `d/l:2: error: a permission has a name and facts (bad-lock)`},
		"rules":                 {lines("format 1", "names"), `d/l:2: error: names has one value (bad-lock)`},
		"no number of rules":    {lines("format 1", "names -1"), `d/l:2: error: "-1" is not the number of the rules of names (bad-lock)`},
		"a number too long":     {lines("format 1", "names 99999999999999999999"), `d/l:2: error: "99999999999999999999" is not the number of the rules of names (bad-lock)`},
		"half an element":       {lines("format 1", "type"), `d/l:2: error: a type has an ID, a name and facts (bad-lock)`},
		"a mark of an element":  {lines("format 1", "type a A {} x"), `d/l:2: error: a type has an ID, a name and facts (bad-lock)`},
		"half a quote":          {lines("format 1", `type "a A`), `d/l:2: error: "\"a" is not a quoted text (bad-lock)`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("d/l", []byte(test.text))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want+restore, err.Error()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	_, err := Parse("d/l", []byte("format\t2\n"))
	want := "d/l:1: error: this graphslice reads format 1 only (bad-lock)\n\thint: it is of a newer graphslice: use that, or at least the same"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(lines("format 1", "graphslice 0.1.0", "names 1", "options HASHA", "input a HASHA", "file a.go HASHA older-docs", "permission P {}", `type "a\t" A {} kept`))
	f.Add(lines("format 1", "graphslice x", "options HASHA", "type a", "input b HASHA", "type a  {}"))
	f.Add(lines("format 1", "<<<<<<<", "type a A", ">>>>>>>"))
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse("x", []byte(text))
		if err != nil {
			return
		}
		if l.Version == "" || l.Options == "" { // such a lock is never written
			return
		}
		again, err := Parse("x", l.Format())
		if err != nil {
			t.Fatal(err)
		}
		again.Merged = l.Merged // markers are gone
		if diff := cmp.Diff(l, again); diff != "" {
			t.Errorf("-read +written and read again:\n%s", diff)
		}
	})
}
