package diff

import (
	"encoding/json"
	"io"
)

// WriteJSON writes the reports as one JSON object, in the order given. Its lists are never null.
func WriteJSON(w io.Writer, reports []*Report) error {
	type counted struct {
		*Report
		Summary Count `json:"summary"`
	}
	document := struct {
		Reports []counted `json:"reports"`
	}{[]counted{}}
	for _, r := range reports {
		full := *r
		full.Notes, full.Findings = append([]string{}, r.Notes...), append([]Finding{}, r.Findings...)
		for i, f := range full.Findings {
			full.Findings[i].Go, full.Findings[i].Breaks = append([]GoChange{}, f.Go...), append([]string{}, f.Breaks...)
		}
		document.Reports = append(document.Reports, counted{&full, r.Count()})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
