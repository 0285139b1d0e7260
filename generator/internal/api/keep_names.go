package api

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/lock"
)

// takenTypeName is the first of a type's names on the wire that a type of the package has; "" if none is taken.
func (k *keeper) takenTypeName(e lock.Element, facts Type) string {
	names := facts.TypeNames
	if names == nil {
		names = []string{e.ID}
	}
	for _, m := range k.pkg.Models {
		have := m.TypeNames
		if have == nil {
			have = []string{m.Name}
		}
		for _, name := range names {
			if m.Name != "" && slices.Contains(have, name) {
				return name
			}
		}
	}
	return ""
}

// marks takes from kept types what their properties do not bear out: the lock may be anybody's.
func (k *keeper) marks() {
	for m := range k.keptModels {
		if m.LocalTime != nil && m.LocalTime.Check(m) != nil {
			m.LocalTime = nil
		}
		if m.Upload != nil && m.Upload.Check(m) != nil {
			m.Upload = nil
		}
		if m.Subscription != nil && m.Subscription.Check(m) != nil {
			m.Subscription = nil
		}
	}
}
