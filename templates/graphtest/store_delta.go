package graphtest

import (
	"net/http"
	"sort"
	"strconv"
)

func init() { atDelta = (*memory).delta }

// delta answers with all that a collection has and a link, which tells what has changed since.
func (m *memory) delta(in *request, steps []step) (*answer, error) {
	if token := in.option("$skiptoken"); token != "" {
		return m.goOn(in, token)
	}
	at, err := m.collection(steps, false)
	if err != nil {
		return nil, err
	}
	token := in.option("$deltatoken")
	if token == "" {
		token = in.call(in.op.method).Key("token") // an argument, as drives have it
	}
	since := uint64(0)
	switch {
	case token == "latest":
		since = m.clock
	case token != "":
		since, err = strconv.ParseUint(token, 10, 64)
		if err != nil || since > m.clock {
			return nil, failed(http.StatusGone, "SyncStateNotFound", "The delta token is not one that the store has given.")
		}
	}
	found, err := m.query(at.shelf, at.cast, in.options())
	if err != nil {
		return nil, err
	}
	m.clock++ // what comes after the answer is later than its link
	v := &view{of: at.shelf.of, delta: m.clock, entries: at.shelf.changes(found, since, token == "")}
	return m.page(in, v, 0, "")
}

// changes are what has come, changed and left since then, in the order in which it did, each entity once.
func (s *shelf) changes(found []*record, since uint64, all bool) []entry {
	type change struct {
		entry
		when uint64
	}
	var changes []change
	for _, r := range found {
		when := max(r.version, s.slots[s.index(r.key)].since)
		if all {
			when = 0
		}
		if all || when > since {
			changes = append(changes, change{entry{record: r}, when})
		}
	}
	told := map[string]bool{}
	for i := len(s.left) - 1; i >= 0 && !all; i-- {
		d := s.left[i]
		if d.when <= since {
			break
		}
		if d.since > since || told[d.record.key] || s.get(d.record.key) != nil {
			continue // nobody was told of it, or it is there again
		}
		told[d.record.key] = true
		changes = append(changes, change{entry{d.record, true}, d.when})
	}
	sort.SliceStable(changes, func(i, j int) bool { return changes[i].when < changes[j].when })
	entries := make([]entry, len(changes))
	for i, c := range changes {
		entries[i] = c.entry
	}
	return entries
}
