package pick

import (
	"encoding/json"
	"net/http"
	"slices"
)

// MarshalJSON writes a span as two numbers.
func (s span) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{s.lo, s.hi}) }

// UnmarshalJSON reads two numbers.
func (s *span) UnmarshalJSON(data []byte) error {
	var numbers [2]int
	err := json.Unmarshal(data, &numbers)
	s.lo, s.hi = numbers[0], numbers[1]
	return err
}

// branch is a path as the page shows it.
type branch struct {
	Path    string `json:"path"`
	Segment string `json:"segment"`
	Ranges  []span `json:"ranges"`
	// Leaves: there is something below. Behind: more lies behind that is not listed yet.
	Leaves bool   `json:"leaves"`
	Behind bool   `json:"behind"`
	Own    []leaf `json:"own"`
}

// leaf is an operation as the page shows it in the tree and among what was found.
type leaf struct {
	Number  int      `json:"n"`
	Method  string   `json:"method"`
	Path    string   `json:"path"`
	Summary string   `json:"summary"`
	NotIn   []string `json:"notIn,omitempty"`
}

func (c *catalog) leaf(i int) leaf {
	o := &c.all[i]
	return leaf{i, o.Method, o.Path, o.Summary, o.NotIn}
}

func (c *catalog) branch(n *node) branch {
	b := branch{Path: n.path, Segment: n.segment, Ranges: n.ranges, Leaves: len(n.children) > 0, Behind: c.stops[n.path], Own: []leaf{}}
	for _, i := range n.own {
		b.Own = append(b.Own, c.leaf(i))
	}
	return b
}

// branches are the paths below a node.
func (c *catalog) branches(n *node) []branch {
	all := []branch{}
	for _, child := range n.children {
		all = append(all, c.branch(child))
	}
	return all
}

// serveTree answers with the paths right below one.
func (d *desk) serveTree(w http.ResponseWriter, r *http.Request) {
	n := d.catalog.nodes[r.URL.Query().Get("at")]
	if n == nil {
		http.Error(w, "there is no such path", http.StatusNotFound)
		return
	}
	answer(w, map[string]any{"node": d.catalog.branch(n), "below": d.catalog.branches(n)})
}

// serveExpand lists what lies behind a path, and answers with what has changed: that path and those above it.
func (d *desk) serveExpand(w http.ResponseWriter, r *http.Request) {
	var request struct {
		At string `json:"at"`
	}
	if !asked(w, r, &request) {
		return
	}
	n := d.catalog.nodes[request.At]
	if n == nil || !d.catalog.stops[request.At] {
		http.Error(w, "nothing more lies behind this path", http.StatusNotFound)
		return
	}
	d.catalog.expand(request.At)
	var changed []branch
	for ; n != nil; n = n.above {
		changed = append(changed, d.catalog.branch(n))
	}
	answer(w, map[string]any{"changed": changed, "total": len(d.catalog.all)})
}

// mostFound is how many operations a search shows.
const mostFound = 200

// serveSearch answers with the operations that have all words of a query, and the paths behind which they may be.
func (d *desk) serveSearch(w http.ResponseWriter, r *http.Request) {
	f := d.catalog.search(r.URL.Query().Get("q"), mostFound)
	leaves := []leaf{}
	for _, i := range f.numbers {
		leaves = append(leaves, d.catalog.leaf(i))
	}
	behind := []branch{}
	for _, path := range f.behind {
		behind = append(behind, d.catalog.branch(d.catalog.nodes[path]))
	}
	answer(w, map[string]any{"found": leaves, "total": f.total, "behind": behind})
}

// serveTicked answers with the operations that are ticked, as many as a search shows.
func (d *desk) serveTicked(w http.ResponseWriter, r *http.Request) {
	var t ticked
	if !asked(w, r, &t) {
		return
	}
	wanted, ok := d.catalog.ticked(t.Ticked)
	if !ok {
		http.Error(w, "there are no such operations", http.StatusBadRequest)
		return
	}
	leaves := []leaf{}
	for _, i := range without(wanted, nil) {
		if len(leaves) < mostFound {
			leaves = append(leaves, d.catalog.leaf(i))
		}
	}
	answer(w, map[string]any{"found": leaves, "total": len(wanted), "behind": []branch{}})
}

// spans are numbers as spans.
func spans(numbers selection) []span {
	var sorted []int
	for i := range numbers {
		sorted = append(sorted, i)
	}
	slices.Sort(sorted)
	all := []span{}
	for _, i := range sorted {
		if last := len(all) - 1; last >= 0 && all[last].hi == i {
			all[last].hi++
			continue
		}
		all = append(all, span{i, i + 1})
	}
	return all
}

// serveState answers with what the configuration has, which is ticked when the page opens. It is read anew: it may have been edited.
func (d *desk) serveState(w http.ResponseWriter, _ *http.Request) {
	setting, err := d.project.Setting()
	if err != nil {
		answer(w, map[string]any{"fault": err.Error()})
		return
	}
	if !slices.Equal(setting.Sources, d.setting.Sources) {
		answer(w, map[string]any{"fault": "The configuration names other sources than when gen pick was started: start it again."})
		return
	}
	d.setting = setting
	d.file()
	answer(w, d.state())
}

func (d *desk) state() map[string]any {
	has, kept := selection{}, selection{}
	files := []string{}
	for _, f := range d.files {
		files = append(files, f.Out)
		for i := range f.has {
			has[i] = true
		}
		for i := range f.kept {
			kept[i] = true
		}
	}
	return map[string]any{
		"total": len(d.catalog.all), "ticked": spans(has), "kept": spans(kept), "follow": append([]string{}, d.setting.Follow...),
		"files": files, "config": d.setting.Config, "out": d.setting.Out, "sources": d.setting.Sources, "used": d.used,
		"root": d.catalog.branch(d.catalog.root), "below": d.catalog.branches(d.catalog.root),
	}
}
