package pathglob

import (
	"slices"
	"strings"
)

// Walk goes down a path, step by step, and knows which patterns of a set still can match. What it costs to step does not depend
// on how many wildcards were gone through.
type Walk struct{ in, out []state }

// state is how far one pattern has come.
type state struct {
	pattern *Pattern
	index   int // of the pattern in its set; states are in this order
	next    int // the segment that comes next
	// half: of the next segment, which has parentheses, the name is passed and the key in them is still to come.
	half bool
	// wild: a ** took something. literal: the last name was written out.
	wild, literal bool
}

// everything is the pattern of a set without includes.
var everything = Pattern{text: "/**", segments: []segment{{any: true, wild: true}}}

// Walk begins at the root.
func (s Set) Walk() Walk {
	include := s.Include
	if len(include) == 0 {
		include = []Pattern{everything}
	}
	return Walk{begin(include), begin(s.Exclude)}
}

func begin(patterns []Pattern) []state {
	var states []state
	for i := range patterns {
		states = add(states, state{pattern: &patterns[i], index: i, literal: true})
	}
	return states
}

// add adds a state, and what a ** that takes nothing leads to, unless it is there.
func add(states []state, s state) []state {
	for i := len(states) - 1; i >= 0 && states[i].index == s.index; i-- {
		if other := &states[i]; other.next == s.next && other.half == s.half {
			if s.named() && !other.named() {
				*other = s
			}
			return states
		}
	}
	states = append(states, s)
	if s.next < len(s.pattern.segments) && s.pattern.segments[s.next].any {
		s.next++
		states = add(states, s)
	}
	return states
}

func (s state) named() bool { return s.literal && !s.wild }

// Step goes one token down.
func (w Walk) Step(t Token) Walk { return Walk{step(w.in, t), step(w.out, t)} }

func step(states []state, t Token) []state {
	var next []state
	for _, s := range states {
		if s.next == len(s.pattern.segments) {
			continue
		}
		segment, t := &s.pattern.segments[s.next], t
		if s.pattern.folded {
			t.Text = strings.ToLower(t.Text)
		}
		switch {
		case s.half:
			if _, args, _ := cutArgs(withoutNames(t.Text)); t.Kind == Key && (matchArgs(segment.args, args) || isKey(t.Text) && isValue(segment.args)) {
				next = add(next, s.after(t, segment))
			}
			continue
		case t.Kind == Name && segment.hasArgs && segment.name == t.Text:
			s.half, s.literal = true, true
			next = add(next, s)
			continue
		case !segment.match(t):
			continue
		case segment.any:
			s.wild = true
			next = add(next, s)
			continue
		}
		next = add(next, s.after(t, segment))
	}
	return next
}

// after is the state behind a segment that took a token.
func (s state) after(t Token, segment *segment) state {
	s.next++
	s.half = false
	if t.Kind != Key {
		s.literal = !segment.wild
	}
	return s
}

// isValue reports whether the arguments of a pattern are a single value, as of a key.
func isValue(args string) bool { return plainArg(args) == "{}" }

// Alive reports whether an operation here or further down can be selected.
func (w Walk) Alive() bool {
	for i := range w.out { // an exclude that takes everything from here on
		s := &w.out[i]
		if last := len(s.pattern.segments) - 1; s.next == last && s.pattern.segments[last].any && len(s.pattern.methods) == 0 {
			return false
		}
	}
	return len(w.in) > 0
}

// Match reports whether the operation with that method is selected here.
func (w Walk) Match(method string) bool { return matches(w.in, method) && !matches(w.out, method) }

// Count adds one for each include that selects the operation, at its index.
func (w Walk) Count(method string, counts []int) {
	for i := range w.in {
		if s := &w.in[i]; s.next == len(s.pattern.segments) && s.pattern.hasMethod(method) {
			counts[s.index]++
		}
	}
}

func matches(states []state, method string) bool {
	for i := range states {
		if s := &states[i]; s.next == len(s.pattern.segments) && s.pattern.hasMethod(method) {
			return true
		}
	}
	return false
}

// Named is the walk of those patterns that have written the path out so far: without a ** that took something, and with the
// last name in full.
func (w Walk) Named() Walk {
	var in []state
	for _, s := range w.in {
		if s.named() {
			in = append(in, s)
		}
	}
	return Walk{in, w.out}
}

// With is the walk of the patterns of both, which have gone the same path.
func (w Walk) With(other Walk) Walk {
	if len(other.in) == 0 {
		return w
	}
	in := make([]state, 0, len(w.in)+len(other.in))
	mine, theirs := w.in, other.in
	for len(mine) > 0 || len(theirs) > 0 {
		if len(theirs) == 0 || len(mine) > 0 && mine[0].index <= theirs[0].index {
			in, mine = add(in, mine[0]), mine[1:]
		} else {
			in, theirs = add(in, theirs[0]), theirs[1:]
		}
	}
	return Walk{in, w.out}
}

// Open reports whether a ** goes on from here.
func (w Walk) Open() bool {
	for i := range w.in {
		if s := &w.in[i]; s.next < len(s.pattern.segments) && s.pattern.segments[s.next].any {
			return true
		}
	}
	return false
}

// Below reports whether a pattern has more to match than this place.
func (w Walk) Below() bool {
	for i := range w.in {
		if s := &w.in[i]; s.next < len(s.pattern.segments) {
			return true
		}
	}
	return false
}

// Full keeps the patterns that name a single path: written out, and without a ** in them.
func (w Walk) Full() Walk {
	var in []state
	for _, s := range w.in {
		if s.named() && !s.pattern.open {
			in = append(in, s)
		}
	}
	return Walk{in, w.out}
}

// Asked keeps, of the patterns that name a single path, those that name methods as well.
func (w Walk) Asked() Walk {
	in := slices.DeleteFunc(w.Full().in, func(s state) bool { return len(s.pattern.methods) == 0 })
	return Walk{in, w.out}
}

// Writes reports whether the next segment of a pattern is a name that is written out.
func (w Walk) Writes() bool {
	for i := range w.in {
		s := &w.in[i]
		if s.next < len(s.pattern.segments) && s.named() {
			if next := &s.pattern.segments[s.next]; !next.any && !next.star && !next.key {
				return true
			}
		}
	}
	return false
}
