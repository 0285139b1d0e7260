package cover

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// price is a cost in the first place.
func price(n int) Cost { return Cost{n} }

func TestSolve(t *testing.T) {
	one := func(things ...int) [][]int {
		var n [][]int
		for _, thing := range things {
			n = append(n, []int{thing})
		}
		return n
	}
	tests := map[string]struct {
		costs []Cost
		needs [][][]int
		want  []int
	}{
		"nothing":                        {nil, nil, nil},
		"a need that nothing meets":      {[]Cost{price(1)}, [][][]int{nil, one(0)}, []int{0}},
		"the cheaper of two":             {[]Cost{price(2), price(1)}, [][][]int{one(0, 1)}, []int{1}},
		"one that is needed does for it": {[]Cost{price(1), price(5)}, [][][]int{one(0, 1), one(1)}, []int{1}},
		"two cheap ones for a dear one":  {[]Cost{price(3), price(1), price(1)}, [][][]int{one(0, 1), one(0, 2)}, []int{1, 2}},
		"a dear one for two":             {[]Cost{price(3), price(2), price(2)}, [][][]int{one(0, 1), one(0, 2)}, []int{0}},
		"many of a later place":          {[]Cost{{1}, {0, 9}, {0, 9}}, [][][]int{one(0, 1), one(0, 2)}, []int{1, 2}},
		"two together":                   {[]Cost{price(5), price(2), price(2)}, [][][]int{{{0}, {1, 2}}}, []int{1, 2}},
		"two together that are dearer":   {[]Cost{price(3), price(2), price(2)}, [][][]int{{{0}, {1, 2}}}, []int{0}},
		"together with what is needed":   {[]Cost{price(3), price(2), price(2)}, [][][]int{{{0}, {1, 2}}, one(1)}, []int{1, 2}},
		"of equals the first":            {[]Cost{price(1), price(1)}, [][][]int{one(1, 0)}, []int{0}},
		"a part of another alternative":  {[]Cost{price(1), price(1)}, [][][]int{{{0, 1}, {1}, {1, 1}}}, []int{1}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Solve(Problem{test.costs, test.needs})
			if diff := cmp.Diff(Solution{test.want, true}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// random is a problem with some things that count together only.
func random(r *rand.Rand, things, needs, alternatives, together int) Problem {
	p := Problem{Costs: make([]Cost, things)}
	for i := range p.Costs {
		p.Costs[i][r.IntN(3)] = 1 + r.IntN(9)
		p.Costs[i][Places-1] = 1
	}
	for range needs {
		var n [][]int
		for range 1 + r.IntN(alternatives) {
			a := []int{r.IntN(things)}
			if together > 0 && r.IntN(together) == 0 {
				a = append(a, r.IntN(things))
			}
			n = append(n, a)
		}
		p.Needs = append(p.Needs, n)
	}
	return p
}

// Small problems are compared with all sets that there are.
func TestSolveIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		p := random(r, 1+r.IntN(9), 1+r.IntN(9), 4, 3)
		got := Solve(p)
		has := func(set int) func(int) bool { return func(thing int) bool { return set>>thing&1 == 1 } }
		cost := func(set int) Cost {
			var sum Cost
			for thing, c := range p.Costs {
				if has(set)(thing) {
					sum = sum.plus(c)
				}
			}
			return sum
		}
		var least Cost
		found := false
		for set := range 1 << len(p.Costs) {
			if slices.ContainsFunc(p.Needs, func(n [][]int) bool { return !need(n).metBy(has(set)) }) {
				continue
			}
			if c := cost(set); !found || c.Compare(least) < 0 {
				least, found = c, true
			}
		}
		set := 0
		for _, thing := range got.Things {
			set |= 1 << thing
		}
		if !got.Exact || cost(set) != least || slices.ContainsFunc(p.Needs, func(n [][]int) bool { return !need(n).metBy(has(set)) }) {
			t.Fatalf("problem %d: %+v: got %+v, cost %v, the least is %v", i, p, got, cost(set), least)
		}
	}
}

// large is a problem of 300 needs with 20 alternatives each.
func large(seed uint64, things int) Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := Problem{Costs: make([]Cost, things)}
	for i := range p.Costs {
		p.Costs[i][r.IntN(5)] = 1 + r.IntN(60)
		p.Costs[i][Places-1] = 1
	}
	for range 300 {
		var n [][]int
		for range 20 {
			n = append(n, []int{r.IntN(things)})
		}
		p.Needs = append(p.Needs, n)
	}
	return p
}

// What is found of 300 needs with 20 alternatives each is proved the least, of 300 things.
func TestSolveLarge(t *testing.T) {
	for _, things := range []int{40, 200, 300} {
		for seed := range uint64(4) {
			if got := Solve(large(seed+1, things)); !got.Exact {
				t.Errorf("%d things, problem %d: the search was ended", things, seed+1)
			}
		}
	}
}

// However large a problem is, the search ends, with a set that is enough and of which nothing can be left out.
func TestSolveEnds(t *testing.T) {
	for _, things := range []int{200, 900} {
		p := large(7, things)
		got := Solve(p)
		again := Solve(p)
		if diff := cmp.Diff(got, again); diff != "" {
			t.Errorf("%d things: the second time -want +got:\n%s", things, diff)
		}
		enough := func(without int) bool {
			return !slices.ContainsFunc(p.Needs, func(n [][]int) bool {
				return !need(n).metBy(func(thing int) bool { return thing != without && slices.Contains(got.Things, thing) })
			})
		}
		if !enough(-1) {
			t.Errorf("%d things: not enough: %v", things, got.Things)
		}
		for _, thing := range got.Things {
			if enough(thing) {
				t.Errorf("%d things: %d is needless", things, thing)
			}
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, things := range []int{40, 200, 500, 900} {
		p := large(7, things)
		b.Run(strconv.Itoa(things), func(b *testing.B) {
			for b.Loop() {
				if s := Solve(p); !s.Exact {
					b.ReportMetric(1, "inexact")
				}
			}
		})
	}
}
