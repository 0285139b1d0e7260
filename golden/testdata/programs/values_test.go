package programs

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	museum "example.com/golden/property_values"
)

// A property by its path comes in an object or bare, or as 204 if it is null, and is sent in an object.
func TestPropertyValues(t *testing.T) {
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, r.Method+" "+r.URL.Path+" "+string(body))
		answer, known := map[string]string{
			"title": `{"@odata.context":"$metadata#paintings('1')/title","value":"The Bridge"}`, "frame/width": `{"value":2.5}`,
			"technique": `{"value":"oil"}`, "tags": `{"value":["a","b"]}`, "techniques": `{"value":["oil","pastel"]}`, "year": "1872",
		}[strings.TrimPrefix(r.URL.Path, "/v1.0/paintings/1/")]
		if !known || r.Method != http.MethodGet {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		kind := "application/json"
		if !strings.HasPrefix(answer, "{") {
			kind = "text/plain"
		}
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, answer)
	}))
	defer server.Close()
	client, err := museum.NewClient(museum.StaticToken("a-token"), museum.WithServiceRoot(server.URL+"/v1.0"), museum.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	ctx, painting := t.Context(), client.Paintings().ByID("1")
	title, err := painting.Title().Get(ctx, nil)
	if err != nil || title.Or("") != "The Bridge" {
		t.Error(title, err)
	}
	width, err := painting.Frame().Width().Get(ctx, nil)
	if err != nil || width.Or(0) != 2.5 {
		t.Error(width, err)
	}
	technique, err := painting.Technique().Get(ctx, nil)
	if err != nil || technique.Or("") != museum.MuseumTechniqueOil {
		t.Error(technique, err)
	}
	tags, err := painting.Tags().List(ctx, nil)
	if err != nil || !slices.Equal(tags.Items, []string{"a", "b"}) {
		t.Error(tags, err)
	}
	year, err := painting.Year().Get(ctx, nil)
	if err != nil || year != 1872 {
		t.Error(year, err)
	}
	if bought, err := painting.Bought().Get(ctx, nil); err != nil || bought.Or(museum.Date{}) != (museum.Date{}) {
		t.Error(bought, err)
	}
	got = nil
	if _, err := painting.Title().Replace(ctx, &museum.PaintingTitleReplaceParameters{Value: museum.Some("Night")}); err != nil {
		t.Error(err)
	}
	if _, err := painting.Tags().Replace(ctx, &museum.PaintingTagsReplaceParameters{Value: []string{"c"}}); err != nil {
		t.Error(err)
	}
	if err := painting.Title().Delete(ctx); err != nil {
		t.Error(err)
	}
	want := []string{`PUT /v1.0/paintings/1/title {"value":"Night"}`, `PUT /v1.0/paintings/1/tags {"value":["c"]}`, "DELETE /v1.0/paintings/1/title "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
