package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// write writes RESULTS.md and the plot.
func (r *results) write(folder string) error {
	if r.scale != nil {
		if err := os.WriteFile(filepath.Join(folder, "results", "scale.svg"), []byte(drawPanels(panels(r.scale.Figures))), 0o666); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "RESULTS.md"), []byte(r.markdown()), 0o666)
}

const introduction = `# Results

Written by ` + "`make bench`" + ` from the last figures of each part, which are in ` + "`results/`" + `. Do not edit.

Time is wall time, processor time is that of a process and all that it starts, memory is the largest resident set of one process
among these. Tools take turns, and figures are medians unless it says otherwise. Ratios are of one run on one machine.
`

// markdown renders all parts: the figures to reach, then ratios, then what they come from.
func (r *results) markdown() string {
	var b strings.Builder
	b.WriteString(introduction + r.origin())
	if goals := r.goals(); len(goals) > 0 {
		b.WriteString("\n## Figures to reach\n\n")
		targetTable(&b, goals)
	}
	if r.generating != nil {
		b.WriteString("\n## Generating\n\n" + taken(r.generating))
		b.WriteString(generatingNotes)
		generatingTables(&b, r.generating.Figures)
	}
	if r.sdk != nil {
		b.WriteString("\n## Using, with Microsoft's SDKs\n\n" + taken(r.sdk))
		b.WriteString(usingNotes)
		usingTables(&b, r.sdk.Figures)
	}
	if r.using != nil {
		b.WriteString("\n## Using, without Microsoft's SDKs\n\n" + taken(r.using))
		b.WriteString(usingNotes)
		usingTables(&b, r.using.Figures)
	}
	if r.scale != nil {
		b.WriteString("\n## Scale\n\n" + taken(r.scale))
		b.WriteString(scaleNotes)
		scaleTable(&b, r.scale.Figures)
	}
	if r.own != nil {
		b.WriteString("\n## graphslice alone\n\n" + taken(r.own))
		targetTable(&b, r.own.Figures)
	}
	return b.String()
}

// taken says what was measured, on what, and how long that took.
func taken[T any](m *measured[T]) string {
	return fmt.Sprintf("Of %s. %s. Measuring took %.0f minutes.\n\n", m.Tree, m.Machine, m.Minutes)
}

// table writes a table; numbers are in the columns after the first few, which are text.
func table(b *strings.Builder, texts int, head []string, rows [][]string) {
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---"
		if i >= texts {
			rule[i] = "--:"
		}
	}
	for _, cells := range append([][]string{head, rule}, rows...) {
		fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
	}
}

// cell makes text fit into a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}

func targetTable(b *strings.Builder, rows []row) {
	var cells [][]string
	for _, r := range rows {
		cells = append(cells, []string{
			cell(r.What), strings.TrimSpace(number(r.Figure) + " " + r.Unit), "≤ " + number(r.Target), r.verdict(), cell(r.Note),
		})
	}
	table(b, 5, []string{"what", "measured", "target", "", "from"}, cells)
}

const generatingNotes = `A ratio is of graphslice's figure: 4.0 is four times as much. kin-openapi only loads the document, without places in the file.
oapi-codegen gets each document without ` + "`additionalProperties: {type: object}`" + ` (program/without), with which it stops with an
error, and writes models and a client (peers/oapi-codegen/config.yaml). ogen gets it as it is, leaves out what it does not do, and
writes a client (peers/ogen/config.yaml). graphslice gets overrides for two pairs of names in all.yaml (overrides/all-beta.yaml). Compiling
is go build of the output; what it imports is built already.

`

func generatingTables(b *strings.Builder, all []generation) {
	var ratios, figures [][]string
	ours := map[string]generation{}
	for _, g := range all {
		if g.Tool == graphslice && g.Error == "" {
			ours[g.Document] = g
		}
	}
	for _, g := range all {
		if us, found := ours[g.Document]; found && g.Tool != graphslice && g.Error == "" && g.Before == "" {
			ratios = append(ratios, append([]string{g.Document, g.Tool}, generationRatios(g, us)...))
		}
		figures = append(figures, generationFigures(g))
	}
	table(b, 2, []string{"document", "tool", "time", "CPU", "memory", "lines", "bytes", "CPU to compile", "memory to compile"}, ratios)
	b.WriteString("\n")
	table(b, 3, []string{"document", "tool", "version", "runs", "s", "CPU s", "MB", "lines", "bytes", "compile: s", "CPU s", "MB"}, figures)
	for _, g := range all {
		if reason := g.Error + g.CompileError; reason != "" {
			what := "does not generate"
			if g.Error == "" {
				what = "output does not compile"
			}
			fmt.Fprintf(b, "\n%s, %s, %s: `%s`\n", g.Document, g.Tool, what, strings.ReplaceAll(reason, "`", "'"))
			if g.Before != "" {
				fmt.Fprintf(b, "This is known of that version, and was not run again: its figures are of %s.\n", g.Before)
			}
		}
	}
}

