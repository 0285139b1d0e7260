package emit

import (
	"strings"
	"testing"
	"time"

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

func TestCommentLinesAreText(t *testing.T) {
	for in, want := range map[string]string{
		"+build linux":             `"+build" linux`,
		"+build":                   `"+build"`,
		"\ufeff+build linux":       `"+build" linux`,
		"\u202e\t +build linux":    `"+build" linux`,
		"\u2028+build\u2028linux":  `"+build" linux`,
		"\x00\t+build linux":       " \"+build\" linux",
		"//go:build ignore":        `"//go:build" ignore`,
		"// +build ignore":         `"// +build" ignore`,
		"go:embed x":               `"go:embed" x`,
		"go:generate rm -r /":      `"go:generate" rm -r /`,
		"nolint:all":               `"nolint:all"`,
		"lint:file-ignore U1000 x": `"lint:file-ignore" U1000 x`,
		"#nosec G101":              `"#nosec" G101`,
		"line foo:1":               "line foo:1",
		"export X":                 "export X",
		"#include <x.h>":           "#include <x.h>",
		"+builder":                 "+builder",
		"go: a verb":               "go: a verb",
		"nolinting":                "nolinting",
		"what +build linux says":   "what +build linux says",
	} {
		if diff := cmp.Diff([]string{want}, commentLines(in)); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
	// Where a line begins is for the wrapping to say.
	for _, line := range commentLines(strings.Repeat("+build ", 100)) {
		if strings.HasPrefix(line, "+build") {
			t.Errorf("%q", line)
		}
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

func TestParsePause(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"PT2S": 2 * time.Second, "PT0.25S": 250 * time.Millisecond, "PT1M": time.Minute, "P1DT2H": 26 * time.Hour,
		"": 0, "P": 0, "PT": 0, "PT0S": 0, "-PT2S": 0, "2": 0, "P1Y": 0, "PT99999999999999999999S": 0,
	} {
		if got, ok := parsePause(in); got != want || ok != (want > 0) {
			t.Errorf("parsePause(%q) = %v, %t, want %v", in, got, ok, want)
		}
	}
}

func TestPauseText(t *testing.T) {
	for in, want := range map[string]string{"PT2S": "2 seconds", "PT1S": "a second", "PT1M": "60 seconds", "PT0.5S": "PT0.5S", "soon": "soon", "": ""} {
		if got := pauseText(in); got != want {
			t.Errorf("pauseText(%q) = %q, want %q", in, got, want)
		}
	}
}
