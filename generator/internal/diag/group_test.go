package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCount(t *testing.T) {
	for want, got := range map[string]string{
		"1 type": Count(1, "type"), "0 types": Count(0, "type"), "1 property": Count(1, "property"), "2 properties": Count(2, "property"),
		"a.yaml: note: x (c)\n\tand 1 more such note; --verbose shows all": Diagnostic{Pos: Pos{File: "a.yaml"}, Severity: Note, Message: "x", Code: "c", More: 1}.String(),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	at := func(line int) Pos { return Pos{File: "a.yaml", Line: line} }
	var list List
	for line := 1; line <= 80; line++ {
		list.Warnf(at(line), "disagreement", "line %d", line)
	}
	list.Warnf(at(81), "few", "one")
	list.Notef(at(82), "disagreement", "of another severity")
	for line := 90; line <= 94; line++ {
		list.Errorf(at(line), "fault", "line %d", line)
	}
	var got []string
	for _, d := range list.Grouped() {
		got = append(got, d.String())
	}
	want := []string{
		"a.yaml:1: warning: line 1 (disagreement)\n\tand 79 more such warnings; --verbose shows all",
		"a.yaml:81: warning: one (few)",
		"a.yaml:82: note: of another severity (disagreement)",
		"a.yaml:90: error: line 90 (fault)", "a.yaml:91: error: line 91 (fault)", "a.yaml:92: error: line 92 (fault)",
		"a.yaml:93: error: line 93 (fault)", "a.yaml:94: error: line 94 (fault)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := (List{}).Grouped(); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}
