package slice

import (
	"context"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
)

// Understood keeps what several cuts read of the same sources, whose bytes must not change between them, nor those of notes: reading
// the metadata of Microsoft Graph takes most of the time of a cut. The zero value has nothing yet; nil keeps nothing. Cuts that share
// one must not run at the same time.
type Understood struct {
	metadata map[string]found[*csdl.Document]
	tables   map[string]found[*permissions.Table]
}

// found is what was read, and what was found at that.
type found[T any] struct {
	value T
	diags diag.List
}

// metadataFor is readMetadata. A document is kept for those that do the same with it, which is told by words: the notes correct it.
func (u *Understood) metadataFor(ctx context.Context, read reader, sources []string, who ...string) (*csdl.Document, diag.List) {
	if u == nil {
		return readMetadata(ctx, read, sources)
	}
	if u.metadata == nil {
		u.metadata = map[string]found[*csdl.Document]{}
	}
	return kept(u.metadata, func() (*csdl.Document, diag.List) { return readMetadata(ctx, read, sources) }, sources, who)
}

// permissions is readPermissions.
func (u *Understood) permissions(ctx context.Context, read reader, sources []string) (*permissions.Table, diag.List) {
	if u == nil {
		return readPermissions(ctx, read, sources)
	}
	if u.tables == nil {
		u.tables = map[string]found[*permissions.Table]{}
	}
	return kept(u.tables, func() (*permissions.Table, diag.List) { return readPermissions(ctx, read, sources) }, sources)
}

// kept is what all has for words, or what is read now. What could not be read is read again.
func kept[T any](all map[string]found[T], read func() (T, diag.List), words ...[]string) (T, diag.List) {
	var key strings.Builder
	for _, list := range words {
		key.WriteString(strings.Join(list, "\x00") + "\x00\x00")
	}
	if f, ok := all[key.String()]; ok {
		return f.value, f.diags
	}
	value, diags := read()
	if !diags.HasErrors() {
		all[key.String()] = found[T]{value, diags}
	}
	return value, diags
}
