package graphtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/graphslice/graphslice/templates/graph"
)

// reference reads what $ref paths are sent, as a graph.Reference.
func reference(in *request, _ decoder) (any, error) {
	url, err := addressIn(in)
	if err != nil {
		return graph.Reference{}, err
	}
	return graph.Reference{URL: url, ID: lastKey(url)}, nil
}

// addressIn is the address that a request has in its body or in its query.
func addressIn(in *request) (string, error) {
	v := struct {
		URL string `json:"@odata.id"`
	}{in.option("@id")}
	if len(in.body) == 0 {
		return v.URL, nil
	}
	if err := json.Unmarshal(in.body, &v); err != nil {
		return "", fmt.Errorf("the body cannot be read: %w", err)
	}
	return v.URL, nil
}

// target answers with an address, a graph.Reference.
func target(in *request, v any) *answer {
	to, _ := v.(graph.Reference)
	return jsonAnswer(http.StatusOK, map[string]string{"@odata.id": in.address(to)})
}

// targets answers with a page of addresses, a *graph.Page[graph.Reference].
func targets(in *request, v any) *answer {
	addresses := []map[string]string{}
	p, _ := v.(*graph.Page[graph.Reference])
	if p == nil {
		return in.page(addresses, &pageInfo{})
	}
	for _, to := range p.Items {
		addresses = append(addresses, map[string]string{"@odata.id": in.address(to)})
	}
	return in.page(addresses, &pageInfo{next: p.NextLink})
}

// address is that of a reference; one below the service root may leave that out.
func (in *request) address(to graph.Reference) string {
	if strings.Contains(to.URL, "://") {
		return to.URL
	}
	return in.base + "/" + strings.TrimPrefix(to.URL, "/")
}
