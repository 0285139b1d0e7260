//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// step is one size of a series.
type step struct {
	Series     string `json:"series"`
	Part       string `json:"part"`
	Operations int    `json:"operations"`
	Types      int    `json:"types"`
	Generate   figure `json:"generate"`
	Lines      int    `json:"lines"`
	Bytes      int    `json:"bytes"`
	// Compile is nil if there is nothing that compiles.
	Compile *figure `json:"compile,omitempty"`
	// Program is a build of one that imports two of many packages, nil if there is but one package.
	Program *figure `json:"program,omitempty"`
	Error   string  `json:"error,omitempty"`
}

// cut is one slice to generate from.
type cut struct {
	series, part string
	source       []string // of gen slice
	include      []string
	exclude      []string
	// whole is all that metadata describe, with names for what collides. Nobody compiles that in one package: splitting does in many.
	whole bool
}

const (
	openapiSeries  = "beta, OpenAPI document"
	metadataSeries = "v1.0, metadata"
	wholePart      = "whole"
)

// scaling generates from slices of growing size, and compiles what comes out.
func scaling(work string, l limits, everything bool) ([]step, error) {
	if unavailable("scale", wholeDocument, wholeMetadata) {
		return nil, nil
	}
	gen, err := buildGen(work)
	if err != nil {
		return nil, err
	}
	module := filepath.Join(work, "scale")
	if err := newModule(module); err != nil {
		return nil, err
	}
	warm, err := warmStd(work)
	if err != nil {
		return nil, err
	}
	cuts, err := documentCuts()
	if err != nil {
		return nil, err
	}
	var steps []step
	more := metadataCuts(everything)
	if l.quick {
		cuts, more = cuts[:1], more[:1]
	}
	for _, c := range append(cuts, more...) {
		progress("%s: %s", c.series, c.part)
		s := step{Series: c.series, Part: c.part}
		if err := measureStep(&s, c, work, warm, l, gen, module); err != nil {
			s.Error = firstLine(err)
		}
		steps = append(steps, s)
	}
	if everything && !l.quick && !unavailable("all of v1.0 in packages", cleanedMetadata) {
		steps = append(steps, splitting(work, warm, l, gen))
	}
	return steps, nil
}

// measureStep cuts the slice, generates from it and compiles the package.
func measureStep(s *step, c cut, work, warm string, l limits, gen, module string) error {
	slice := filepath.Join(work, "slice.yaml")
	args := append([]string{"slice", "--out", slice}, c.source...)
	for _, pattern := range c.include {
		args = append(args, "--include", pattern)
	}
	for _, pattern := range c.exclude {
		args = append(args, "--exclude", pattern)
	}
	if _, err := l.execute("", nil, gen, args...); err != nil {
		return err
	}
	out := filepath.Join(module, "output")
	args = []string{"--spec", slice, "--out", out, "--package", "output"}
	if c.series == openapiSeries {
		overrides, err := overridesFor(work, slice)
		if err != nil {
			return err
		}
		args = append(args, "--overrides", overrides)
	} else if c.whole {
		args = append(args, "--overrides", "bench/overrides/all-v1.0.yaml")
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	u, err := l.execute("", nil, gen, args...)
	if err != nil {
		return err
	}
	s.Generate = u.figure()
	if s.Types, s.Operations, err = parseSummary(u.output); err != nil {
		return err
	}
	if s.Lines, s.Bytes, err = count(out, "*.go"); err != nil {
		return err
	}
	if c.whole {
		return nil
	}
	if u, err = buildCold(work, warm, l, module, "./output"); err != nil {
		return err
	}
	f := u.figure()
	s.Compile = &f
	return nil
}

var summary = regexp.MustCompile(`(\d+) types?, (\d+) operations?`)

// parseSummary reads how many types and operations gen says it has generated.
func parseSummary(output string) (types, operations int, err error) {
	found := summary.FindStringSubmatch(output)
	if found == nil {
		return 0, 0, fmt.Errorf("no summary in %q", output)
	}
	types, _ = strconv.Atoi(found[1])      // digits, as the pattern says
	operations, _ = strconv.Atoi(found[2]) // as well
	return types, operations, nil
}

// documentCuts takes root segments of the whole document, those with the fewest operations first, until a sixteenth, an eighth, … of
// all operations is there.
func documentCuts() ([]cut, error) {
	file, err := os.Open(wholeDocument)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	counts, err := countOperations(file)
	if err != nil {
		return nil, err
	}
	var cuts []cut
	for _, parts := range []int{16, 8, 4, 2, 1} {
		include := []string{}
		for _, root := range smallest(counts, parts) {
			include = append(include, "/"+root+"/**")
		}
		part := fmt.Sprintf("1/%d, %d roots", parts, len(include))
		if parts == 1 {
			part = wholePart
		}
		cuts = append(cuts, cut{openapiSeries, part, []string{"--openapi", wholeDocument}, include, nil, false})
	}
	return cuts, nil
}

var (
	pathLine   = regexp.MustCompile(`^  ["']?/([^/(:"']+)`)
	methodLine = regexp.MustCompile(`^    (get|put|post|delete|patch):`)
)

// countOperations counts the operations below each root segment of an OpenAPI document in YAML, indented by two. It reads lines, so
// that this program stays small: what it takes would count as memory of those it starts.
func countOperations(document io.Reader) (map[string]int, error) {
	counts := map[string]int{}
	root := ""
	lines := bufio.NewScanner(document)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "components:"):
			return counts, nil
		case methodLine.MatchString(line):
			counts[root]++
		default:
			if found := pathLine.FindStringSubmatch(line); found != nil {
				root = found[1]
			}
		}
	}
	return counts, lines.Err()
}

