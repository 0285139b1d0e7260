//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Where Graph's documents lie, beside the repository.
const (
	wholeDocument = "../shared/graph-openapi/2022-05/beta/all.yaml"
	wholeMetadata = "../shared/graph-csdl/v1.0-2026-08.csdl"
)

// slicing measures the cutting of a slice from a whole document and from metadata.
func slicing(work string) ([]row, error) {
	for _, path := range []string{wholeDocument, wholeMetadata} {
		if _, err := os.Stat(path); err != nil {
			fmt.Fprintf(os.Stderr, "bench: slicing is not measured: %v\n", err)
			return nil, nil
		}
	}
	document, err := cutting(work, "--openapi", wholeDocument)
	if err != nil {
		return nil, err
	}
	asJSON := filepath.Join(work, "all.json")
	if err := buildTools(work, "tojson", "load"); err != nil {
		return nil, err
	}
	if err := writeJSON(work, asJSON); err != nil {
		return nil, err
	}
	inJSON, err := cutting(work, "--openapi", asJSON)
	if err != nil {
		return nil, err
	}
	metadata, err := cutting(work, "--metadata", wholeMetadata, "--service-root", "https://graph.microsoft.com/v1.0")
	if err != nil {
		return nil, err
	}
	kin, err := best(1, func() (usage, error) { return execute(0, filepath.Join(work, "load"), wholeDocument) })
	if err != nil {
		return nil, err
	}
	cpu := func(u usage) string { return fmt.Sprintf("best of 5; %.2f s of processor time", u.cpu) }
	return []row{
		{"/chats/** of a document of 21.5 MB: time", document.seconds, 0.4, "s", cpu(document)},
		{"/chats/** of a document of 21.5 MB: memory", document.megabytes, 150, "MB", "largest resident set"},
		{"… of the time that kin-openapi needs to load it", document.seconds / kin.seconds, 1. / 20, "", fmt.Sprintf("which is %.1f s", kin.seconds)},
		{"… the same in JSON: time", inJSON.seconds / document.seconds, 3, "of YAML", cpu(inJSON)},
		{"/chats/** of metadata of 3.4 MB: time", metadata.seconds, 0.5, "s", cpu(metadata)},
		{"/chats/** of metadata of 3.4 MB: memory", metadata.megabytes, 150, "MB", "largest resident set"},
	}, nil
}

// cutting measures gen slice with the source that the arguments name. The program is there from generating.
func cutting(work string, source ...string) (usage, error) {
	args := append([]string{"slice", "--quiet", "--include", "/chats/**", "--out", filepath.Join(work, "cut.yaml")}, source...)
	return best(5, func() (usage, error) {
		os.Remove(filepath.Join(work, "cut.yaml"))
		return execute(0, filepath.Join(work, "gen"), args...)
	})
}

// writeJSON writes the whole document as JSON.
func writeJSON(work, path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(work, "tojson"), wholeDocument)
	cmd.Stdout, cmd.Stderr = file, os.Stderr
	return errors.Join(cmd.Run(), file.Close())
}
