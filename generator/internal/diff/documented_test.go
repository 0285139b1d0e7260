package diff_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

var update = flag.Bool("update", false, "renew the table of rules in docs/diff.md")

// The documentation lists all rules, as they are.
func TestDocumented(t *testing.T) {
	const file, end = "../../../docs/diff.md", "<!-- end of rules -->\n"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	head := text[:strings.Index(text, "-update -->\n")+len("-update -->\n")]
	var want strings.Builder
	want.WriteString(head + "| rule | breaks | |\n|---|---|---|\n")
	for _, rule := range diff.Rules() {
		breaks := map[string]string{diff.BreaksGo: "Go, if the compiler says so", diff.BreaksWire: "the wire"}[rule.Breaks()]
		fmt.Fprintf(&want, "| `%s` | %s | %s |\n", rule.ID, breaks, rule.Explain)
	}
	want.WriteString(text[strings.Index(text, end):])
	if *update {
		if err := os.WriteFile(file, []byte(want.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want.String(), text); diff != "" {
		t.Errorf("docs/diff.md (-want +got):\n%s", diff)
	}
}
