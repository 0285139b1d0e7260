package downstream

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// report is what gen diff --format json prints, as far as it matters here.
type report struct {
	Reports []struct {
		Subject  string
		Findings []struct {
			Verdict, ID, Name, What, Do string
			Go                          []struct {
				Subject, Message string
				Compatible       bool
			}
		}
	}
}

// breakingNames runs gen diff and returns, for each package, the Go names that it calls breaking, such as "Chat.Topic" or
// "(*ChatRequests).Get". Each of these stands below a finding that says what to do.
func breakingNames(t *testing.T, m module) map[string][]string {
	t.Helper()
	var r report
	if err := json.Unmarshal([]byte(m.goes("tool", "gen", "diff", "--format", "json")), &r); err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{}
	for _, one := range r.Reports {
		for _, f := range one.Findings {
			for _, g := range f.Go {
				if !g.Compatible {
					names[one.Subject] = append(names[one.Subject], g.Subject)
				}
				if !g.Compatible && f.Verdict != "breaking" {
					t.Errorf("%s: %s: %s is called %s although %s: %s", one.Subject, f.ID, f.What, f.Verdict, g.Subject, g.Message)
				}
			}
			if (f.Verdict == "breaking") != (f.Do != "") {
				t.Errorf("%s: %s: %s is called %s, and what to do is %q", one.Subject, f.ID, f.What, f.Verdict, f.Do)
			}
		}
		// What breaks is what breaks code: its own Go, or that of a builder which another finding has.
		for _, f := range one.Findings {
			builder, _, _ := strings.Cut(f.Name, ".")
			if f.Verdict == "breaking" && len(f.Go) == 0 && !slices.Contains(names[one.Subject], builder) {
				t.Errorf("%s: %s: %s is called breaking, and no Go code of it is", one.Subject, f.ID, f.What)
			}
		}
	}
	return names
}

var word = regexp.MustCompile(`\w+`)

// compare holds what the compiler names against what the diff calls breaking: a use that no longer compiles is called
// breaking itself, or has to do with a type that is; and what is called breaking is a use that no longer compiles.
func compare(t *testing.T, pkg string, uses []use, named map[string]bool, breaking []string) {
	t.Helper()
	if len(breaking) == 0 {
		t.Errorf("%s: the diff calls nothing breaking", pkg)
	}
	for _, u := range uses {
		if !named[u.of] || slices.Contains(breaking, u.of) {
			continue
		}
		if !slices.ContainsFunc(word.FindAllString(u.code, -1), func(w string) bool { return slices.Contains(breaking, w) }) {
			t.Errorf("%s: the diff does not call %s breaking, but this does not compile any more: %s", pkg, u.of, u.code)
		}
	}
	for _, name := range breaking {
		if !named[name] {
			t.Errorf("%s: the diff calls %s breaking, but its uses compile", pkg, name)
		}
	}
	if t.Failed() {
		t.Logf("%s: breaking: %s", pkg, strings.Join(breaking, ", "))
	}
}
