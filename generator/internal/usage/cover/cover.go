// Package cover finds the cheapest set of things that does for a list of needs, each of which several things can meet: a weighted
// set cover, in which some things count together only. It knows nothing of what the things are.
package cover

import (
	"cmp"
	"slices"
)

// Places is how many numbers a cost has.
const Places = 14

// Cost is what a thing costs. Costs are added place by place and compared from the first place on: no sum of what is cheap in an
// earlier place is dearer than what is not. Only its first place that is not 0 has to be positive.
type Cost [Places]int

func (c Cost) plus(o Cost) Cost {
	for i := range c {
		c[i] += o[i]
	}
	return c
}

func (c Cost) minus(o Cost) Cost {
	for i := range c {
		c[i] -= o[i]
	}
	return c
}

// Compare is negative if c costs less than o.
func (c Cost) Compare(o Cost) int {
	for i := range c {
		if c[i] != o[i] {
			return cmp.Compare(c[i], o[i])
		}
	}
	return 0
}

// Problem is a list of needs. Things are numbers from 0; Costs has what each costs. A need has alternatives, of which one is
// enough; all things of an alternative are needed together. A need without alternatives is met by nothing and left out.
type Problem struct {
	Costs []Cost
	Needs [][][]int
}

// Solution are the things of the set, in order. Exact says that no set costs less; otherwise the search was ended, and none is
// known that does. Nothing can be left out of it in either case.
type Solution struct {
	Things []int
	Exact  bool
}

// maxWork ends the search, in alternatives that were looked at: some 100 ms. Counting them instead of time gives the same answer on
// every machine.
const maxWork = 3_000_000

// Solve finds the cheapest set. Equal problems have equal solutions.
func Solve(p Problem) Solution {
	var needs []need
	for _, need := range p.Needs {
		if len(need) > 0 {
			needs = append(needs, tidied(need))
		}
	}
	work := 0
	things, exact := solve(p.Costs, needs, &work)
	return Solution{things, exact}
}

// solve makes a problem smaller and searches what is left, part by part.
func solve(costs []Cost, needs []need, work *int) (things []int, exact bool) {
	r := reduction{costs: costs, needs: needs, taken: make([]bool, len(costs))}
	r.reduce()
	exact = true
	for _, part := range r.parts() {
		found, isLeast := search(costs, part, work)
		for _, thing := range found {
			r.taken[thing] = true
		}
		exact = exact && isLeast
	}
	for thing, taken := range r.taken {
		if taken {
			things = append(things, thing)
		}
	}
	return things, exact
}

// need are alternatives, each sorted; none has all the things of another.
type need [][]int

func tidied(alternatives [][]int) need {
	var n need
	for _, a := range alternatives {
		a = slices.Clone(a)
		slices.Sort(a)
		n = append(n, slices.Compact(a))
	}
	slices.SortFunc(n, func(a, b []int) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	var kept need
	for _, a := range n {
		if !kept.metBy(func(thing int) bool { _, has := slices.BinarySearch(a, thing); return has }) {
			kept = append(kept, a)
		}
	}
	return kept
}

// metBy reports whether all things of one alternative are there.
func (n need) metBy(has func(thing int) bool) bool {
	return slices.ContainsFunc(n, func(a []int) bool {
		return !slices.ContainsFunc(a, func(thing int) bool { return !has(thing) })
	})
}

// within reports whether whatever meets n meets other: it has an alternative that is a part of each of n's.
func (n need) within(other need) bool {
	return !slices.ContainsFunc(n, func(a []int) bool {
		return !other.metBy(func(thing int) bool { _, has := slices.BinarySearch(a, thing); return has })
	})
}
