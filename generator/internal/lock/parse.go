package lock

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Parse reads the text of the lock at path, which messages name. It takes what a merge leaves, with conflict markers or
// as a union of lines; anything else that is not a lock is a diag.List of one error.
func Parse(path string, text []byte) (*Lock, error) {
	p := parser{path: path}
	for line := range bytes.Lines(text) {
		p.line++
		line = bytes.TrimRight(line, "\r\n")
		if p.entry(line); p.fault != nil {
			return nil, p.fault
		}
	}
	if !p.hasFormat {
		p.line = 0
		p.failf("this is not a %s: it does not say its format", Name)
		return nil, p.fault
	}
	return p.finish(), nil
}

// parser reads lines and stops at the first fault.
type parser struct {
	path              string
	line              int
	lock              Lock
	versions, options []string // more than one after a merge, as of rules
	rules             []string
	config            []string
	fake, fakes       []string
	hasFormat         bool
	fault             error
}

func (p *parser) failf(message string, args ...any) {
	p.failHint("restore it from version control; or remove it, and run gen --force to write the package anew", message, args...)
}

func (p *parser) failHint(hint, message string, args ...any) {
	p.fault = diag.List{{
		Pos: diag.Pos{File: p.path, Line: p.line}, Severity: diag.Error, Code: "bad-lock", Message: fmt.Sprintf(message, args...), Hint: hint,
	}}
}

// markers begin the lines that a merge leaves around what it could not decide.
var markers = []string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"}

func (p *parser) entry(line []byte) {
	if len(line) == 0 || line[0] == '#' {
		return
	}
	if slices.ContainsFunc(markers, func(m string) bool { return bytes.HasPrefix(line, []byte(m)) }) {
		p.lock.Merged = true
		return
	}
	fields := p.split(string(line))
	if p.fault != nil {
		return
	}
	switch kind := fields[0]; kind {
	case "format":
		p.format(fields[1:])
	case "graphslice":
		p.versions = p.single(p.versions, fields)
	case "names":
		if p.rules = p.single(p.rules, fields); p.fault == nil {
			p.checkNumber(fields[1])
		}
	case "options":
		if p.options = p.single(p.options, fields); p.fault == nil {
			p.checkHash(fields[1])
		}
	case "config":
		p.config = p.single(p.config, fields)
	case "fake":
		p.fake = p.single(p.fake, fields)
	case "fakes":
		p.fakes = p.single(p.fakes, fields)
	case "input":
		p.input(fields[1:])
	case "file":
		p.file(fields[1:])
	case permissionEntry:
		p.permission(fields[1:])
	default:
		if !slices.Contains(kinds, kind) {
			p.failf("%s is not an entry of a %s", shown(kind), Name)
			return
		}
		p.element(fields)
	}
}

// split returns the fields of a line, at least one.
func (p *parser) split(line string) []string {
	fields := strings.Split(line, "\t")
	for i, field := range fields {
		if !strings.HasPrefix(field, `"`) {
			continue
		}
		text, err := strconv.Unquote(field)
		if err != nil {
			p.failf("%s is not a quoted text", shown(field))
		}
		fields[i] = text
	}
	return fields
}

// shown quotes a text of the lock for a message, not all of it if it is long.
func shown(text string) string {
	const longest = 60
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest]) + "…"
	}
	return strconv.Quote(text)
}

func (p *parser) format(fields []string) {
	p.hasFormat = true
	if len(fields) != 1 || fields[0] != format {
		p.failHint("it is of a newer graphslice: use that, or at least the same", "this graphslice reads format %s only", format)
	}
}

// single adds the value of an entry that stands once, unless there was a merge.
func (p *parser) single(values, fields []string) []string {
	if len(fields) != 2 {
		p.failf("%s has one value", fields[0])
		return values
	}
	return append(values, fields[1])
}

func (p *parser) input(fields []string) {
	isAddress := len(fields) == 1 && (strings.HasPrefix(fields[0], "https://") || strings.HasPrefix(fields[0], "http://"))
	switch {
	case isAddress:
		p.lock.Inputs = append(p.lock.Inputs, Input{Path: fields[0]})
	case len(fields) != 2 || fields[0] == "" || strings.Contains(fields[0], "\x00"):
		p.failf("an input has a path and a hash")
	default:
		p.checkHash(fields[1])
		p.lock.Inputs = append(p.lock.Inputs, Input{Path: fields[0], Hash: fields[1]})
	}
}

