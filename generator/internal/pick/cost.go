package pick

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/usage/permits"
)

// costs are what a plan costs, as the page shows it.
type costs struct {
	Operations, Types, Border int
	// TooMany: it was not counted.
	TooMany bool
	Ways    []wayCost
	// Unpermitted: of no operation it is known what it takes.
	Unpermitted bool
	// Sent are properties contained in what is sent, Beyond the others that lead to the border.
	Sent, Beyond []slice.Beyond
	Follow       []string
	Slices       []sliceCost
	Faults       []string
	Notes        []string
	Changed      bool
	Config       string
	YAML         string
	Command      string
	Unused       []leaf
	MoreUnused   int
}

// wayCost are the permissions of one way to sign in.
type wayCost struct {
	Title       string
	Permissions []permits.Permission
	// NotKnown and Unsupported count operations.
	NotKnown, Unsupported int
	Examples              string
}

// sliceCost is a slice with its patterns.
type sliceCost struct {
	Out      string
	Patterns []pattern
	Gone     []string
	Keep     []string
	Extra    []slice.Selected
}

// pattern is one with whether it is new.
type pattern struct {
	Text string
	New  bool
}

// mostWeighed is up to how many operations costs are counted: more than anybody takes.
const mostWeighed = 3000

// serveCost answers what is ticked costs. The lines of Go follow as an event.
func (d *desk) serveCost(w http.ResponseWriter, r *http.Request) {
	p := d.planOf(w, r)
	if p == nil {
		return
	}
	sequence := r.URL.Query().Get("sequence")
	c := d.cost(p)
	d.count(p, sequence, c)
	d.fragment(w, "cost", c)
}

// planOf makes the plan of what a request says is ticked; nil if it cannot, which is answered.
func (d *desk) planOf(w http.ResponseWriter, r *http.Request) *plan {
	var t ticked
	if !asked(w, r, &t) {
		return nil
	}
	wanted, ok := d.catalog.ticked(t.Ticked)
	if !ok || t.File < 0 || t.File >= max(1, len(d.files)) {
		http.Error(w, "there are no such operations", http.StatusBadRequest)
		return nil
	}
	return d.catalog.plan(d.files, wanted, t.Follow, t.File)
}

// cost finds what a plan costs.
func (d *desk) cost(p *plan) *costs {
	c := &costs{Operations: p.operations, Follow: p.follow, Faults: p.faults, Config: d.setting.Config, YAML: p.yaml(), Command: d.command(p)}
	c.Changed = !p.change(d.catalog, d.setting.Follow).isEmpty()
	for _, f := range p.files {
		c.Slices = append(c.Slices, f.cost())
	}
	if c.TooMany = p.operations > mostWeighed; !c.TooMany && p.operations > 0 {
		d.weigh(c, p)
	}
	if d.used != nil && len(d.used.Numbers) > 0 {
		d.unused(c, p)
	}
	return c
}

func (f planned) cost() sliceCost {
	c := sliceCost{Out: f.Out, Keep: f.Keep, Extra: f.extra}
	for _, text := range f.includes {
		c.Patterns = append(c.Patterns, pattern{text, !slices.Contains(f.Include, text)})
	}
	for _, text := range f.Include {
		if !slices.Contains(f.includes, text) {
			c.Gone = append(c.Gone, text)
		}
	}
	return c
}

// weigh counts types, and finds permissions and what stays at the border.
func (d *desk) weigh(c *costs, p *plan) {
	weight := d.source.Weigh(p.cuts(), p.follow)
	for _, found := range weight.Diagnostics {
		if found.Severity == diag.Error {
			c.Faults = append(c.Faults, found.String())
		} else if found.Severity == diag.Warning {
			c.Notes = append(c.Notes, found.Message)
		}
	}
	if weight.Diagnostics.HasErrors() {
		return
	}
	c.Operations, c.Types, c.Border = len(weight.Operations), weight.Types, weight.Border
	var accepting []permits.Accepting
	for _, o := range weight.Operations {
		accepting = append(accepting, permits.Accepting{Operation: o.Method + " " + o.Path, Accepts: o.Accepts})
	}
	for _, w := range d.known.Of(accepting, permits.Delegated, permits.Application) {
		c.Ways = append(c.Ways, newWayCost(w))
	}
	c.Unpermitted = !slices.ContainsFunc(c.Ways, func(w wayCost) bool { return w.NotKnown < c.Operations })
	for _, b := range weight.Beyond {
		if b.Sent {
			c.Sent = append(c.Sent, b)
		} else {
			c.Beyond = append(c.Beyond, b)
		}
	}
}

