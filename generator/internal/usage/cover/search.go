package cover

import (
	"cmp"
	"slices"
)

// searching looks for the cheapest set for needs by trying the alternatives of one need after the other, and leaves off where
// what is left costs too much in any case.
type searching struct {
	costs  []Cost
	needs  []need
	count  []int // of each thing in the set so far
	banned []bool
	best   []int
	least  Cost // of best
	work   *int
	things []int // that the needs have
	// left is what each thing still costs while a bound is made; kept to be used again.
	left []Cost
	// open is the need to go on with, -1 if all are met.
	open int
}

// search finds the cheapest set for needs. The second result says that there is none cheaper.
func search(costs []Cost, needs []need, work *int) ([]int, bool) {
	s := &searching{costs: costs, needs: needs, work: work, count: make([]int, len(costs)), banned: make([]bool, len(costs)), left: make([]Cost, len(costs))}
	s.things = s.withoutDear()
	s.take(s.cheapest())
	s.take(s.withoutDear())
	var spent Cost
	if fixed, ok := s.tighten(spent); !ok {
		return s.best, true // every other set costs as much
	} else if len(fixed) > 0 {
		return s.searchRest()
	}
	exact := s.try(spent)
	return s.best, exact
}

// searchRest goes on without the things that no cheaper set has: without them, more can be dropped.
func (s *searching) searchRest() ([]int, bool) {
	var rest []need
	for _, n := range s.needs {
		rest = append(rest, slices.DeleteFunc(slices.Clone(n), s.isBanned))
	}
	things, exact := solve(s.costs, rest, s.work)
	s.take(things)
	return s.best, exact
}

// tighten bans the things that no set has which is cheaper than the best, as long as there are any: the bound grows with each. It
// returns them; false if there is no cheaper set at all.
func (s *searching) tighten(spent Cost) (fixed []int, ok bool) {
	for {
		bound, open, ok := s.bound()
		s.open = open
		sum := spent.plus(bound)
		if !ok || s.best != nil && sum.Compare(s.least) >= 0 {
			return fixed, false
		}
		before := len(fixed)
		*s.work += len(s.things)
		for _, thing := range s.things {
			if s.count[thing] == 0 && !s.banned[thing] && sum.plus(s.left[thing]).Compare(s.least) >= 0 {
				s.banned[thing] = true
				fixed = append(fixed, thing)
			}
		}
		if len(fixed) == before {
			return fixed, true
		}
	}
}

// take keeps a set if it is the cheapest so far.
func (s *searching) take(things []int) {
	things = s.withoutNeedless(things)
	if cost := s.cost(things); s.best == nil || cost.Compare(s.least) < 0 {
		s.best, s.least = things, cost
	}
}

func (s *searching) cost(things []int) Cost {
	var sum Cost
	for _, thing := range things {
		sum = sum.plus(s.costs[thing])
	}
	return sum
}

// cheapest takes the cheapest alternative of every need.
func (s *searching) cheapest() []int {
	var things []int
	for _, n := range s.needs {
		a := slices.MinFunc(n, func(a, b []int) int { return s.cost(a).Compare(s.cost(b)) })
		things = append(things, a...)
	}
	return unique(things)
}

// withoutDear takes all things, and what is dearest out of it as long as the rest is enough.
func (s *searching) withoutDear() []int {
	var things []int
	for _, n := range s.needs {
		for _, a := range n {
			things = append(things, a...)
		}
	}
	return unique(things)
}

func unique(things []int) []int {
	slices.Sort(things)
	return slices.Compact(things)
}

// withoutNeedless drops things that are not needed beside the others, the dearest first.
func (s *searching) withoutNeedless(things []int) []int {
	has := make([]bool, len(s.costs))
	for _, thing := range things {
		has[thing] = true
	}
	order := slices.Clone(things)
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(s.costs[b].Compare(s.costs[a]), cmp.Compare(b, a)) })
	for _, thing := range order {
		has[thing] = false
		if slices.ContainsFunc(s.needs, func(n need) bool { return !n.metBy(func(t int) bool { return has[t] }) }) {
			has[thing] = true
		}
	}
	return slices.DeleteFunc(things, func(thing int) bool { return !has[thing] })
}

// try goes on from what is taken so far. It returns false if it was ended.
func (s *searching) try(spent Cost) bool {
	if *s.work > maxWork {
		return false
	}
	fixed, ok := s.tighten(spent)
	done := true
	switch {
	case !ok:
	case s.open < 0:
		s.keep()
	default:
		done = s.branch(spent, s.needs[s.open])
	}
	for _, thing := range fixed {
		s.banned[thing] = false
	}
	return done
}

// keep takes what is in the set now.
func (s *searching) keep() {
	var things []int
	for thing, n := range s.count {
		if n > 0 {
			things = append(things, thing)
		}
	}
	s.take(things)
}

// branch tries the alternatives of a need, the cheapest first. A thing that was tried alone is not tried again beside the others.
func (s *searching) branch(spent Cost, n need) bool {
	order := slices.DeleteFunc(slices.Clone(n), s.isBanned)
	slices.SortStableFunc(order, func(a, b []int) int { return s.cost(a).Compare(s.cost(b)) })
	done := true
	var banned []int
	for _, a := range order {
		cost := spent
		for _, thing := range a {
			if s.count[thing] == 0 {
				cost = cost.plus(s.costs[thing])
			}
			s.count[thing]++
		}
		done = s.try(cost)
		for _, thing := range a {
			s.count[thing]--
		}
		if !done {
			break
		}
		if len(a) == 1 {
			s.banned[a[0]] = true
			banned = append(banned, a[0])
		}
	}
	for _, thing := range banned {
		s.banned[thing] = false
	}
	return done
}

func (s *searching) isBanned(a []int) bool {
	return slices.ContainsFunc(a, func(thing int) bool { return s.banned[thing] && s.count[thing] == 0 })
}

// bound is what the needs that are not met cost at least: each takes its share of what its alternatives cost, and nothing is
// shared out twice. open is the need with the fewest alternatives, -1 if all are met; ok is false if one cannot be met.
func (s *searching) bound() (sum Cost, open int, ok bool) {
	for thing, cost := range s.costs {
		if s.left[thing] = cost; s.count[thing] > 0 {
			s.left[thing] = Cost{}
		}
	}
	open = -1
	fewest := 0
	for i, n := range s.needs {
		*s.work += len(n)
		if n.metBy(func(thing int) bool { return s.count[thing] > 0 }) {
			continue
		}
		share, choices := s.share(n)
		if choices == 0 {
			return sum, -1, false
		}
		if open < 0 || choices < fewest {
			open, fewest = i, choices
		}
		sum = sum.plus(share)
	}
	return sum, open, true
}

// share takes from the things of a need what the cheapest of its alternatives still costs.
func (s *searching) share(n need) (share Cost, choices int) {
	for _, a := range n {
		if s.isBanned(a) {
			continue
		}
		var cost Cost
		for _, thing := range a {
			cost = cost.plus(s.left[thing])
		}
		if choices == 0 || cost.Compare(share) < 0 {
			share = cost
		}
		choices++
	}
	if share == (Cost{}) {
		return share, choices
	}
	for _, a := range n {
		rest := share
		for _, thing := range a {
			part := rest
			if s.left[thing].Compare(part) < 0 {
				part = s.left[thing]
			}
			s.left[thing], rest = s.left[thing].minus(part), rest.minus(part)
		}
	}
	return share, choices
}
