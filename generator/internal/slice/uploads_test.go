package slice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// What the notes say of a type by which large contents are sent stands on its schema, if the slice describes what it needs.
func TestUploadSessions(t *testing.T) {
	mark := "x-graphslice-upload-session: {url: street, ranges: %, result: micro.school.course}"
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	for _, test := range []struct {
		name, typ, ranges, want string
		unused                  int
	}{
		{"a type with both", "micro.school.address", "street", strings.ReplaceAll(mark, "%", "street"), 0},
		{"a type without one of them", "micro.school.address", "none", "", 0},
		{"no such type", "micro.school.nothing", "street", "", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "uploadSessions:\n  " + test.typ + ": {url: street, ranges: " + test.ranges + ", result: micro.school.course}\n"
			if err := os.WriteFile(notes, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			cfg := schoolConfig()
			cfg.Notes = []string{notes}
			result := cut(t, cfg)
			got := string(result.Documents[0].Render())
			if strings.Contains(got, "x-graphslice-upload-session") != (test.want != "") || !strings.Contains(got, test.want) {
				t.Errorf("the slice has no %q:\n%s", test.want, got)
			}
			if len(result.Unused) != test.unused {
				t.Errorf("unused: %v", result.Unused)
			}
		})
	}
}

// The same of a type that makes the service tell of changes.
func TestSubscriptions(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	for _, test := range []struct{ name, typ, expires, want string }{
		{"a type with what it takes", "micro.school.address", "street", "x-graphslice-subscription:\n        path: /addresses\n        expires: street\n        resource: street\n        longest:\n          /b/**: P1D\n          /a: PT1H\n"},
		{"a type without it", "micro.school.address", "none", ""},
		{"no such type", "micro.school.nothing", "street", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "subscriptions:\n  " + test.typ + ": {path: /addresses, resource: street, longest: {/b/**: P1D, /a: PT1H}, expires: " + test.expires + "}\n"
			if err := os.WriteFile(notes, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			cfg := schoolConfig()
			cfg.Notes = []string{notes}
			got := string(cut(t, cfg).Documents[0].Render())
			if strings.Contains(got, "x-graphslice-subscription") != (test.want != "") || !strings.Contains(got, test.want) {
				t.Errorf("the slice has no %q:\n%s", test.want, got)
			}
		})
	}
}

// What an operation is sent is no JSON if the notes say so.
func TestRawBodies(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	for media, want := range map[string]string{
		"text/html":       "text/html:\n            schema:\n              type: string\n        required: true",
		"application/pdf": "application/pdf:\n            schema:\n              type: string\n              format: binary\n        required: true",
	} {
		if err := os.WriteFile(notes, []byte("operations:\n  POST /courses: {body: "+media+"}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg := schoolConfig()
		cfg.Notes = []string{notes}
		if got := string(cut(t, cfg).Documents[0].Render()); !strings.Contains(got, want) {
			t.Errorf("the slice has no\n%s\n%s", want, got)
		}
	}
}

// What notes say wrong of operations is told.
func TestBadNotesOfOperations(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	for text, want := range map[string]string{
		"POST /courses: {body: html}":            `body: "html" is not a media type, such as text/html`,
		"POST **/cancel: {longRunning: true}":    `"POST **/cancel" is not METHOD /path, as in POST /**/clone: the path pattern "**/cancel#POST" does not begin with /`,
		"CANCEL /**/cancel: {longRunning: true}": `"CANCEL /**/cancel" is not METHOD /path, as in POST /**/clone: the path pattern "/**/cancel#CANCEL" names "CANCEL", which is not a method`,
	} {
		if err := os.WriteFile(notes, []byte("operations:\n  "+text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg := schoolConfig()
		cfg.Notes = []string{notes}
		result, err := slice.Cut(t.Context(), cfg)
		if err != nil || len(result.Diagnostics) != 1 || result.Diagnostics[0].Message != want {
			t.Error(result.Diagnostics, err)
		}
	}
}
