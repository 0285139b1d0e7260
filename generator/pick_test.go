package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/pick"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

const pickConfig = `# What the school needs.
packages:
  - specs: [specs/courses.yaml]
    out: internal/school
    slice:
      metadata: school.xml # as the school has it
      serviceRoot: https://school.example/v1
      files:
        - out: specs/courses.yaml
          include:
            # Who teaches what.
            - '/courses#GET' # all of them
            - '/courses/{course-id}#GET'
          keep: ['/me#GET']
`

// school is a project in a folder of its own, picked from.
func school(t *testing.T) *picking {
	t.Helper()
	dir := t.TempDir()
	metadata, err := os.ReadFile(filepath.Join("internal", "slice", "testdata", "school.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"school.xml": string(metadata), "graphslice.yaml": pickConfig, "go.mod": "module example.com/school\n\ngo 1.24\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	p, err := Open("graphslice.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cuts, err := p.allCuts()
	if err != nil {
		t.Fatal(err)
	}
	w := &picking{project: p, cut: cuts[0]}
	w.Sources, w.Make = cut.Sources{}.Keep(Progress{}), Generate
	return w
}

// cutFor are the documents that a slice of the project would be with patterns.
func cutFor(t *testing.T, w *picking, include ...string) []pick.Text {
	t.Helper()
	source, err := w.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	result, err := source.Cut(t.Context(), []slice.File{{Out: filepath.Join("specs", "courses.yaml"), Include: include}}, nil)
	if err != nil || len(result.Documents) != 1 {
		t.Fatal(err, result.Diagnostics)
	}
	return []pick.Text{{Path: result.Documents[0].Out, Data: result.Documents[0].Render()}}
}

// What is picked is written into the configuration as a person would, cut and generated; and what that means is said.
func TestPickWrites(t *testing.T) {
	w := school(t)
	setting, err := w.Setting()
	if err != nil || setting.Config != "graphslice.yaml" || setting.Out != "internal/school" || len(setting.Files) != 1 ||
		strings.Join(setting.Files[0].Include, " ") != "/courses#GET /courses/{course-id}#GET" || strings.Join(setting.Files[0].Keep, " ") != "/me#GET" {
		t.Fatalf("%+v %v", setting, err)
	}
	first, err := w.Write(t.Context(), pick.Change{Edits: []pick.Edit{{Added: []string{"/courses/{course-id}/lessons#GET"}}}, Follow: []string{"course.lessons"}})
	if err != nil || first.Verdict != "The package is new." || first.Lines == 0 || first.Before != 0 {
		t.Fatalf("%+v %v", first, err)
	}
	if _, err := w.Setting(); err != nil {
		t.Fatal(err)
	}
	lines, err := w.Lines(t.Context(), cutFor(t, w, "/courses/{course-id}/**#GET", "/courses#GET,POST", "/me#GET"))
	if err != nil || lines == 0 {
		t.Fatal(lines, err)
	}
	second, err := w.Write(t.Context(), pick.Change{Edits: []pick.Edit{{By: map[string][]string{
		"/courses#GET": {"/courses#GET,POST"}, "/courses/{course-id}#GET": {"/courses/{course-id}/**#GET"}, "/courses/{course-id}/lessons#GET": nil,
	}}}, Unfollow: []string{"course.lessons"}})
	if err != nil || !strings.Contains(second.Verdict, " compatible") || len(second.Findings) == 0 || second.Before != first.Lines {
		t.Fatalf("%+v %v", second, err)
	}
	if second.Lines != lines {
		t.Errorf("%d lines were counted, and %d are there", lines, second.Lines)
	}
	text, err := os.ReadFile("graphslice.yaml")
	want := strings.NewReplacer("'/courses#GET' #", "'/courses#GET,POST' #", "'/courses/{course-id}#GET'", "'/courses/{course-id}/**#GET'").Replace(pickConfig)
	if err != nil || string(text) != want {
		t.Errorf("%v\n%s", err, text)
	}
}

// What fails leaves everything as it was, and so does a file that was edited since.
func TestPickLeavesAlone(t *testing.T) {
	w := school(t)
	if _, err := w.Setting(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]pick.Change{
		"no-match":         {Edits: []pick.Edit{{Added: []string{"/nothing"}}}},
		"cannot-edit":      {Edits: []pick.Edit{{By: map[string][]string{"/courses#GET": nil, "/courses/{course-id}#GET": nil}}}},
		"no-such-property": {Follow: []string{"course.nothing"}},
	} {
		if _, err := w.Write(t.Context(), change); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	checkUntouched(t, pickConfig)
	edited := pickConfig + "# Mine.\n"
	if err := os.WriteFile("graphslice.yaml", []byte(edited), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(t.Context(), pick.Change{Follow: []string{"course.lessons"}}); err == nil || !strings.Contains(err.Error(), "changed-meanwhile") {
		t.Error(err)
	}
	checkUntouched(t, edited)
}

func checkUntouched(t *testing.T, config string) {
	t.Helper()
	if text, err := os.ReadFile("graphslice.yaml"); err != nil || string(text) != config {
		t.Errorf("%v\n%s", err, text)
	}
	for _, name := range []string{"specs", "internal"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is there", name)
		}
	}
}

// An operation is inspected as the package would have it.
func TestPickInspects(t *testing.T) {
	w := school(t)
	if _, err := w.Setting(); err != nil {
		t.Fatal(err)
	}
	subject, found, err := w.Inspect(t.Context(), cutFor(t, w, "/courses/{course-id}/lessons#POST"))
	if err != nil || subject == nil {
		t.Fatal(found, err)
	}
	detail, ok := subject.Detail("POST", "/courses/{course-id}/lessons")
	if !ok || detail.Call != "Courses().ByID(id).Lessons().Create" || detail.Sends == nil || detail.Sends.Text != "micro.school.lesson" || len(detail.Takes) != 1 {
		t.Errorf("%+v", detail)
	}
	lesson, ok := subject.Type(detail.Sends.Name)
	if !ok || len(lesson.Properties) == 0 || lesson.Base == nil {
		t.Errorf("%+v", lesson)
	}
	if used, err := w.Used(t.Context()); used != nil || err != nil {
		t.Error(used, err) // there is no package yet
	}
}
