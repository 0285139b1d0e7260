package layered

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/picture"
)

// place gives every slot its height: as near as its column allows to where its links are straight, first those of one
// side in turn, then those of both. What leads nowhere goes last, since nothing depends on it.
func (g *graph) place(gap int) {
	for _, column := range g.columns {
		y := 0
		for _, s := range column {
			s.y = y
			y += s.height + gap
		}
	}
	for sweep := range sweeps {
		both := sweep >= sweeps/2
		for i := range g.columns {
			if sweep%2 == 0 {
				settle(g.columns[i], gap, func(s *slot) int { return s.wish(true, both) })
			} else {
				settle(g.columns[len(g.columns)-1-i], gap, func(s *slot) int { return s.wish(both, true) })
			}
		}
	}
	for _, column := range g.columns {
		settle(column, gap, func(s *slot) int {
			if len(s.right) > 0 {
				return s.y
			}
			return s.wish(true, false)
		})
	}
	top := 0
	for i, column := range g.columns {
		if i == 0 || column[0].y < top {
			top = column[0].y
		}
	}
	for _, column := range g.columns {
		for _, s := range column {
			s.y -= top
		}
	}
}

// wish is the height at which the links of a slot are straight, on average.
func (s *slot) wish(left, right bool) int {
	sum, n := 0, 0
	if left {
		for _, l := range s.left {
			sum, n = sum+l.from.y+l.fromY-l.toY, n+1
		}
	}
	if right {
		for _, l := range s.right {
			sum, n = sum+l.to.y+l.toY-l.fromY, n+1
		}
	}
	if n == 0 {
		return s.y
	}
	return floorDiv(sum, n)
}

// settle moves the slots of a column to where wish says, in their order and gap apart: of all such places the
// ones with the least squares of the distances, found by pooling neighbours that would overlap.
func settle(column []*slot, gap int, wish func(*slot) int) {
	type pool struct{ sum, count, first int }
	var pools []pool
	offset := 0 // of a slot from the first one, if all are as close as they may be
	offsets := make([]int, len(column))
	for i, s := range column {
		offsets[i] = offset
		pools = append(pools, pool{wish(s) - offset, 1, i})
		offset += s.height + gap
		for n := len(pools); n > 1 && floorDiv(pools[n-2].sum, pools[n-2].count) >= floorDiv(pools[n-1].sum, pools[n-1].count); n-- {
			pools[n-2].sum += pools[n-1].sum
			pools[n-2].count += pools[n-1].count
			pools = pools[:n-1]
		}
	}
	for i, p := range pools {
		end := len(column)
		if i+1 < len(pools) {
			end = pools[i+1].first
		}
		for j := p.first; j < end; j++ {
			column[j].y = floorDiv(p.sum, p.count) + offsets[j]
		}
	}
}

// floorDiv rounds down, below zero too, so that order is kept.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// plan turns columns and heights into coordinates.
func (g *graph) plan(space picture.Space) picture.Plan {
	x, widths := g.across(space.Gutter)
	l := picture.Plan{Nodes: make([]picture.Point, len(g.nodes)), Routes: make([][]picture.Point, len(g.edges))}
	for n, s := range g.slots {
		l.Nodes[n] = picture.Point{X: x[s.column], Y: s.y}
		l.Width = max(l.Width, x[s.column]+s.width)
	}
	for _, column := range g.columns {
		last := column[len(column)-1]
		l.Height = max(l.Height, last.y+last.height)
	}
	for i := range g.edges {
		var route []picture.Point
		for j, s := range g.ways[i] {
			y := s.y + g.port(i, g.ways[i], j)
			left, right := x[s.column], x[s.column]+widths[s.column]
			switch j {
			case 0:
				route = append(route, picture.Point{X: left + s.width, Y: y}, picture.Point{X: right, Y: y})
			case len(g.ways[i]) - 1:
				route = append(route, picture.Point{X: left, Y: y}, picture.Point{X: left, Y: y})
			default:
				route = append(route, picture.Point{X: left, Y: y}, picture.Point{X: right, Y: y})
			}
		}
		if g.back[i] {
			slices.Reverse(route)
		}
		l.Routes[i] = route
	}
	return l
}

// across returns the columns' left sides and widths. A gutter that many links cross is wider.
func (g *graph) across(gutter int) (x, widths []int) {
	const perLink, most = 5, 4 // so much wider for each link, up to so many times the width
	at := 0
	for _, column := range g.columns {
		width, links := 0, 0
		for _, s := range column {
			width = max(width, s.width)
			links += len(s.right)
		}
		x, widths = append(x, at), append(widths, width)
		at += width + min(gutter+perLink*links, most*gutter)
	}
	return x, widths
}