// smallest returns root segments, those with the fewest operations first, until one of so many parts of all operations is there.
func smallest(counts map[string]int, parts int) []string {
	var roots []string
	all := 0
	for root, operations := range counts {
		roots = append(roots, root)
		all += operations
	}
	slices.SortFunc(roots, func(a, b string) int {
		if difference := counts[a] - counts[b]; difference != 0 {
			return difference
		}
		return strings.Compare(a, b)
	})
	have := 0
	for i, root := range roots {
		if have += counts[root]; have*parts >= all {
			return roots[:i+1]
		}
	}
	return roots
}

// metadataCuts takes the paths of one segment, of up to two, … Metadata has more types the deeper one goes.
func metadataCuts(everything bool) []cut {
	source := []string{"--metadata", wholeMetadata, "--service-root", "https://graph.microsoft.com/v1.0"}
	// Paths that would get the Go names of others: /drive those of /drives/{drive-id}, and so on.
	exclude := []string{"/drive", "/drive/**", "/agreementAcceptances", "/agreementAcceptances/**", "/groupSettings", "/groupSettings/**"}
	var include []string
	var cuts []cut
	for depth := 1; depth <= 4; depth++ {
		include = append(slices.Clone(include), strings.Repeat("/*", depth))
		cuts = append(cuts, cut{metadataSeries, fmt.Sprintf("up to %d segments", depth), source, include, exclude, false})
	}
	if everything {
		cuts = append(cuts, cut{metadataSeries, wholePart, source, []string{"/**"}, nil, true})
	}
	return cuts
}

// overridesFor writes the overrides for the whole document as far as they speak of the slice: one that matches nothing is an error.
func overridesFor(work, slice string) (string, error) {
	overrides, err := os.ReadFile("bench/overrides/all-beta.yaml")
	if err != nil {
		return "", err
	}
	document, err := os.Open(slice)
	if err != nil {
		return "", err
	}
	defer document.Close()
	there, err := keysOf(document)
	if err != nil {
		return "", err
	}
	path := filepath.Join(work, "overrides.yaml")
	return path, os.WriteFile(path, []byte(applicable(string(overrides), there)), 0o666)
}

// keysOf returns the keys of a YAML document that stand on lines of their own, indented by two or four: paths and types.
func keysOf(document io.Reader) (map[string]bool, error) {
	keys := map[string]bool{}
	lines := bufio.NewScanner(document)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		trimmed := strings.TrimLeft(line, " ")
		if indent := len(line) - len(trimmed); (indent == 2 || indent == 4) && strings.HasSuffix(trimmed, ":") {
			keys[strings.Trim(trimmed[:len(trimmed)-1], `"'`)] = true
		}
	}
	return keys, lines.Err()
}

// applicable keeps the overrides, a line each, whose path or type is there.
func applicable(overrides string, there map[string]bool) string {
	var kept strings.Builder
	for line := range strings.Lines(overrides) {
		key, _, isEntry := strings.Cut(strings.TrimPrefix(line, "  "), ": {")
		if isEntry && strings.HasPrefix(line, "  ") && !there[strings.Trim(key, `"'`)] {
			continue
		}
		kept.WriteString(line)
	}
	return kept.String()
}
