package slice

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/service"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
)

const (
	// maxInput is the most that a source may hold once unpacked, in bytes. The largest of Graph's has 35 million.
	maxInput = 256 << 20
	// maxNotes is more than people write.
	maxNotes = 16 << 20
)

// reader reads a source and uncompresses it.
type reader func(ctx context.Context, source string) ([]byte, diag.List)

// readSources reads everything that the configuration names. The cutter is of use only if diags has no errors then.
func readSources(ctx context.Context, cfg Config, diags *diag.List) *cutter {
	read := reader(cfg.Read)
	if read == nil {
		read = readFile
	}
	doc, found := cfg.Understood.metadataFor(ctx, read, cfg.Metadata, cfg.Notes...)
	*diags = append(*diags, found...)
	notes, found := readNotes(cfg.Notes)
	*diags = append(*diags, found...)
	api := readPublished(ctx, read, cfg.OpenAPI, diags)
	table, found := cfg.Understood.permissions(ctx, read, cfg.Permissions)
	*diags = append(*diags, found...)
	clouds, found := readClouds(ctx, read, cfg.Clouds, cfg.Understood)
	*diags = append(*diags, found...)
	if diags.HasErrors() {
		return nil
	}
	notes.only = cfg.OnlyNotes
	c := newCutter(cfg, doc, notes, api, diags)
	c.table, c.clouds = table, clouds
	c.findServiceRoot()
	c.correctCapabilities()
	return c
}

// readMetadata reads and joins metadata documents; without any, the document is empty.
func readMetadata(ctx context.Context, read reader, sources []string) (*csdl.Document, diag.List) {
	var diags diag.List
	var inputs []csdl.Input
	for _, source := range sources {
		data, found := read(ctx, source)
		diags = append(diags, found...)
		inputs = append(inputs, csdl.Input{Name: fetch.Name(source), Text: bytes.NewReader(data)})
	}
	if diags.HasErrors() || len(inputs) == 0 {
		return &csdl.Document{}, diags
	}
	doc, found := csdl.Read(inputs...)
	return doc, append(diags, found...)
}

// metadataPath is what follows the service root in the address of metadata.
const metadataPath = "/$metadata"

// findServiceRoot takes the service root from the sources, where the configuration does not say it.
func (c *cutter) findServiceRoot() {
	if c.cfg.ServiceRoot == "" && len(c.cfg.Metadata) > 0 {
		if root, ok := strings.CutSuffix(c.cfg.Metadata[0], metadataPath); ok && strings.Contains(root, "://") {
			c.cfg.ServiceRoot = root
		}
	}
	if c.cfg.ServiceRoot == "" && c.published != nil {
		c.cfg.ServiceRoot = strings.TrimSuffix(c.published.Server(), "/")
	}
	if c.cfg.ServiceRoot == "" && c.doc.Type(service.Graph.RootType) != nil {
		names := slices.Clone(c.cfg.Metadata)
		for _, f := range c.cfg.Files {
			names = append(names, f.Out)
		}
		c.cfg.ServiceRoot = service.Graph.RootOf(names...)
		c.diags.Add(diag.Diagnostic{Severity: diag.Warning, Code: "guessed-service-root",
			Message: "the sources do not tell the URL of the service; the slice has " + c.cfg.ServiceRoot,
			Hint:    "if that is not it, write serviceRoot, or --service-root"})
	}
	if c.cfg.ServiceRoot == "" {
		c.fail("no-service-root", "write it as serviceRoot, or with --service-root", "the URL of the service is not known: the sources do not tell it")
	}
}

// readFile is the reader of files.
func readFile(_ context.Context, path string) ([]byte, diag.List) {
	data, err := fetch.File(path, maxInput)
	if err != nil {
		var diags diag.List
		diags.Errorf(diag.Pos{File: path}, "unreadable", "%v", err)
		return nil, diags
	}
	return data, nil
}