func (p *parser) file(fields []string) {
	oldDocs := len(fields) == 3 && fields[2] == "older-docs"
	switch {
	case len(fields) != 2 && !oldDocs:
		p.failf("a file has a name and a hash")
	case !IsTreeName(fields[0]):
		p.failf("%s is not a file of this folder", shown(fields[0]))
	default:
		p.checkHash(fields[1])
		p.lock.Files = append(p.lock.Files, File{Name: fields[0], Hash: fields[1], OldDocs: oldDocs})
	}
}

func (p *parser) permission(fields []string) {
	if len(fields) != 2 || fields[0] == "" || fields[1] == "" {
		p.failf("a permission has a name and facts")
		return
	}
	p.lock.Permissions = append(p.lock.Permissions, Permission{Name: fields[0], Facts: fields[1]})
}

// IsPlainName reports whether name is a file's name and nothing else: no folder, no drive, no "..".
func IsPlainName(name string) bool {
	return name != "" && filepath.IsLocal(name) && name != "." && !strings.ContainsAny(name, `/\:`+"\x00")
}

// IsTreeName reports whether name is a file's name, or that of a folder for a package and of a file in it, with a slash between.
func IsTreeName(name string) bool {
	dir, file, isBelow := strings.Cut(name, "/")
	if !isBelow {
		return IsPlainName(name)
	}
	isWord := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
	return dir != "" && strings.IndexFunc(dir, func(r rune) bool { return !isWord(r) }) < 0 && IsPlainName(file)
}

func (p *parser) element(fields []string) {
	all := append(fields, "", "", "", "") // empty fields at the end are left out
	if all[1] == "" || len(fields) > 5 || len(fields) == 5 && fields[4] != "kept" {
		p.failf("a %s has an ID, a name and facts", fields[0])
		return
	}
	e := Element{Kind: all[0], ID: all[1], Name: all[2], Facts: all[3], Kept: all[4] != ""}
	p.lock.Elements = append(p.lock.Elements, e)
}

func (p *parser) checkHash(hash string) {
	if sum, err := hex.DecodeString(hash); err != nil || len(sum) != 32 {
		p.failf("%s is not a SHA-256 in hexadecimal", shown(hash))
	}
}

func (p *parser) checkNumber(text string) {
	if n, err := strconv.Atoi(text); err != nil || n < 1 || strconv.Itoa(n) != text {
		p.failf("%s is not the number of the rules of names", shown(text))
	}
}

// finish brings what was read in order, and finds out what stands there twice.
func (p *parser) finish() *Lock {
	l := &p.lock
	l.Version, l.Options = p.only(p.versions), p.only(p.options)
	l.Config, l.Fake, l.Fakes = p.only(p.config), p.only(p.fake), p.only(p.fakes)
	l.Rules, _ = strconv.Atoi(p.only(p.rules)) // 0 for none
	l.Inputs = sorted(l.Inputs, Input.compare)
	l.Files = sorted(l.Files, File.compare)
	l.Permissions = sorted(l.Permissions, Permission.compare)
	l.Elements = sorted(l.Elements, Element.Compare)
	l.Merged = l.Merged ||
		repeats(l.Inputs, func(in Input) string { return in.Path }) ||
		repeats(l.Files, func(f File) string { return f.Name }) ||
		repeats(l.Permissions, func(p Permission) string { return p.Name }) ||
		repeats(l.Elements, func(e Element) string { return e.Kind + "\t" + e.ID })
	return l
}

// only returns the one value that is there; "" if there are several.
func (p *parser) only(values []string) string {
	values = sorted(values, strings.Compare)
	if len(values) == 1 {
		return values[0]
	}
	p.lock.Merged = p.lock.Merged || len(values) > 1
	return ""
}

// repeats reports whether two neighbours of a sorted list have the same key.
func repeats[T any](list []T, key func(T) string) bool {
	for i := 1; i < len(list); i++ {
		if key(list[i-1]) == key(list[i]) {
			return true
		}
	}
	return false
}
