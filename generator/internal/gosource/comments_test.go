package gosource

import (
	"testing"

	"github.com/graphslice/graphslice/generator/internal/lock"
)

func TestCheckComments(t *testing.T) {
	for text, want := range map[string]string{
		"// T is text.\n//\n//\tcode\n": "",
		"// see //go:build ignore\n":    "",
		"// \"+build\" linux\n":         "",
		"// + build linux\n":            "",
		"// +build linux\n":             `x.go:5: the comment "// +build linux" is an instruction to a tool`,
		"//+build linux\n":              `x.go:5: the comment "//+build linux" is an instruction to a tool`,
		"//\t+build\n":                  `x.go:5: the comment "//\t+build" is an instruction to a tool`,
		"//go:build ignore\n":           `x.go:5: the comment "//go:build ignore" is an instruction to a tool`,
		"//go:embed x\n":                `x.go:5: the comment "//go:embed x" is an instruction to a tool`,
		"//line y.go:1\n":               `x.go:5: the comment "//line y.go:1" is an instruction to a tool`,
		"//export T\n":                  `x.go:5: the comment "//export T" is an instruction to a tool`,
		"//nolint\n":                    `x.go:5: the comment "//nolint" is an instruction to a tool`,
		"/*line y.go:1*/":               `x.go:5: the comment "/*line y.go:1*/" is an instruction to a tool`,
		lock.Header + "\n":              `x.go:5: the comment "` + lock.Header + `" is an instruction to a tool`,
	} {
		got := ""
		if err := checkComments("x.go", []byte(lock.Header+"\n\npackage x\n\n"+text+"type T int\n")); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A constraint anywhere in what is formatted is an error: gofmt would put it on top of the file.
func TestFormatRefusesConstraints(t *testing.T) {
	_, err := Format([]File{{Name: "x.go", Data: []byte(lock.Header + "\n\npackage x\n\n// T is text.\n// +build linux\ntype T int\n")}})
	if err == nil {
		t.Error("no error")
	}
}
