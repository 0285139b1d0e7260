package graphtest

import (
	"strconv"
	"strings"
)

// checkBatch says why the service refuses a whole batch; nil if it does not. What is wrong with one of its requests is
// in the answer to that one.
func checkBatch(parts []part) error {
	if len(parts) > maxParts {
		return bad("Invalid batch payload format: the batch has %s requests, and %s are the most.",
			strconv.Itoa(len(parts)), strconv.Itoa(maxParts))
	}
	seen := map[string]bool{}
	for i, p := range parts {
		place := atIndex("requests", i)
		switch {
		case p.ID == "":
			return at(place, "Request id is missing.")
		case seen[p.ID]:
			return at(place, "Request ids have to be unique: there are two with the id '%s'.", p.ID)
		case p.Method == "":
			return at(place, "The method is missing.")
		case p.URL == "" || strings.Contains(strings.SplitN(p.URL, "?", 2)[0], "://"):
			return at(place, "The url '%s' is not relative to the service root.", p.URL)
		}
		seen[p.ID] = true
	}
	for i, p := range parts {
		for _, id := range p.DependsOn {
			if !seen[id] || id == p.ID {
				return at(atIndex("requests", i), "The request depends on '%s', which is not another one of the batch.", id)
			}
		}
	}
	return nil
}
