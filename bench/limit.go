//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// limits is what a program that may not end, or take all memory, is held to.
type limits struct {
	time      time.Duration
	gigabytes int // of address space, for each process; 0: any
	// quick measures the smallest of everything, once: to see that bench works, not for figures.
	quick bool
}

// What execute says of a command that a limit ended.
const (
	outOfTime  = "not done after"
	outOfSpace = "out of memory"
)

// execute runs a command in a folder within the limits. If it takes too long, it and what it has started is killed.
func (l limits) execute(folder string, env []string, name string, args ...string) (usage, error) {
	ctx, cancel := context.WithTimeout(context.Background(), l.time)
	defer cancel()
	if l.gigabytes > 0 {
		shell := fmt.Sprintf(`ulimit -v %d; exec "$0" "$@"`, l.gigabytes<<20)
		name, args = "sh", append([]string{"-c", shell, name}, args...)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	u, err := measure(cmd, 0)
	if ctx.Err() != nil {
		return u, fmt.Errorf("%s %s", outOfTime, l.time)
	}
	if err != nil && l.gigabytes > 0 && outOfMemory(err.Error()) {
		return u, fmt.Errorf("%s: more than %d GB of address space", outOfSpace, l.gigabytes)
	}
	return u, err
}

// outOfMemory tells whether Go's runtime, or the kernel, stopped a program for its memory.
func outOfMemory(text string) bool {
	return strings.Contains(text, "out of memory") || strings.Contains(text, "cannot allocate memory") || strings.Contains(text, "signal: killed")
}

// folders are those in front of a file's name that starts at the root of this machine.
var folders = regexp.MustCompile(`/(?:[^\s/:"]+/)+`)

// firstLine returns what an error says in a line: of a program's output, the first line that speaks of an error. What was called
// stands in front of the output and tells nothing.
func firstLine(err error) string {
	var line string
	for i, text := range strings.Split(strings.TrimSpace(err.Error()), "\n") {
		text = strings.TrimSpace(text)
		if i <= 1 || strings.Contains(strings.ToLower(text), "error") && !strings.Contains(strings.ToLower(line), "error") {
			line = text
		}
	}
	line = folders.ReplaceAllString(line, "")
	const longest = 300
	if runes := []rune(line); len(runes) > longest {
		line = string(runes[:longest]) + " …"
	}
	return line
}

// unavailable tells whether the file or folder of that name is missing, and says so.
func unavailable(part string, paths ...string) bool {
	for _, path := range paths {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			fmt.Fprintf(os.Stderr, "bench: %s is not measured: it needs %s\n", part, path)
			return true
		}
	}
	return false
}
