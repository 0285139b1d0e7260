package cover

import (
	"cmp"
	"slices"
)

// reduction makes a problem smaller without changing what is cheapest.
type reduction struct {
	costs []Cost
	needs []need
	taken []bool // things that are in the set
}

// reduce takes what has to be taken and drops what cannot matter, until nothing changes.
func (r *reduction) reduce() {
	for changed := true; changed; {
		r.dropMet()
		changed = r.takeOnly()
		if !changed {
			r.dropImplied()
			changed = r.dropDearer()
		}
	}
}

// dropMet drops the needs that are met, and what is taken from the alternatives of the others.
func (r *reduction) dropMet() {
	has := func(thing int) bool { return r.taken[thing] }
	r.needs = slices.DeleteFunc(r.needs, func(n need) bool { return n.metBy(has) })
	for i, n := range r.needs {
		var rest [][]int
		for _, a := range n {
			rest = append(rest, slices.DeleteFunc(slices.Clone(a), has))
		}
		r.needs[i] = tidied(rest)
	}
}

// takeOnly takes what is the only alternative of a need.
func (r *reduction) takeOnly() bool {
	changed := false
	for _, n := range r.needs {
		if len(n) == 1 {
			for _, thing := range n[0] {
				r.taken[thing], changed = true, true
			}
		}
	}
	return changed
}

// dropImplied drops the needs that are met by whatever meets another, which has fewer alternatives.
func (r *reduction) dropImplied() {
	slices.SortStableFunc(r.needs, func(a, b need) int { return cmp.Compare(len(a), len(b)) })
	var kept []need
	for _, n := range r.needs {
		if !slices.ContainsFunc(kept, func(k need) bool { return k.within(n) }) {
			kept = append(kept, n)
		}
	}
	r.needs = kept
}

// dropDearer drops a thing if another one that costs no more meets every need that it meets.
func (r *reduction) dropDearer() bool {
	meets := make([]bits, len(r.costs))
	together := make([]bool, len(r.costs)) // things that count with others
	for i, n := range r.needs {
		for _, a := range n {
			if len(a) > 1 {
				for _, thing := range a {
					together[thing] = true
				}
				continue
			}
			if meets[a[0]] == nil {
				meets[a[0]] = newBits(len(r.needs))
			}
			meets[a[0]].set(i)
		}
	}
	dropped := make([]bool, len(r.costs))
	changed := false
	for thing, own := range meets {
		if own == nil || together[thing] {
			continue
		}
		for other, more := range meets {
			if other == thing || more == nil || dropped[other] || !own.within(more) {
				continue
			}
			if order := r.costs[other].Compare(r.costs[thing]); order < 0 || order == 0 && (other < thing || !more.within(own)) {
				dropped[thing], changed = true, true
				break
			}
		}
	}
	for i, n := range r.needs {
		r.needs[i] = slices.DeleteFunc(n, func(a []int) bool { return len(a) == 1 && dropped[a[0]] })
	}
	return changed
}

// parts are the needs that have nothing to do with each other.
func (r *reduction) parts() [][]need {
	of := make([]int, len(r.costs)) // the first thing of a part, by thing
	for i := range of {
		of[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		if of[i] != i {
			of[i] = root(of[i])
		}
		return of[i]
	}
	for _, n := range r.needs {
		for _, a := range n {
			for _, thing := range a {
				of[root(thing)] = root(n[0][0])
			}
		}
	}
	byRoot := map[int]int{}
	var parts [][]need
	for _, n := range r.needs {
		at := root(n[0][0])
		i, known := byRoot[at]
		if !known {
			i = len(parts)
			byRoot[at] = i
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], n)
	}
	return parts
}

// bits is a set of small numbers.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) set(i int) { b[i/64] |= 1 << (i % 64) }

func (b bits) within(o bits) bool {
	for i, word := range b {
		if word&^o[i] != 0 {
			return false
		}
	}
	return true
}