func generationRatios(g, ours generation) []string {
	compileCPU, compileMemory := "", ""
	if g.Compile != nil && ours.Compile != nil {
		compileCPU, compileMemory = ratio(g.Compile.CPU, ours.Compile.CPU), ratio(g.Compile.Megabytes, ours.Compile.Megabytes)
	}
	return []string{
		ratio(g.Generate.Seconds, ours.Generate.Seconds), ratio(g.Generate.CPU, ours.Generate.CPU),
		ratio(g.Generate.Megabytes, ours.Generate.Megabytes), ratio(float64(g.Lines), float64(ours.Lines)),
		ratio(float64(g.Bytes), float64(ours.Bytes)), compileCPU, compileMemory,
	}
}

func generationFigures(g generation) []string {
	runs := fmt.Sprint(g.Runs)
	if g.Before != "" {
		runs = "before"
	}
	cells := []string{g.Document, g.Tool, g.Version, runs}
	if g.Error != "" {
		return append(cells, "error", "", "", "", "", "", "", "")
	}
	cells = append(cells, figureCells(g.Generate)...)
	cells = append(cells, thousands(g.Lines), thousands(g.Bytes))
	switch {
	case g.Compile != nil:
		return append(cells, figureCells(*g.Compile)...)
	case g.CompileError != "":
		return append(cells, "error", "", "")
	}
	return append(cells, "", "", "")
}

func figureCells(f figure) []string {
	return []string{fmt.Sprintf("%.2f", f.Seconds), fmt.Sprintf("%.2f", f.CPU), thousands(int(f.Megabytes + 0.5))}
}

// number writes a figure with three digits, or all of those before the point.
func number(figure float64) string {
	if figure >= 1000 {
		return thousands(int(figure + 0.5))
	}
	return fmt.Sprintf("%.3g", figure)
}

// ratio writes a/b, or nothing if there is no b or no a.
func ratio(a, b float64) string {
	if a == 0 || b == 0 {
		return ""
	}
	return number(a / b)
}

const usingNotes = `The same program with each client: it creates a chat with two bound members, adds a member who sees the whole history, and lists
chats with their members. A ratio is of graphslice's figure. "Beyond" builds everything but the standard library, "warm" links what is
built, both as often as "runs" says; "cold" is "beyond" and what the program needs of the standard library, which is built once. Size is
that of the stripped binary. The body that creates the chat is encoded, 50 chats with five members each are decoded.

`

func usingTables(b *strings.Builder, all []program) {
	var ours program
	for _, p := range all {
		if p.Client == graphslice && p.Error == "" {
			ours = p
		}
	}
	var ratios, builds, codec [][]string
	for _, p := range all {
		if p.Error != "" {
			fmt.Fprintf(b, "%s %s: `%s`\n\n", p.Client, p.Version, strings.ReplaceAll(p.Error, "`", "'"))
			continue
		}
		if p.Client != graphslice {
			ratios = append(ratios, programRatios(p, ours))
		}
		builds = append(builds, programBuilds(p))
		codec = append(codec, []string{
			p.Client, fmt.Sprintf("%.0f", p.Encode.Nanoseconds), fmt.Sprintf("%.0f", p.Encode.Bytes), fmt.Sprintf("%.0f", p.Encode.Allocations),
			fmt.Sprintf("%.0f", p.Decode.Nanoseconds), thousands(int(p.Decode.Bytes)), thousands(int(p.Decode.Allocations)),
		})
	}
	table(b, 1, []string{"client", "cold CPU", "beyond CPU", "beyond memory", "warm CPU", "size", "packages", "encode", "allocations", "decode", "allocations"}, ratios)
	b.WriteString("\n")
	table(b, 2, []string{"client", "version", "runs", "cold: s", "CPU s", "MB", "beyond: s", "CPU s", "MB", "warm: s", "CPU s", "MB", "size", "packages"}, builds)
	b.WriteString("\n")
	table(b, 1, []string{"client", "encode: ns", "bytes", "allocations", "decode: ns", "bytes", "allocations"}, codec)
	wireSection(b, all)
}

