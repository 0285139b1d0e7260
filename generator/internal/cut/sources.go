package cut

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
)

// Sources say where what is cut from is read.
type Sources struct {
	// From answers addresses with files; then nothing is fetched. Offline: nothing is fetched in any case.
	From    map[string]string
	Offline bool
	// Flag is what the flag is called that says From, without dashes; "" stands for from.
	Flag string
	// Root is the URL of the service that metadata at an address describes, "" if it is not known. It may be nil.
	Root func(sources []string) string

	kept *reader // see Keep
}

// Keep is the same sources, each of which is read once for all that they are used for.
func (s Sources) Keep(progress Progress) Sources {
	s.kept = s.reader(progress.Download)
	return s
}

// root is what Root says, if there is one.
func (s Sources) root(sources []string) string {
	if s.Root == nil {
		return ""
	}
	return s.Root(sources)
}

// Progress is told how a work goes on. The zero value tells nobody.
type Progress struct {
	// Now says what is done from here on.
	Now func(what string)
	// Download gets the size of what is fetched; nil if nobody looks.
	Download io.Writer
}

// Tell says what is done from here on.
func (p Progress) Tell(what string) {
	if p.Now != nil {
		p.Now(what)
	}
}

// reader returns a reader of the sources that shows on progress, if it is not nil, how far it has come.
func (s Sources) reader(progress io.Writer) *reader {
	if s.kept != nil {
		return s.kept
	}
	r := &reader{data: map[string][]byte{}, answered: map[string]bool{}}
	r.opts = fetch.Options{Progress: progress, Flag: s.Flag, From: s.From, Offline: s.Offline, Answered: func(address string) { r.answered[address] = true }}
	return r
}

// reader reads files and addresses, each once.
type reader struct {
	opts     fetch.Options
	data     map[string][]byte
	answered map[string]bool // addresses that From was asked for
	// understood is what cuts of one run have in common, and of several if the sources are kept; not those of Open, between which notes
	// change.
	understood slice.Understood
}

func (r *reader) read(ctx context.Context, source string) ([]byte, diag.List) {
	if data, ok := r.data[source]; ok {
		return data, nil
	}
	data, diags := fetch.Read(ctx, source, r.opts)
	if !diags.HasErrors() {
		r.data[source] = data
	}
	return data, diags
}

// unused warns of the addresses that From answers and that no source is read from.
func (r *reader) unused() diag.List {
	var found diag.List
	for _, address := range slices.Sorted(maps.Keys(r.opts.From)) {
		if !r.answered[address] {
			found.Warnf(diag.Pos{}, "unused-from", "no source has the address %s, which --%s answers", address, cmp.Or(r.opts.Flag, "from"))
		}
	}
	return found
}
