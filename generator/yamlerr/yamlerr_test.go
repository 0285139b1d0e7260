package yamlerr_test

import (
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/graphslice/graphslice/generator/yamlerr"
)

func TestExplain(t *testing.T) {
	for text, want := range map[string]struct {
		line, column int
		message      string
	}{
		"a: b\nc: \xff\n":    {2, 4, "invalid leading UTF-8 octet"},
		"a: b\nc: d\x01\n":   {2, 5, "control characters are not allowed"},
		"a: b\nc:\n - *x\n":  {3, 4, "unknown anchor 'x' referenced"},
		"a: b\nc: &x [*x]\n": {2, 4, "anchor 'x' value contains itself"},
		"a: b\nc: [\n":       {2, 0, "did not find expected node content"},
		"a: b\n\tc: d\n":     {2, 0, "found a tab character that violates indentation"},
		"]":                  {1, 1, "did not find expected node content"},
	} {
		var decoded any
		err := yaml.Unmarshal([]byte(text), &decoded)
		if err == nil {
			t.Errorf("%q is YAML", text)
			continue
		}
		line, column, message := yamlerr.Explain([]byte(text), err)
		if line != want.line || column != want.column || message != want.message {
			t.Errorf("%q: %d:%d: %s (of %v), want %+v", text, line, column, message, err, want)
		}
	}
}
