package ir

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Subscription says how a type makes the service tell a program of changes, until it ends.
type Subscription struct {
	// Path is that of the collection, such as "/subscriptions".
	Path string `json:"path"`
	// Expires and Resource are the names of the properties that say when one ends and what it watches; Resource is "" if none does.
	Expires  string `json:"expires"`
	Resource string `json:"resource,omitempty"`
	// Longest is how long one may live, by what it watches, the most exact first: the first that fits counts.
	Longest []LongestLife `json:"longest,omitempty"`
}

// LongestLife is how long the subscriptions may live that watch a resource.
type LongestLife struct {
	// Pattern is a path in which * stands for a segment and ** for any number of them.
	Pattern string `json:"pattern"`
	// Life is an ISO 8601 duration of days, hours and minutes.
	Life string `json:"life"`
}

var lifeForm = regexp.MustCompile(`^P(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,4})H)?(?:([0-9]{1,6})M)?)?$`)

// Duration reads the life; 0 if it is none.
func (l LongestLife) Duration() time.Duration {
	var life time.Duration
	parts := lifeForm.FindStringSubmatch(l.Life)
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute} {
		if parts != nil && parts[i+1] != "" {
			n, _ := strconv.Atoi(parts[i+1]) // these are digits, and few
			life += time.Duration(n) * unit
		}
	}
	return life
}

// SetLongest sets Longest, in the order in which it is looked at: what has more names first, then what has more segments.
func (s *Subscription) SetLongest(longest []LongestLife) {
	exactness := func(l LongestLife) (names, segments int) {
		for segment := range strings.SplitSeq(l.Pattern, "/") {
			segments++
			if segment != "" && !strings.HasPrefix(segment, "{") && !strings.HasPrefix(segment, "*") {
				names++
			}
		}
		return names, segments
	}
	slices.SortFunc(longest, func(a, b LongestLife) int {
		aNames, aSegments := exactness(a)
		bNames, bSegments := exactness(b)
		return cmp.Or(cmp.Compare(bNames, aNames), cmp.Compare(bSegments, aSegments), cmp.Compare(a.Pattern, b.Pattern))
	})
	s.Longest = longest
}

// Check returns why m cannot be a subscription; nil if it can.
func (s *Subscription) Check(m *Model) error {
	p, keys := m.Property(s.Expires), m.Keys()
	switch {
	case !strings.HasPrefix(s.Path, "/") || !IsEntitySet(s.Path[1:]):
		return fmt.Errorf("path: %q is not the path of a collection, such as /subscriptions", s.Path)
	case p == nil || p.Type.Kind != DateTime || p.ReadOnly:
		return fmt.Errorf("expires: %q is not a property of %s with a time that can be set", s.Expires, m.Name)
	case len(keys) != 1 || keys[0].Type.Kind != String && keys[0].Type.Kind != GUID:
		return fmt.Errorf("%s has no key that is one text", m.Name)
	}
	if s.Resource != "" || len(s.Longest) > 0 {
		if p := m.Property(s.Resource); p == nil || p.Type.Kind != String {
			return fmt.Errorf("resource: %q is not a property of %s with text", s.Resource, m.Name)
		}
	}
	for _, l := range s.Longest {
		if !strings.HasPrefix(l.Pattern, "/") {
			return fmt.Errorf("longest: %q is not a path, such as /chats/**", l.Pattern)
		}
		if l.Duration() < time.Minute {
			return fmt.Errorf("longest: %s: %q is not a duration of days, hours and minutes, such as P3D or PT1H", l.Pattern, l.Life)
		}
	}
	return nil
}

// Subscription is the type of subscriptions; nil if the package has none.
func (p *Package) Subscription() *Model {
	i := slices.IndexFunc(p.Models, func(m *Model) bool { return m.Subscription != nil })
	if i < 0 {
		return nil
	}
	return p.Models[i]
}
