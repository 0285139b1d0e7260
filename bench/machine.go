//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// machine says what the figures were measured on.
type machine struct {
	CPU       string `json:"cpu"`
	Cores     int    `json:"cores"`
	Gigabytes int    `json:"gigabytes"`
	System    string `json:"system"`
	Go        string `json:"go"`
	// Load is how many processes wanted to run, on average over a minute, before anything was measured; "" if it is not told.
	Load string `json:"load,omitempty"`
}

func (m machine) String() string {
	load := ""
	if m.Load != "" {
		load = ", load " + m.Load + " before"
	}
	return fmt.Sprintf("%s, %d cores, %d GB, %s, %s%s", m.CPU, m.Cores, m.Gigabytes, m.System, m.Go, load)
}

// describeMachine asks the system. What it does not tell is "unknown" or 0.
func describeMachine() machine {
	m := machine{CPU: "unknown CPU", Cores: runtime.NumCPU(), System: firstOutput("uname", "-srm"), Go: firstOutput("go", "env", "GOVERSION")}
	if runtime.GOOS == "darwin" {
		m.CPU = firstOutput("sysctl", "-n", "machdep.cpu.brand_string")
		bytes, _ := strconv.Atoi(firstOutput("sysctl", "-n", "hw.memsize")) // 0 if it is not told
		m.Gigabytes = bytes >> 30
		m.Load = word(firstOutput("sysctl", "-n", "vm.loadavg"), 1) // { 0.52 0.58 0.59 }
		return m
	}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if name := valueOf(string(text), "model name"); name != "" {
			m.CPU = name
		}
	}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		kilobytes, _ := strconv.Atoi(strings.TrimSuffix(valueOf(string(text), "MemTotal"), " kB")) // 0 if it is not told
		m.Gigabytes = (kilobytes + 1<<19) >> 20
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load = word(string(text), 0) // 0.52 0.58 0.59 1/467 12345
	}
	return m
}

// word returns one of the words of a text, or "".
func word(text string, which int) string {
	words := strings.Fields(text)
	if which >= len(words) {
		return ""
	}
	return words[which]
}

// valueOf returns what stands behind the first "name:" at the beginning of a line, or "".
func valueOf(text, name string) string {
	for line := range strings.Lines(text) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// firstOutput returns what a command prints, or "unknown".
func firstOutput(name string, args ...string) string {
	output, err := exec.Command(name, args...).Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(output))
}

// version returns the version of a module that a folder's go.mod requires.
func version(folder, module string) (string, error) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Version}}", module)
	cmd.Dir = folder
	output, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("the version of %s: %w", module, err)
	}
	return strings.TrimSpace(string(output)), nil
}
