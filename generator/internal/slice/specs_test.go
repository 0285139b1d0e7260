package slice_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// repository is the folder of the repository, seen from here.
var repository = filepath.Join("..", "..", "..")

// repositoryConfigs reads the slices that the repository's own configuration asks for. Tests that need the metadata beside the
// repository are skipped where it is not there.
func repositoryConfigs(tb testing.TB) []slice.Config {
	tb.Helper()
	file := filepath.Join(repository, "graphslice.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	var config struct {
		Packages []struct{ Slice yaml.Node }
	}
	if err := yaml.Unmarshal(data, &config); err != nil {
		tb.Fatal(err)
	}
	offline := offlineFiles(tb)
	var configs []slice.Config
	for _, p := range config.Packages {
		cfg, diags := slice.ReadConfig(file, &p.Slice)
		if len(diags) > 0 {
			tb.Fatal(diags)
		}
		stamps, diags := slice.Stamps(file, &p.Slice)
		if len(diags) > 0 {
			tb.Fatal(diags)
		}
		for i, f := range cfg.Files {
			cfg.Files[i].Stamp = stamps[f.Out]
		}
		for i, metadata := range cfg.Metadata {
			if path, ok := offline[metadata]; ok {
				cfg.Metadata[i] = path
			}
		}
		cfg.Read = func(_ context.Context, source string) ([]byte, diag.List) { return readOffline(offline, source) }
		configs = append(configs, cfg)
	}
	return configs
}

// readOffline reads a source: for an address, the file that answers it.
func readOffline(offline map[string]string, source string) ([]byte, diag.List) {
	if path, ok := offline[source]; ok {
		source = path
	}
	var diags diag.List
	data, err := os.ReadFile(source)
	if err != nil {
		diags.Errorf(diag.Pos{File: source}, "unreadable", "%v", err)
	}
	return data, diags
}

// offlineFiles are the files that answer the addresses of the repository's configuration, by address. The test is skipped where
// they are not there.
func offlineFiles(tb testing.TB) map[string]string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(repository, ".ci", "offline"))
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if address, path, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			path = filepath.Join(repository, filepath.FromSlash(path))
			if _, err := os.Stat(path); err != nil {
				tb.Skipf("SKIPPED: needs %s, which lies beside the repository and is not there", filepath.ToSlash(path))
			}
			files[address] = path
		}
	}
	return files
}

func cut(tb testing.TB, cfg slice.Config) *slice.Result {
	tb.Helper()
	result, err := slice.Cut(context.Background(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		if d.Severity != diag.Note {
			tb.Fatal(result.Diagnostics)
		}
	}
	return result
}

// TestSpecs cuts the committed slices anew and compares them: with what is committed, to the byte, and with the metadata.
func TestSpecs(t *testing.T) {
	configs := repositoryConfigs(t)
	unusedIn := map[string]int{}
	for _, cfg := range configs {
		result := cut(t, cfg)
		metadata := readDocument(t, cfg.Metadata)
		theirs := theirWords(metadata)
		for _, d := range result.Documents {
			t.Run(filepath.ToSlash(d.Out), func(t *testing.T) {
				compareCommitted(t, d)
				compareWords(t, d, theirs)
				compareMetadata(t, metadata, cfg, d.Out)
			})
		}
		for _, u := range result.Unused {
			if !u.Known {
				unusedIn[u.Pos.String()+": "+u.Key]++
			}
		}
	}
	for entry, count := range unusedIn {
		if count == len(configs) {
			t.Errorf("neither a slice nor the metadata has a use for the note %s; is the name right?", filepath.ToSlash(entry))
		}
	}
}

func compareCommitted(t *testing.T, d *tree.Document) {
	committed, err := os.ReadFile(d.Out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(committed), "\n"), strings.Split(string(d.Render()), "\n")); diff != "" {
		t.Errorf("%s is not what `gen slice` makes now; renew it with: make slices-offline\n(-committed +now):\n%s", filepath.ToSlash(d.Out), diff)
	}
}

// compareWords makes sure that no description of the metadata got into a slice.
func compareWords(t *testing.T, d *tree.Document, theirs map[string]bool) {
	for line := range strings.SplitSeq(string(d.Render()), "\n") {
		_, text, ok := strings.Cut(line, "description: ")
		if ok && theirs[strings.Trim(text, "'")] {
			t.Errorf("%s has a description of the metadata: %s", filepath.ToSlash(d.Out), text)
		}
	}
}

func theirWords(doc *csdl.Document) map[string]bool {
	words := map[string]bool{}
	for _, as := range allAnnotations(doc) {
		words[as.Text("Org.OData.Core.V1.Description")] = true
		words[as.Text("Org.OData.Core.V1.LongDescription")] = true
	}
	return words
}

func allAnnotations(doc *csdl.Document) []csdl.Annotations {
	var all []csdl.Annotations
	for _, t := range doc.Types {
		all = append(all, t.Annotations)
		for _, p := range t.Properties {
			all = append(all, p.Annotations)
		}
	}
	for _, e := range doc.Enums {
		all = append(all, e.Annotations)
		for _, m := range e.Members {
			all = append(all, m.Annotations)
		}
	}
	for _, o := range doc.Operations {
		all = append(all, o.Annotations)
	}
	return all
}

func readDocument(tb testing.TB, paths []string) *csdl.Document {
	tb.Helper()
	var inputs []csdl.Input
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		inputs = append(inputs, csdl.Input{Name: path, Text: bytes.NewReader(data)})
	}
	doc, diags := csdl.Read(inputs...)
	if len(diags) > 0 {
		tb.Fatal(diags)
	}
	return doc
}

func BenchmarkCut(b *testing.B) {
	cfg := repositoryConfigs(b)[0]
	for b.Loop() {
		for _, d := range cut(b, cfg).Documents {
			d.Render()
		}
	}
}