func newWayCost(w *permits.Way) wayCost {
	titles := map[string]string{permits.Delegated: "For a signed-in user", permits.Application: "As an application"}
	c := wayCost{Title: titles[w.Way], Permissions: w.Permissions, NotKnown: len(w.NotKnown), Unsupported: len(w.Unsupported)}
	var examples []string
	for _, n := range slices.Concat(w.Unsupported, w.NotKnown) {
		if len(examples) < 3 {
			examples = append(examples, n.Operation)
		}
	}
	c.Examples = strings.Join(examples, ", ")
	return c
}

// mostUnused is how many operations are shown that nothing uses.
const mostUnused = 20

// unused finds what the slices have that the code does not use.
func (d *desk) unused(c *costs, p *plan) {
	isUsed := map[int]bool{}
	for _, i := range d.used.Numbers {
		isUsed[i] = true
	}
	var all []int
	for _, f := range p.files {
		for i := range f.has {
			if !isUsed[i] && !f.kept[i] && !slices.Contains(f.gone, i) {
				all = append(all, i)
			}
		}
	}
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(d.catalog.all[a].Path, d.catalog.all[b].Path) })
	all = slices.Compact(all)
	for _, i := range all[:min(len(all), mostUnused)] {
		c.Unused = append(c.Unused, d.catalog.leaf(i))
	}
	c.MoreUnused = len(all) - len(c.Unused)
}

// lines is how many lines of Go a plan makes, or why it makes none.
type lines struct {
	Sequence string `json:"sequence"`
	Lines    int    `json:"lines"`
	Fault    string `json:"fault"`
}

// idle is how long nobody ticks before lines are counted.
const idle = 200 * time.Millisecond

// count counts the lines of Go in the background, and tells the pages. What was counted before ends.
func (d *desk) count(p *plan, sequence string, c *costs) {
	if d.stop != nil {
		d.stop()
	}
	if c.TooMany || p.operations == 0 || len(c.Faults) > 0 {
		return
	}
	ctx, stop := context.WithCancel(d.ctx)
	d.stop = stop
	cuts, follow := p.cuts(), p.follow
	d.counting.Go(func() {
		defer stop()
		select {
		case <-ctx.Done():
			return
		case <-time.After(idle): // who ticks one after another waits for none of them
		}
		documents := d.render(ctx, cuts, follow)
		if documents == nil {
			return // another tick has come, or the costs have said why
		}
		n, err := d.project.Lines(ctx, documents)
		if ctx.Err() != nil {
			return
		}
		l := lines{Sequence: sequence, Lines: n}
		if err != nil {
			l.Fault = err.Error()
		}
		d.life.tell(event{"lines", l})
	})
}

// render makes the slices as they would be, unless that is no longer wanted.
func (d *desk) render(ctx context.Context, cuts []slice.File, follow []string) []Text {
	d.mu.Lock()
	defer d.mu.Unlock()
	if ctx.Err() != nil {
		return nil
	}
	result, err := d.source.Cut(ctx, cuts, follow)
	if err != nil || result.Diagnostics.HasErrors() {
		return nil
	}
	return render(result.Documents)
}

// render writes documents.
func render(documents []*slice.Document) []Text {
	var all []Text
	for _, doc := range documents {
		all = append(all, Text{doc.Out, doc.Render()})
	}
	return all
}

// command is the line of a shell that does what the page would write; "" if there is none.
func (d *desk) command(p *plan) string {
	words := slices.Clone(d.setting.Command)
	if len(words) == 0 {
		return ""
	}
	if d.setting.Config == "" {
		for _, f := range p.files {
			for _, text := range f.includes {
				words = append(words, "--include", text)
			}
		}
		for _, name := range p.follow {
			words = append(words, "--follow", name)
		}
		return shell(words)
	}
	var added []string
	at := ""
	for _, f := range p.files {
		e := f.edit(d.catalog)
		if len(e.By) > 0 {
			return "" // gen add takes nothing away
		}
		if len(e.Added) > 0 {
			added, at = append(added, e.Added...), f.Out
		}
	}
	if len(added) == 0 || !slices.Equal(p.follow, d.setting.Follow) {
		return ""
	}
	words = append(words, added...)
	if len(p.files) > 1 {
		words = append(words, "--file", at)
	}
	return shell(words)
}

// shell writes words for a shell.
func shell(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		if quoted[i] = word; strings.ContainsFunc(word, func(r rune) bool { return !strings.ContainsRune(plainInShell, r) }) {
			quoted[i] = diag.ShellQuoted(word)
		}
	}
	return strings.Join(quoted, " ")
}

// plainInShell are characters that mean nothing to a shell.
const plainInShell = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@"
