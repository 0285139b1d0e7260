package slice_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// schoolConfig cuts two slices that share types.
func schoolConfig() slice.Config {
	return slice.Config{
		Metadata:    []string{filepath.Join("testdata", "school.xml")},
		Notes:       []string{filepath.Join("testdata", "notes.yaml")},
		ServiceRoot: "https://school.example/v2",
		Docs:        "https://school.example/docs/{page}",
		Files: []slice.File{
			{Out: "courses.yaml", Title: "Courses", Include: []string{
				"/courses", "/courses/{course-id}", "/courses/micro.school.*", "/courses/{course-id}/micro.school.cancel", "/courses/{course-id}/lessons/**#GET",
			}, Exclude: []string{"/**/stand/**", "/**/parts/**"}},
			{Out: "people.yaml", Title: "People", Include: []string{"/courses/{course-id}/members/**", "/me/photo/**", "/teachers(no='{no}')"},
				Exclude: []string{"/**/friends/**"}},
		},
		Without: []string{"micro.school.secret*"},
		Types:   []string{"micro.school.pupil"},
	}
}

func TestCut(t *testing.T) {
	for _, d := range cut(t, schoolConfig()).Documents {
		golden(t, d.Out, d.Render())
	}
}

// golden compares with a file in testdata, or rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *slice.Update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s\nrewrite it with: go test ./generator/internal/slice -update", path, diff)
	}
}

func TestCutTypes(t *testing.T) {
	want := []slice.TypeInfo{
		{Name: "micro.school.address", Because: "micro.school.pupil/address"},
		{Name: "micro.school.course", Because: "GET /courses"},
		{Name: "micro.school.entity", Because: "micro.school.course"},
		{Name: "micro.school.foreignAddress", Because: "micro.school.address"},
		{Name: "micro.school.graduate", Because: "micro.school.person"},
		{Name: "micro.school.lesson", Because: "GET /courses/{course-id}/lessons"},
		{Name: "micro.school.person", Because: "POST /courses/{course-id}/micro.school.cancel", EntitySet: "everybody"},
		{Name: "micro.school.photo", Because: "GET /me/photo"},
		{Name: "micro.school.pupil", Because: "micro.school.graduate"},
		{Name: "micro.school.room", Because: "GET /courses/{course-id}/lessons/{lesson-id}/room", EntitySet: "house/rooms"},
		{Name: "micro.school.state", Because: "micro.school.course/state"},
		{Name: "micro.school.subject", Because: "micro.school.teacher/subjects"},
		{Name: "micro.school.teacher", Because: "micro.school.person", EntitySet: "teachers"},
	}
	if diff := cmp.Diff(want, cut(t, schoolConfig()).Types); diff != "" {
		t.Errorf("types (-want +got):\n%s", diff)
	}
}

// TestCutBorder cuts so little that most types stand at the border, unless the configuration asks for more.
func TestCutBorder(t *testing.T) {
	border := func(change func(*slice.Config)) []string {
		cfg := schoolConfig()
		cfg.Files = []slice.File{{Out: "x.yaml", Title: "X", Include: []string{"/courses#GET"}}}
		cfg.Types = nil
		change(&cfg)
		var names []string
		result, _ := cutAll(t, cfg)
		for _, typ := range result.Types {
			if typ.Border {
				names = append(names, strings.TrimPrefix(typ.Name, "micro.school."))
			}
		}
		return names
	}
	cases := map[string]struct {
		change func(*slice.Config)
		want   []string
	}{
		"as it is": {func(*slice.Config) {}, []string{"lesson", "person", "teacher"}},
		"follow":   {func(c *slice.Config) { c.Follow = []string{"micro.school.course/lessons"} }, []string{"person", "room", "teacher"}},
		"bodies": {func(c *slice.Config) {
			c.Files[0].Include, c.Follow = []string{"/courses#POST"}, []string{"bodies"}
		}, []string{"person", "room", "teacher"}},
		"types":   {func(c *slice.Config) { c.Types = []string{"micro.school.person"} }, []string{"lesson", "photo"}},
		"without": {func(c *slice.Config) { c.Without = []string{"micro.school.lesson"} }, []string{"person", "teacher"}},
		"properties": {func(c *slice.Config) { c.Properties = map[string][]string{"micro.school.course": {"title", "members"}} },
			[]string{"person"}},
	}
	for name, c := range cases {
		if diff := cmp.Diff(c.want, border(c.change)); diff != "" {
			t.Errorf("%s: border types (-want +got):\n%s", name, diff)
		}
	}
}

func TestCutUnusedNotes(t *testing.T) {
	var got []string
	for _, u := range cut(t, schoolConfig()).Unused {
		got = append(got, filepath.ToSlash(u.String())+" "+u.Key)
	}
	want := []string{
		"testdata/notes.yaml:8:7 types/micro.school.course/properties/gone",
		"testdata/notes.yaml:40:3 operations/GET /nowhere",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unused notes (-want +got):\n%s", diff)
	}
}

// TestCutGzipped cuts from a compressed document what it cuts from the document.
func TestCutGzipped(t *testing.T) {
	cfg := schoolConfig()
	plain, err := os.ReadFile(cfg.Metadata[0])
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(plain)
	w.Close()
	want := cut(t, cfg).Documents[0].Render()
	cfg.Metadata = []string{filepath.Join(t.TempDir(), "school.xml.gz")}
	if err := os.WriteFile(cfg.Metadata[0], packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(cut(t, cfg).Documents[0].Render())); diff != "" {
		t.Errorf("from gzip (-want +got):\n%s", diff)
	}
}

