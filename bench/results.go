package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// results are the last figures of each part. A part that has never been measured is nil.
type results struct {
	own        *measured[[]row]
	generating *measured[[]generation]
	using      *measured[[]program]
	sdk        *measured[[]program]
	scale      *measured[[]step]
}

// measured is what bench keeps of one part, as JSON.
type measured[T any] struct {
	Tree    tree    `json:"tree"`
	Machine machine `json:"machine"`
	// Minutes is how long measuring took.
	Minutes float64 `json:"minutes"`
	Figures T       `json:"figures"`
}

// load reads what is kept of all parts.
func (r *results) load(folder string) error {
	return errors.Join(
		read(&r.own, folder, "own"), read(&r.generating, folder, "generating"), read(&r.using, folder, "using"),
		read(&r.sdk, folder, "sdk"), read(&r.scale, folder, "scale"))
}

func read[T any](into **measured[T], folder, part string) error {
	data, err := os.ReadFile(filepath.Join(folder, part+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	return nil
}

// keep writes the figures of one part.
func keep[T any](m *measured[T], folder, part string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, part+".json"), append(data, '\n'), 0o666)
}
