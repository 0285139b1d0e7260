// Package documented_test proves what the generated packages put on the wire and what they make of the answers: the exchanges
// that the reference documents, which are the fixtures in testdata, and what these imply for other input.
//
// Every request goes to a local server that checks it against the slices in specs.
package documented_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fixture is one documented exchange.
type fixture struct {
	Name    string
	Version string
	Note    string // what differs from the reference's page, and why
	Request struct {
		Method  string
		Path    string // below the service root, escaped
		Headers map[string]string
		Body    json.RawMessage // binds are below the version's global service root
	}
	Response struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage // null: none
	}
}

// globalRoot is the service root that the fixtures of a version bind to.
func globalRoot(version string) string { return "https://graph.microsoft.com/" + version }

// readFixture reads testdata/version/name.json.
func readFixture(t *testing.T, version, name string) fixture {
	t.Helper()
	return decodeFixture(t, filepath.Join("testdata", version, name+".json"))
}

func decodeFixture(t *testing.T, path string) fixture {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var f fixture
	if err := decoder.Decode(&f); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return f
}

// fixtureNames lists the fixtures of a version.
func fixtureNames(t *testing.T, version string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", version, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = strings.TrimSuffix(filepath.Base(path), ".json")
	}
	return names
}

// sent returns the documented request, its binds on the root of the client under test.
func (f fixture) sent(t *testing.T) request {
	t.Helper()
	return request{
		method: f.Request.Method, address: f.Request.Path, header: f.Request.Headers,
		body: decodeJSON(t, strings.ReplaceAll(string(f.Request.Body), globalRoot(f.Version), rootMark)),
	}
}

// answered returns the documented answer.
func (f fixture) answered() answer {
	a := answer{status: f.Response.Status, headers: f.Response.Headers}
	if string(f.Response.Body) != "null" {
		a.body = string(f.Response.Body)
	}
	return a
}

// TestFixturesAreTheReference compares the fixtures with the reference's exchanges as they were collected.
func TestFixturesAreTheReference(t *testing.T) {
	collected := filepath.Join("..", "..", "..", "shared", "wire")
	if _, err := os.Stat(collected); err != nil {
		t.Skipf("the collected exchanges are not here, so there is nothing to compare the fixtures with: %v", err)
	}
	paths, err := filepath.Glob(filepath.Join(collected, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, version := range []string{"v1.0", "beta"} {
		total += len(fixtureNames(t, version))
	}
	if total != len(paths) {
		t.Errorf("%d fixtures for %d exchanges", total, len(paths))
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) { compareWithReference(t, path) })
	}
}

func compareWithReference(t *testing.T, path string) {
	var documented struct {
		Name, Version string
		Request       struct {
			Method, URL string
			Headers     map[string]string
			Body        json.RawMessage
		}
		Response struct {
			Status  int
			Headers map[string]string
			Body    json.RawMessage
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &documented); err != nil {
		t.Fatal(err)
	}
	f := readFixture(t, documented.Version, documented.Name)
	address := globalRoot(f.Version) + f.Request.Path
	body := string(documented.Request.Body)
	if f.Note != "" { // the notes of the fixtures say why these two differ
		address = strings.Replace(address, teamID, "{team-id}", 1)
		body = strings.Replace(body, globalRoot("v1.0"), globalRoot("beta"), 1)
	}
	got := []any{f.Request.Method, address, f.Request.Headers, decodeJSON(t, string(f.Request.Body)),
		f.Response.Status, f.Response.Headers, decodeJSON(t, string(f.Response.Body))}
	want := []any{documented.Request.Method, documented.Request.URL, documented.Request.Headers, decodeJSON(t, body),
		documented.Response.Status, documented.Response.Headers, decodeJSON(t, string(documented.Response.Body))}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the fixture differs from the reference (-reference +fixture):\n%s", diff)
	}
}