func programRatios(p, ours program) []string {
	return []string{
		p.Client, ratio(p.Cold.CPU, ours.Cold.CPU), ratio(p.Beyond.CPU, ours.Beyond.CPU), ratio(p.Beyond.Megabytes, ours.Beyond.Megabytes),
		ratio(p.Warm.CPU, ours.Warm.CPU), ratio(float64(p.Size), float64(ours.Size)), ratio(float64(p.Packages), float64(ours.Packages)),
		ratio(p.Encode.Nanoseconds, ours.Encode.Nanoseconds), ratio(p.Encode.Allocations, ours.Encode.Allocations),
		ratio(p.Decode.Nanoseconds, ours.Decode.Nanoseconds), ratio(p.Decode.Allocations, ours.Decode.Allocations),
	}
}

func programBuilds(p program) []string {
	cells := []string{p.Client, p.Version, fmt.Sprint(p.Runs)}
	for _, f := range []figure{p.Cold, p.Beyond, p.Warm} {
		cells = append(cells, figureCells(f)...)
	}
	return append(cells, thousands(int(p.Size)), fmt.Sprint(p.Packages))
}

// wireSection shows what each program sends once, and what its calls hand back for each way to answer.
func wireSection(b *strings.Builder, all []program) {
	b.WriteString("\n### On the wire\n\nWhat each program sends, and what its calls hand back. {root} is the service root.\n")
	for _, p := range all {
		if len(p.Exchange) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n%s:\n\n```\n", p.Client)
		for _, r := range p.Exchange[0].Requests {
			fmt.Fprintf(b, "%s %s\n", r.Method, r.URL)
			for _, h := range r.Headers {
				fmt.Fprintf(b, "  %s\n", h)
			}
			if r.Body != "" {
				fmt.Fprintf(b, "  %s\n", strings.TrimSpace(r.Body))
			}
		}
		for _, e := range p.Exchange {
			fmt.Fprintf(b, "\nif the service answers %s:\n", e.Answers)
			for text := range strings.Lines(e.Output) {
				fmt.Fprintf(b, "  %s\n", strings.TrimRight(text, "\n"))
			}
		}
		b.WriteString("```\n")
	}
}

const scaleNotes = `![time and memory against the number of operations](results/scale.svg)

Slices of growing size, one package each, generated once. Of the whole beta document: root segments, those with the fewest operations first, until the
part is reached. Of the v1.0 metadata: all paths of up to so many segments. Compiling is go build, with the standard library built. The whole of v1.0 is
compiled in packages by path, not in one.

`

func scaleTable(b *strings.Builder, steps []step) {
	var rows [][]string
	for _, s := range steps {
		cells := []string{s.Series, s.Part, thousands(s.Operations), thousands(s.Types)}
		if s.Generate.Seconds > 0 {
			cells = append(cells, figureCells(s.Generate)...)
			cells = append(cells, fmt.Sprintf("%.2f", s.Generate.Seconds*1e3/float64(s.Operations)), fmt.Sprintf("%.0f", s.Generate.Megabytes*1e3/float64(s.Operations)))
			cells = append(cells, thousands(s.Lines))
		} else {
			cells = append(cells, "", "", "", "", "", "")
		}
		switch {
		case s.Compile != nil:
			cells = append(cells, figureCells(*s.Compile)...)
		case s.Error != "":
			cells = append(cells, "no", "", "")
		default: // it was not to be compiled
			cells = append(cells, "", "", "")
		}
		rows = append(rows, cells)
	}
	table(b, 2, []string{"source", "part", "operations", "types", "s", "CPU s", "MB", "ms per operation", "kB per operation", "lines", "compile: s", "CPU s", "MB"}, rows)
	for _, s := range steps {
		if s.Error != "" {
			fmt.Fprintf(b, "\n%s, %s: `%s`\n", s.Series, s.Part, strings.ReplaceAll(s.Error, "`", "'"))
		}
	}
}

// panels plots time and memory against the number of operations.
func panels(steps []step) []panel {
	time := panel{title: "Time to generate", x: "operations", y: "seconds"}
	memory := panel{title: "Memory to generate", x: "operations", y: "MB"}
	for _, series := range []string{openapiSeries, metadataSeries} {
		var seconds, megabytes []point
		for _, s := range steps {
			if s.Series == series && s.Generate.Seconds > 0 {
				seconds = append(seconds, point{float64(s.Operations), s.Generate.Seconds})
				megabytes = append(megabytes, point{float64(s.Operations), s.Generate.Megabytes})
			}
		}
		time.lines, memory.lines = append(time.lines, line{series, seconds}), append(memory.lines, line{series, megabytes})
	}
	return []panel{time, memory}
}
