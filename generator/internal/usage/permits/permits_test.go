package permits

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// operation is one of the tests' package: least and other permissions of applications with bars between alternatives, and what
// owners of resources can consent to.
type operation struct{ id, least, other, resource string }

// usesOf is code that calls all of them.
func usesOf(t *testing.T, operations ...operation) *usage.Uses {
	t.Helper()
	l := &lock.Lock{}
	p := &usage.Package{Path: "example.com/x/graph", Dir: "graph", Lock: l}
	alternatives := func(text string) []string {
		if text == "" {
			return nil
		}
		return strings.Split(text, "|")
	}
	for _, op := range operations {
		accepts := ir.Permissions{Complete: op.least != "?"}
		if accepts.Complete {
			accepts.Application = ir.Grants{Least: alternatives(op.least), Other: alternatives(op.other)}
			accepts.Resource = ir.Grants{Least: alternatives(op.resource)}
		}
		facts := api.Operation{Permissions: &accepts}
		if op.id == "GET /far" {
			facts.NotIn = []string{"China"}
		}
		l.Elements = append(l.Elements, lock.Element{Kind: api.KindOperation, ID: op.id, Facts: api.Encode(facts)})
		p.Operations = append(p.Operations, usage.Use{ID: op.id, Places: []usage.Place{{File: "main.go", Line: 1, Column: 1}}})
	}
	for name, level := range map[string]int{"Low": 1, "Low2": 1, "Mid": 2, "Mid2": 2, "High": 4, "All": 5, "Own": 2, "Own2": 2} {
		kinds := map[string]api.Permission{"application": {ID: "id-" + name, Level: level, Opens: 3}, "resourceSpecific": {Level: level, Opens: 3}}
		l.Permissions = append(l.Permissions, lock.Permission{Name: name, Facts: api.Encode(kinds)})
	}
	return &usage.Uses{Packages: []*usage.Package{p}}
}

// summary is an answer in short.
func summary(w *Way) string {
	var parts []string
	for _, p := range w.Permissions {
		parts = append(parts, p.Name)
	}
	for _, list := range w.lists() {
		parts = append(parts, strings.SplitN(list.title, ":", 2)[0]+" "+operations(list.needs))
	}
	if w.Granted != nil {
		parts = append(parts, w.Granted.lines()...)
	}
	return strings.Join(parts, "; ")
}

func TestFind(t *testing.T) {
	a, b, c := "GET /a", "GET /b", "GET /c"
	tests := map[string]struct {
		operations []operation
		way        string
		granted    string
		want       string
	}{
		"nothing":                       {nil, Application, "", ""},
		"the least":                     {[]operation{{a, "Mid", "Low|All", ""}}, Application, "", "Mid"},
		"one for two":                   {[]operation{{a, "Low", "Mid", ""}, {b, "Mid", "", ""}}, Application, "", "Mid"},
		"two rather than a greater one": {[]operation{{a, "Low", "All", ""}, {b, "Mid", "All", ""}}, Application, "", "Low; Mid"},
		"of two leasts the lesser":      {[]operation{{a, "Mid|Low", "", ""}}, Application, "", "Low"},
		"the one that does for both":    {[]operation{{a, "Low|Mid", "", ""}, {b, "Mid|Low2", "", ""}, {c, "Mid", "", ""}}, Application, "", "Mid"},
		"together":                      {[]operation{{a, "Low Low2", "High", ""}, {b, "Low", "", ""}}, Application, "", "Low; Low2"},
		"not known":                     {[]operation{{a, "?", "", ""}, {b, "Low", "", ""}}, Application, "", "Low; not known GET /a"},
		"not this way":                  {[]operation{{a, "", "", "Own"}}, Application, "", "not possible this way GET /a"},
		"of owners":                     {[]operation{{a, "High", "", "Own"}}, Resource, "", "Own"},
		"of owners where that does":     {[]operation{{a, "High", "", "Own"}, {b, "Mid", "", ""}}, Resource, "", "Mid; Own"},
		"of owners, needless":           {[]operation{{a, "Mid", "", "Own"}, {b, "Mid", "", ""}}, Resource, "", "Mid"},
		"a cloud without it":            {[]operation{{"GET /far", "Low", "", ""}, {b, "Mid", "", ""}}, Application, "", "Mid; not in this cloud GET /far"},

		"granted as needed":        {[]operation{{a, "Low", "Mid", ""}}, Application, "Low", "Low; what was granted is what is needed"},
		"missing":                  {[]operation{{a, "Low", "", ""}, {b, "Mid", "", ""}}, Application, "Mid", "Low; Mid; missing: Low, for GET /a"},
		"not accepted":             {[]operation{{a, "Low", "", ""}}, Application, "Low High", "Low; unused: High: no operation that the program calls accepts it"},
		"unused beside another":    {[]operation{{a, "Low", "Mid", ""}}, Application, "Low,Mid", "Low; unused: Mid: what it opens, others that were granted open as well"},
		"broader":                  {[]operation{{a, "Low", "All", ""}}, Application, "All", "Low; broader than needed: All; replace it by Low, for GET /a"},
		"broader, for a part":      {[]operation{{a, "Low", "All", ""}, {b, "Mid", "All", ""}}, Application, "Low All", "Low; Mid; broader than needed: All; replace it by Mid, for GET /b"},
		"broader, for two at once": {[]operation{{a, "Low", "All", ""}, {b, "Mid", "All", ""}}, Application, "All", "Low; Mid; broader than needed: All; replace it by Low and Mid, for GET /a, GET /b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			q := Question{Ways: []string{test.way}, Cloud: "China"}
			if test.granted != "" {
				q.Granted = List(test.granted)
			}
			answer, err := Find(usesOf(t, test.operations...), q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, summary(answer.Ways[0])); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if !answer.Ways[0].Exact {
				t.Error("not exact")
			}
		})
	}
}

