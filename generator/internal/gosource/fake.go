package gosource

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/templates"
)

// templateClient is what the templates of a fake import.
const templateClient = "github.com/graphslice/graphslice/templates/graph"

// FakeFiles returns the part that is the same for every package that fakes the service of another, of package pkg. It imports the
// client of the templates, until FinishFake gives it its own. It is as RuntimeFiles otherwise.
func FakeFiles(pkg string) ([]File, error) {
	read, err := fakeFiles()
	if err != nil {
		return nil, err
	}
	files := make([]File, len(read))
	for i, f := range read {
		files[i] = f.stamped(pkg)
	}
	return files, nil
}

// fakeFiles reads the templates once, for all packages.
var fakeFiles = sync.OnceValues(func() ([]File, error) { return readTemplates(templates.Fake, "graphtest", "tables.go") })

// FinishFake is Finish for the fake of the package client that is imported by a path.
func FinishFake(files []File, offer Offer, client, importPath string) ([]File, error) {
	finished, err := finish(files, offer, []string{importPath})
	line := strconv.Quote(importPath)
	if client != "graph" || path.Base(importPath) != "graph" {
		line = "graph " + line // as the templates call it
	}
	for i, f := range finished {
		if f.runtime != nil {
			finished[i].Data = bytes.Replace(f.Data, []byte(strconv.Quote(templateClient)), []byte(line), 1)
		}
	}
	return finished, err
}

// FakeNeeds are the names of a client that the fake of its service needs whatever the client has, sorted.
func FakeNeeds() ([]string, error) { return fakeNeeds() }

// fakeNeeds looks for them once, for all packages.
var fakeNeeds = sync.OnceValues(func() ([]string, error) {
	files, err := fakeFiles()
	if err != nil {
		return nil, err
	}
	needed := map[string]bool{}
	for _, f := range files {
		for _, p := range f.runtime.pieces {
			for selection := range p.words.selections {
				if name, ok := strings.CutPrefix(selection, "graph."); ok {
					needed[name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(needed)), nil
})

// apart moves imports of other packages, such as the client, behind those of the standard library, after an empty line.
func apart(src []byte, paths ...string) []byte {
	const begin, end = "\nimport (\n", "\n)\n"
	from := bytes.Index(src, []byte(begin))
	if from < 0 {
		return src
	}
	from += len(begin)
	to := from + bytes.Index(src[from:], []byte(end))
	var others, own [][]byte
	for _, line := range bytes.Split(src[from:to], []byte("\n")) {
		isOther := func(path string) bool { return bytes.HasSuffix(line, []byte(strconv.Quote(path))) }
		if slices.ContainsFunc(paths, isOther) {
			own = append(own, line)
		} else if len(line) > 0 {
			others = append(others, line)
		}
	}
	if len(own) == 0 || len(others) == 0 {
		return src
	}
	lines := append(append(others, nil), own...)
	return bytes.Join([][]byte{src[:from], bytes.Join(lines, []byte("\n")), src[to:]}, nil)
}