func TestCutFaults(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cases := map[string]struct {
		change func(*slice.Config)
		want   string
	}{
		"no such metadata": {func(c *slice.Config) { c.Metadata = []string{filepath.Join(dir, "none.xml")} },
			"none.xml: error: there is no such file (unreadable)"},
		"a folder": {func(c *slice.Config) { c.Metadata = []string{dir} }, ": error: this is a folder, not a file (unreadable)"},
		"not metadata": {func(c *slice.Config) { c.Metadata = []string{file("openapi.yaml", "openapi: 3.0.4")} },
			"openapi.yaml:1:1: error: the document is not XML (metadata-syntax)\n\thint: OData metadata is what a service serves at $metadata"},
		"notes without end": {func(c *slice.Config) { c.Notes = []string{"/dev/zero"} }, "/dev/zero: error: the file has more than 16.0 MiB (unreadable)"},
		"half a gzip file": {func(c *slice.Config) { c.Metadata = []string{file("half.gz", "\x1f\x8b\x08\x00")} },
			"half.gz: error: the gzip file ends early (unreadable)"},
		"no match": {func(c *slice.Config) { c.Files[0].Include = []string{"/course/**"} },
			"error: the pattern /course/** selects no operation (no-match)\n\thint: the nearest paths are /courses, /house, /teachers"},
		"no match below": {func(c *slice.Config) { c.Files[0].Include = []string{"/courses/{id}/lesson#GET"} },
			"error: the pattern /courses/{id}/lesson#GET selects no operation (no-match)\n\thint: the nearest paths are /courses/{course-id}/lessons, /courses/{course-id}/log, /courses/{course-id}/members"},
		"bad pattern": {func(c *slice.Config) { c.Files[0].Include = []string{"courses"} },
			"error: the path pattern \"courses\" does not begin with / (bad-pattern)"},
		"no such type": {func(c *slice.Config) { c.Types = []string{"micro.school.gone"} },
			"error: types names micro.school.gone, which is no type of the metadata (no-such-type)\n\thint: the nearest are micro.school.room, micro.school.course, micro.school.photo"},
		"no such property": {func(c *slice.Config) { c.Follow = []string{"micro.school.course/title"} },
			"error: micro.school.course/title is no navigation property (no-such-property)\n\thint: leave it out: what it is made of is described in any case"},
		"no such navigation property": {func(c *slice.Config) { c.Follow = []string{"course.memebrs"} },
			"error: micro.school.course has no navigation property memebrs (no-such-property)\n\thint: the nearest is members"},
		"an inherited navigation property": {func(c *slice.Config) { c.Follow = []string{"teacher.freinds"} },
			"error: micro.school.teacher has no navigation property freinds (no-such-property)\n\thint: the nearest is friends"},
		"no such type to follow from": {func(c *slice.Config) { c.Follow = []string{"coruse.members"} },
			"error: follow names coruse, which is no type of the metadata (no-such-type)\n\thint: the nearest is course"},
		"follow without a property": {func(c *slice.Config) { c.Follow = []string{"members"} },
			"error: follow is written as type.property, such as chat.tabs, or as bodies (no-such-property)"},
		"no such property to keep": {func(c *slice.Config) { c.Properties = map[string][]string{"micro.school.course": {"titel"}} },
			"error: micro.school.course has no property titel to keep (no-such-property)\n\thint: the nearest is title"},
		"no such type to keep properties of": {func(c *slice.Config) { c.Properties = map[string][]string{"corse": {"title"}} },
			"error: properties names corse, which is no type of the metadata (no-such-type)\n\thint: the nearest is course"},
		"nothing left out": {func(c *slice.Config) { c.Without = []string{"micro.school.x*"} },
			"error: without names micro.school.x*, which is no type of the metadata (no-such-type)\n\thint: the nearest are micro.school.room, micro.school.photo, micro.school.pupil"},
		"notes with an unknown key": {func(c *slice.Config) { c.Notes = []string{file("n.yaml", "types:\n  a.b: {descr: x}\n")} },
			"n.yaml:2:9: error: unknown key \"descr\" (unknown-key)\n\thint: known here: description, docs, members, polymorphic, properties"},
		"notes of another shape": {func(c *slice.Config) { c.Notes = []string{file("s.yaml", "properties:\n  a: [x]\n")} },
			"s.yaml:2:6: error: expected a text; found a list (wrong-shape)"},
		"notes that are not YAML": {func(c *slice.Config) { c.Notes = []string{file("b.yaml", "a: [")} },
			"b.yaml:1:5: error: this is not YAML: did not find expected node content (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cfg := schoolConfig()
			c.change(&cfg)
			result, err := slice.Cut(context.Background(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(result.Diagnostics.Error(), filepath.ToSlash(dir)+"/", "")
			got = strings.ReplaceAll(got, filepath.ToSlash(dir), "")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
			if result.Documents != nil {
				t.Error("documents came back all the same")
			}
		})
	}
}

func TestCutStopsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := slice.Cut(ctx, schoolConfig()); err != context.Canceled {
		t.Errorf("the error is %v", err)
	}
}
