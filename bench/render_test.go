package main

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata")

// RESULTS.md and the plot are functions of what is kept of each part.
func TestWrite(t *testing.T) {
	var r results
	if err := r.load("testdata/results"); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if err := os.Mkdir(filepath.Join(out, "results"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := r.write(out); err != nil {
		t.Fatal(err)
	}
	compareFile(t, "testdata/RESULTS.md", filepath.Join(out, "RESULTS.md"))
	compareFile(t, "testdata/results/scale.svg", filepath.Join(out, "results", "scale.svg"))
}

// What is kept is read back as it was.
func TestKeep(t *testing.T) {
	out := t.TempDir()
	want := &measured[[]row]{tree{"4f1c", true}, machine{"A CPU", 2, 24, "Linux", "go1.26", "0.1"}, 1.5, []row{{"what", 1, 2, "s", "note"}}}
	if err := keep(want, out, "own"); err != nil {
		t.Fatal(err)
	}
	var r results
	if err := r.load(out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, r.own); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if r.scale != nil {
		t.Errorf("scale was never measured: %v", r.scale)
	}
}

// RESULTS.md says whether all parts are of one commit, as it is.
func TestOrigin(t *testing.T) {
	const one, not = "\nAll parts are of commit `a`.\n", "\nThe parts are not of one commit as it is: each says what it is of.\n"
	for _, test := range []struct {
		own, scale tree
		want       string
	}{
		{tree{"a", false}, tree{"a", false}, one},
		{tree{"a", false}, tree{"b", false}, not},
		{tree{"a", false}, tree{"a", true}, not},
		{tree{"a", true}, tree{"a", true}, not},
		{tree{}, tree{}, not},
	} {
		r := results{own: &measured[[]row]{Tree: test.own}, scale: &measured[[]step]{Tree: test.scale}}
		if got := r.origin(); got != test.want {
			t.Errorf("%v and %v: got %q, want %q", test.own, test.scale, got, test.want)
		}
	}
	if got := (&results{}).origin(); got != "" {
		t.Errorf("nothing is measured: got %q", got)
	}
}

func compareFile(t *testing.T, want, got string) {
	t.Helper()
	gotText, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(want, gotText, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	wantText, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(wantText), string(gotText)); diff != "" {
		t.Errorf("%s: -want +got:\n%s", want, diff)
	}
}

func TestDrawPanels(t *testing.T) {
	svg := drawPanels([]panel{{"Time & <more>", "operations", "s", []line{{"a", []point{{0, 0}, {1000, 50}}}, {"b", nil}}}})
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{
		`<polyline class="s0" points="62.0,272.0 444.0,40.0"/>`, // from the origin to the end of both axes
		`>Time &amp; &lt;more&gt;</text>`, `>1,000</text>`, `>50</text>`, `>operations</text>`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in:\n%s", want, svg)
		}
	}
}

func TestTick(t *testing.T) {
	for largest, want := range map[float64]float64{0: 1, 0.9: 0.2, 5: 1, 10: 2, 26: 5, 70: 20, 10677: 2000} {
		if got := tick(largest); got != want {
			t.Errorf("tick(%v) = %v, want %v", largest, got, want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 12345678: "12,345,678"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}
