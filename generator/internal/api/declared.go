package api

import (
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Declared returns what tells of a type whether the generation that the lock is of made interfaces or pointers of values that
// are declared with it. The lock may be nil. A lock that was merged from two of different opinions knows nothing of a type.
func Declared(l *lock.Lock) func(*ir.Model) (isInterface, known bool) {
	earlier, undecided := map[string]bool{}, map[string]bool{}
	if l != nil {
		for _, e := range l.Elements {
			if e.Kind != KindType {
				continue
			}
			facts, err := Decode[Type](e)
			if err != nil || !facts.Any && !facts.Pointer {
				continue
			}
			if other, ok := earlier[e.ID]; ok && other != facts.Any {
				undecided[e.ID] = true
			}
			earlier[e.ID] = facts.Any
		}
	}
	return func(m *ir.Model) (isInterface, known bool) {
		isInterface, known = earlier[m.ID()]
		return isInterface, known && !undecided[m.ID()]
	}
}
