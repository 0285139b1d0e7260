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
		c := counted{&Report{r.Subject, r.Old, r.New, append([]string{}, r.Notes...), append([]Finding{}, r.Findings...)}, r.Count()}
		document.Reports = append(document.Reports, c)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
