//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// building measures what a generated package adds to a program that uses net/http and encoding/json already. Each build
// starts with the same cache, which holds the standard packages that the smaller program needs and nothing else.
func building(work string) ([]row, error) {
	warm := filepath.Join(work, "cache")
	if _, err := goCommand([]string{"GOCACHE=" + warm}, "build", "net/http", "encoding/json"); err != nil {
		return nil, err
	}
	base, err := buildProgram(work, warm, "base")
	if err != nil {
		return nil, err
	}
	chats, err := buildProgram(work, warm, "chats")
	if err != nil {
		return nil, err
	}
	return []row{
		{"the package adds to a cold build", chats.seconds - base.seconds, 1, "s",
			fmt.Sprintf("best of 5 each, standard library built; %.2f s of processor time", chats.cpu-base.cpu)},
		{"the package adds to the stripped size", chats.megabytes - base.megabytes, 0.5, "MB", ""},
	}, nil
}

// buildProgram returns the time to build a program of bench/program and the size of the stripped binary in MB.
func buildProgram(work, warm, name string) (usage, error) {
	binary := filepath.Join(work, name)
	fastest, err := best(5, func() (usage, error) {
		cold := filepath.Join(work, "cold")
		if err := os.RemoveAll(cold); err != nil {
			return usage{}, err
		}
		if err := os.CopyFS(cold, os.DirFS(warm)); err != nil {
			return usage{}, err
		}
		return goCommand([]string{"GOCACHE=" + cold}, "build", "-ldflags=-s -w", "-o", binary, "./program/"+name)
	})
	if err != nil {
		return usage{}, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return usage{}, err
	}
	fastest.megabytes = float64(info.Size()) / 1e6
	return fastest, nil
}
