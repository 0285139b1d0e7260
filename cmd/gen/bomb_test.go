package main

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// bombs are texts that are small and would be large or deep, or that are no proper text; "@" is where a list or mapping of the file may
// stand.
func bombs() map[string]string {
	var aliases strings.Builder
	aliases.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&aliases, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return map[string]string{
		"aliases":             aliases.String(),
		"aliases of maps":     "types: &t {a: {description: &d x}, b: {description: *d}}\nproperties: *t\n",
		"an anchor in itself": "types: &a {x: *a}\n",
		"deep lists":          "types: " + strings.Repeat("[", 9000) + "\n",
		"deeper lists":        "types: " + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000) + "\n",
		"deep maps":           "types: " + strings.Repeat("{a: ", 9000) + strings.Repeat("}", 9000) + "\n",
		"deep indents":        deepIndents(1000),
		"a huge scalar":       "types: " + strings.Repeat("x", 1<<20) + "\n",
		"a huge key":          "? " + strings.Repeat("k", 1<<20) + "\n: 1\n",
		"many keys":           strings.Repeat("types: {}\n", 20_000),
		"a key twice":         "types: {}\ntypes: {}\n",
		"Latin 1":             "types: {microsoft.graph.book: {description: caf\xe9}}\n",
		"UTF-16":              "\xff\xfet\x00y\x00:\x00\n\x00",
		"tabs":                "types:\n\tmicrosoft.graph.book: {}\n",
		"control characters":  "types: \x01\n",
		"two documents":       "types: {}\n---\ntypes: {}\n",
		"a list":              "- types\n",
		"a text":              "types\n",
		"a binary":            "\x00\x01\x02",
	}
}

func deepIndents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// Texts that are made to be too much for a reader are refused by a message with the file and the line, and take little memory.
func TestBombs(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, project)
	mustSlice(t)
	mustGen(t)
	for name, text := range bombs() {
		for _, file := range []string{"graphslice.yaml", "o.yaml", "n.yaml"} {
			lay(t, map[string]string{file: text})
			args := []string{"--dry-run"}
			if file == "n.yaml" {
				args = []string{"slice", "--check"}
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got, _ := genReally(args...)
			runtime.ReadMemStats(&after)
			if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 400 {
				t.Errorf("%s in %s: took %d MiB", name, file, took)
			}
			if why := complaint(got); why != "" || got.code != exitInput || len(got.stderr) > 128<<10 {
				t.Errorf("%s in %s: exit code %d, %s, %d bytes of messages, %.300s", name, file, got.code, why, len(got.stderr), got.stderr)
			}
			lay(t, map[string]string{file: project[file]})
		}
	}
	for name, change := range map[string]func(string) string{
		"a mark":           func(text string) string { return "\ufeff" + text },
		"lines of Windows": func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
	} {
		for file, text := range project {
			lay(t, map[string]string{file: change(text)})
		}
		for _, args := range [][]string{{"slice", "--check"}, {"--dry-run"}} {
			if got, _ := genReally(args...); got.code != exitOK {
				t.Errorf("%s: gen %v: exit code %d, %s", name, args, got.code, got.stderr)
			}
		}
	}
}
