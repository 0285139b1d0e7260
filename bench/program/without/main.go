// Without copies a YAML document from stdin to stdout without `additionalProperties: {type: object}`. Graph's documents have it
// on every type, on bases and derived ones alike, where it means that more JSON may follow. oapi-codegen stops with an error at
// the first derived type that has it.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if err := without(os.Stdout, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "without:", err)
		os.Exit(1)
	}
}

// without leaves out each line `additionalProperties:` with the one line `type: object` below it. Anything else that
// stands below it is kept.
func without(w io.Writer, r io.Reader) error {
	out := bufio.NewWriter(w)
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	held := "" // the line `additionalProperties:`, until the next one is known
	for lines.Scan() {
		line := lines.Text()
		text := strings.TrimSpace(line)
		if held != "" && text == "type: object" {
			held = ""
			continue
		}
		if held != "" {
			fmt.Fprintln(out, held)
			held = ""
		}
		if text == "additionalProperties:" {
			held = line
			continue
		}
		fmt.Fprintln(out, line)
	}
	if held != "" {
		fmt.Fprintln(out, held)
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return out.Flush()
}
