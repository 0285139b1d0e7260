//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// usage is what a process took.
type usage struct {
	seconds, megabytes float64
	// cpu is the processor time in seconds, with that of the processes it started.
	cpu    float64
	output string
}

// best runs something several times and returns the fastest run with the largest memory.
func best(times int, run func() (usage, error)) (usage, error) {
	var fastest usage
	for i := range times {
		u, err := run()
		if err != nil {
			return u, err
		}
		megabytes := max(u.megabytes, fastest.megabytes)
		if i == 0 || u.seconds < fastest.seconds {
			fastest = u
		}
		fastest.megabytes = megabytes
	}
	return fastest, nil
}

// goCommand runs the go command in bench's module with more environment.
func goCommand(env []string, args ...string) (usage, error) {
	return goIn("bench", env, args...)
}

// goIn runs the go command in a folder with more environment.
func goIn(folder string, env []string, args ...string) (usage, error) {
	return inFolder(folder, env, "go", args...)
}

// inFolder runs a program in a folder with more environment.
func inFolder(folder string, env []string, name string, args ...string) (usage, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), env...)
	return measure(cmd, 0)
}

// execute runs a program that has to end with the exit code.
func execute(code int, name string, args ...string) (usage, error) {
	return measure(exec.Command(name, args...), code)
}

func measure(cmd *exec.Cmd, code int) (usage, error) {
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	start := time.Now()
	err := cmd.Run()
	seconds := time.Since(start).Seconds()
	if cmd.ProcessState == nil {
		return usage{}, err
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		return usage{}, fmt.Errorf("%s: exit code %d, want %d\n%s", strings.Join(cmd.Args, " "), got, code, output.String())
	}
	megabytes := 0.0
	if rusage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		megabytes = float64(rusage.Maxrss) / 1e3 // kilobytes
		if runtime.GOOS == "darwin" {
			megabytes /= 1e3 // bytes there
		}
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return usage{seconds, megabytes, cpu.Seconds(), output.String()}, nil
}
