package emit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestComment(t *testing.T) {
	for _, tc := range []struct {
		name       string
		paragraphs []string
		want       []string
	}{
		{"end of a block comment", []string{"a */ b"}, []string{"a */ b"}},
		{"control characters", []string{"a\x1b[31mb\x00c\u202ed"}, []string{"a[31mbcd"}},
		{"line ends", []string{"a\r\nb\u2028c"}, []string{"a b c"}},
		{"empty", []string{"", "  "}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, p := range tc.paragraphs {
				got = append(got, wrap(clean(p))...)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	long := "aaaaaaaaa "
	for range 3 {
		long += long
	}
	for _, line := range wrap(long + long) {
		if len(line) > width {
			t.Errorf("a line has %d characters, at most %d are allowed: %s", len(line), width, line)
		}
	}
	if diff := cmp.Diff([]string{"GET /a b", "GET /c"}, wrap(verbatim+"GET /a b\nGET /c")); diff != "" {
		t.Error(diff)
	}
}

func TestPauseText(t *testing.T) {
	for in, want := range map[string]string{"PT2S": "2 seconds", "PT1S": "a second", "PT1M": "PT1M", "": ""} {
		if got := pauseText(in); got != want {
			t.Errorf("pauseText(%q) = %q, want %q", in, got, want)
		}
	}
}
