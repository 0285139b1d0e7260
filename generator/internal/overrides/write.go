package overrides

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
)

// fileHead starts a file that Add makes.
const fileHead = "# Names that gen --write-overrides gave to what would have had the name of something else. Change them as you like.\n"

// Add returns the text of the override file at path with more entries: a new one if there is no such file. What stands there stays as
// it is, to the character. Entries come first in their section, and sections last in the file. A file that entries cannot be put into
// like that is a diag.List that says where and why.
func Add(path string, entries []diag.Override) ([]byte, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		e := editor{path: path, lines: []string{fileHead}}
		return e.add(nil, entries)
	}
	var diags diag.List
	before := readFile(path, nil, &diags)
	if diags.HasErrors() {
		return nil, diags.Sorted()
	}
	text, err := document.ReadFile(document.Disk{}, path, maxFileSize)
	if err != nil {
		return nil, diag.List{{Pos: diag.Pos{File: path}, Severity: diag.Error, Code: "unreadable-file", Message: err.Error()}}
	}
	root, fault := document.Parse(path, text)
	if fault != nil {
		return nil, diag.List{*fault}
	}
	e := editor{path: path, lines: slices.Collect(strings.Lines(string(text))), before: before}
	return e.add(root, entries)
}

// editor puts entries between the lines of a file.
type editor struct {
	path   string
	lines  []string // each with its end
	before []entry
}

func (e *editor) add(root *yaml.Node, entries []diag.Override) ([]byte, error) {
	end := "\n"
	if len(e.lines) > 0 && strings.HasSuffix(e.lines[0], "\r\n") {
		end = "\r\n"
	}
	if n := len(e.lines); n > 0 && !strings.HasSuffix(e.lines[n-1], "\n") {
		e.lines[n-1] += end
	}
	after := map[int][]string{} // by the number of the line that they follow
	for _, section := range sectionsOf(entries) {
		at, indent, err := e.place(root, section)
		if err != nil {
			return nil, err
		}
		if at == len(e.lines) && indent == "" {
			after[at], indent = append(after[at], section+":"+end), "  "
		}
		for _, o := range entries {
			if o.Section != section {
				continue
			}
			if i := slices.IndexFunc(e.before, func(b entry) bool { return b.section == section && b.name() == o.Key }); i >= 0 {
				return nil, e.refusal(e.before[i].key, "%q has an entry already; add to it: %s", o.Key, o.Entry())
			}
			if line := indent + o.Entry() + end; !slices.Contains(after[at], line) {
				after[at] = append(after[at], line)
			}
		}
	}
	var b bytes.Buffer
	for i := 0; i <= len(e.lines); i++ {
		if i > 0 {
			b.WriteString(e.lines[i-1])
		}
		for _, line := range after[i] {
			b.WriteString(line)
		}
	}
	return b.Bytes(), nil
}

// place is the number of the line that entries of a section follow, and their indentation; "" for a section that is new.
func (e *editor) place(root *yaml.Node, section string) (at int, indent string, err error) {
	if root == nil || root.Kind == yaml.ScalarNode {
		if root != nil && root.Value != "" {
			return 0, "", e.refusal(root, "the file says %q and no more; remove that", root.Value)
		}
		return len(e.lines), "", nil
	}
	if root.Style&yaml.FlowStyle != 0 || strings.HasPrefix(strings.TrimRight(e.lines[len(e.lines)-1], "\r\n"), "...") {
		return 0, "", e.refusal(root, "entries can only be added to a file with a section a line, and nothing behind them")
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		switch {
		case key.Value != section:
		case value.Kind == yaml.ScalarNode && value.Value == "" && value.Tag == "!!null":
			return key.Line, strings.Repeat(" ", key.Column+1), nil
		case value.Kind != yaml.MappingNode || value.Style&yaml.FlowStyle != 0 || len(value.Content) == 0 || value.Content[0].Line == key.Line:
			return 0, "", e.refusal(key, "entries can only be added to a section that has one a line; write %s: so", section)
		default:
			return key.Line, strings.Repeat(" ", value.Content[0].Column-1), nil
		}
	}
	if root.Column != 1 {
		return 0, "", e.refusal(root, "sections can only be added to a file whose sections start a line")
	}
	return len(e.lines), "", nil
}

func (e *editor) refusal(at *yaml.Node, format string, args ...any) error {
	return diag.List{{Pos: document.Pos(e.path, at), Severity: diag.Error, Code: "overrides-not-written", Message: fmt.Sprintf(format, args...),
		Hint: "or name a file that does not exist yet"}}
}

// sectionsOf are the sections of entries, each once, sorted.
func sectionsOf(entries []diag.Override) []string {
	var names []string
	for _, o := range entries {
		names = append(names, o.Section)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