// What an app registration has is found by its ids; one that nobody knows is unused.
func TestManifest(t *testing.T) {
	const text = "\ufeff" + `{"requiredResourceAccess": [{"resourceAppId": "other", "resourceAccess": [{"id": "x", "type": "Role"}]},
		{"resourceAppId": "API", "resourceAccess": [{"id": "ID-Low", "type": "Role"}, {"id": "nobody", "type": "Role"}, {"id": "id-mid", "type": "Scope"}]}]}`
	granted, err := Manifest("app.json", []byte(text), "api")
	if err != nil {
		t.Fatal(err)
	}
	uses := usesOf(t, operation{"GET /a", "Low", "", ""})
	for i, p := range uses.Packages[0].Lock.Permissions {
		uses.Packages[0].Lock.Permissions[i].Facts = strings.ToLower(p.Facts)
	}
	answer, err := Find(uses, Question{Ways: []string{Application}, Granted: granted})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("Low; unused: nobody: no operation that the program calls accepts it", summary(answer.Ways[0])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	teams, err := Manifest("teams.json", []byte(`{"authorization": {"permissions": {"resourceSpecific": [{"name": "Own", "type": "Application"}]}}}`), "api")
	if err != nil {
		t.Fatal(err)
	}
	answer, err = Find(usesOf(t, operation{"GET /a", "Low", "", "Own"}), Question{Ways: []string{Resource}, Granted: teams})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("Own; what was granted is what is needed", summary(answer.Ways[0])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNone(t *testing.T) {
	tests := map[string]struct {
		uses *usage.Uses
		q    Question
		want string
	}{
		"nothing is called":     {usesOf(t), Question{}, "no permission: nothing calls an operation"},
		"by tests":              {usesOf(t, operation{"GET /a", "Low", "", ""}), Question{}, "no permission: tests alone call operations, and --tests counts these"},
		"by tests, which count": {usesOf(t, operation{"GET /a", "", "", "Own"}), Question{Tests: true}, "no permission"},
	}
	for name, test := range tests {
		for i := range test.uses.Packages[0].Operations {
			test.uses.Packages[0].Operations[i].Tests = true
		}
		test.q.Ways = []string{Application}
		answer, err := Find(test.uses, test.q)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := answer.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if line := strings.TrimSpace(strings.Split(b.String(), "\n")[1]); line != test.want {
			t.Errorf("%s: got %q", name, line)
		}
	}
}
