package permits

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/usage/cover"
)

// way finds the permissions of one way to sign in.
func (p *program) way(way, cloud string) *Way {
	w := &Way{Way: way, Permissions: []Permission{}, NotKnown: []Need{}, Unsupported: []Need{}, NotInCloud: []Need{}}
	for _, n := range p.needs {
		all, _, known := n.alternatives(way)
		switch {
		case cloud != "" && slices.Contains(n.notIn, cloud):
			w.NotInCloud = append(w.NotInCloud, n.Need)
		case !known:
			w.NotKnown = append(w.NotKnown, n.Need)
		case len(all) == 0:
			w.Unsupported = append(w.Unsupported, n.Need)
		default:
			w.needs = append(w.needs, n)
		}
	}
	things := newThings(p, way, w.needs)
	solution := cover.Solve(things.problem)
	w.Exact = solution.Exact
	set := map[permission]bool{}
	for _, thing := range solution.Things {
		set[things.all[thing]] = true
	}
	for _, thing := range solution.Things {
		w.Permissions = append(w.Permissions, p.describeUse(w, things.all[thing], set))
	}
	return w
}

// describeUse says what a permission of the set is for: the operations that it opens, alone or with others of the set.
func (p *program) describeUse(w *Way, of permission, set map[permission]bool) Permission {
	d := Permission{Name: of.name, Kind: of.kind, Permission: p.known[of], Operations: []Need{}}
	for _, n := range w.needs {
		if n.takes(w.Way, of, set) {
			d.Operations = append(d.Operations, n.Need)
		}
	}
	return d
}

// takes reports whether a permission is one of those of a set that open an operation.
func (n *need) takes(way string, of permission, set map[permission]bool) bool {
	all, _, _ := n.alternatives(way)
	return slices.ContainsFunc(all, func(alternative []permission) bool {
		return slices.Contains(alternative, of) && !slices.ContainsFunc(alternative, func(p permission) bool { return !set[p] })
	})
}

// met reports whether a set opens an operation.
func (n *need) met(way string, set map[permission]bool) bool {
	all, _, _ := n.alternatives(way)
	return slices.ContainsFunc(all, func(alternative []permission) bool {
		return !slices.ContainsFunc(alternative, func(p permission) bool { return !set[p] })
	})
}

// things are permissions as the things of a cover.
type things struct {
	all     []permission
	problem cover.Problem
}

// newThings makes a problem of operations. Least is what the tables mark as that; of what is least, what is of a lower level is
// less, then what opens fewer operations, then what is fewer permissions. What an owner of a resource consents to is less than
// what an administrator does.
func newThings(p *program, way string, needs []*need) *things {
	t := &things{}
	least := map[permission]bool{}
	for _, n := range needs {
		all, marked, _ := n.alternatives(way)
		for _, alternative := range all {
			t.all = append(t.all, alternative...)
		}
		for _, alternative := range marked {
			for _, of := range alternative {
				least[of] = true
			}
		}
	}
	slices.SortFunc(t.all, permission.compare)
	t.all = slices.Compact(t.all)
	for _, of := range t.all {
		t.problem.Costs = append(t.problem.Costs, p.cost(of, least[of]))
	}
	for _, n := range needs {
		all, _, _ := n.alternatives(way)
		var alternatives [][]int
		for _, alternative := range all {
			var numbers []int
			for _, of := range alternative {
				i, _ := slices.BinarySearchFunc(t.all, of, permission.compare)
				numbers = append(numbers, i)
			}
			alternatives = append(alternatives, numbers)
		}
		t.problem.Needs = append(t.problem.Needs, alternatives)
	}
	return t
}

// levels is how many levels there are, with one above them for what has none.
const levels = 6

// cost is what a permission costs in a set.
func (p *program) cost(of permission, least bool) cover.Cost {
	var c cover.Cost
	if !least {
		c[0] = 1
	}
	known := p.known[of]
	level := known.Level
	if level < 1 || level >= levels {
		level = levels
	}
	place := 1 + levels - level
	if of.kind == Resource {
		place += levels
	}
	c[place] = max(known.Opens, 1)
	c[cover.Places-1] = 1
	return c
}
