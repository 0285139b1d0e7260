package width

import (
	"go/format"
	"strings"
	"testing"
)

func TestBreak(t *testing.T) {
	long := func(letter string) string { return strings.Repeat(letter, 50) }
	for _, c := range []struct{ name, src, want string }{
		{"short", "func f(a int) {}\n", "func f(a int) {}\n"},
		{
			"parameters",
			"func (r *" + long("R") + ") Create(ctx context.Context, body " + long("B") + ", opts ...CallOption) error {\n\treturn nil\n}\n",
			"func (r *" + long("R") + ") Create(\n\tctx context.Context, body " + long("B") + ", opts ...CallOption,\n) error {\n\treturn nil\n}\n",
		},
		{
			"parameters that fill more than a line",
			"func f(a " + long("A") + ", b, c " + long("B") + ", d " + long("C") + ") {}\n",
			"func f(\n\ta " + long("A") + ",\n\tb, c " + long("B") + ",\n\td " + long("C") + ",\n) {\n}\n",
		},
		{
			"parameters, and arguments below",
			"// f is\n//\n//\tfunc f\nfunc (r *" + long("R") + ") f(a, b " + long("A") + ", c func(d int) error) (e, error) {\n\treturn g(" +
				long("a") + ", " + long("b") + ", c)\n}\n",
			"// f is\n//\n//\tfunc f\nfunc (r *" + long("R") + ") f(\n\ta, b " + long("A") + ", c func(d int) error,\n) (e, error) {\n\treturn g(" +
				long("a") + ", " + long("b") + ", c)\n}\n",
		},
		{
			"many parameters, and arguments below",
			"func f(a " + long("A") + ", b " + long("B") + ", c " + long("C") + ") T {\n\treturn g(" + long("a") + ", " + long("b") + ", " + long("c") + ")\n}\n",
			"func f(\n\ta " + long("A") + ",\n\tb " + long("B") + ",\n\tc " + long("C") + ",\n) T {\n\treturn g(" + long("a") + ", " + long("b") +
				",\n\t\t" + long("c") + ")\n}\n",
		},
		{
			"arguments",
			"func f() { g(" + long("a") + ", " + long("b") + ", " + long("c") + ", d) }\n",
			"func f() {\n\tg(" + long("a") + ", " + long("b") + ",\n\t\t" + long("c") + ", d)\n}\n",
		},
		{
			"arguments of an argument",
			"func f() {\n\tg(h(" + long("a") + ", " + long("b") + ", " + long("c") + "))\n}\n",
			"func f() {\n\tg(h(" + long("a") + ", " + long("b") + ",\n\t\t" + long("c") + "))\n}\n",
		},
		{
			"the only argument",
			"func f() {\n\treturn (*" + long("a") + ")(" + long("b") + "(" + long("c") + "))\n}\n",
			"func f() {\n\treturn (*" + long("a") + ")(\n\t\t" + long("b") + "(" + long("c") + "))\n}\n",
		},
		{
			"literal",
			"var v = t{" + long("a") + ", " + long("b") + ", " + long("c") + "}\n",
			"var v = t{" + long("a") + ", " + long("b") + ",\n\t" + long("c") + "}\n",
		},
		{
			"constant",
			"const (\n\tA" + long("a") + " T" + long("t") + " = \"" + long("v") + "\"\n)\n",
			"const (\n\tA" + long("a") + " T" + long("t") + " = \"\" +\n\t\t\"" + long("v") + "\"\n)\n",
		},
		{
			"no place for a break",
			"// " + long("a") + long("b") + long("c") + "\nvar v = 1\n",
			"// " + long("a") + long("b") + long("c") + "\nvar v = 1\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Break([]byte("package p\n\n" + c.src))
			if want := "package p\n\n" + c.want; err != nil || string(got) != want {
				t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
			}
			if formatted, err := format.Source(got); err != nil || string(formatted) != string(got) {
				t.Errorf("gofmt, %v, would change\n%s\ninto\n%s", err, got, formatted)
			}
			if again, err := Break(got); err != nil || string(again) != string(got) {
				t.Errorf("a second time %v\n%s\nwant\n%s", err, again, got)
			}
		})
	}
}

func TestBreakNoGo(t *testing.T) {
	if _, err := Break([]byte("package p\n\nfunc f( " + strings.Repeat("x", Limit))); err == nil {
		t.Error("no error")
	}
}
