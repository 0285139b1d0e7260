package openapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/openapi/as30"
)

// library holds the documents that have been read: the specs, and what they refer to.
type library struct {
	ctx         context.Context
	allowRemote bool
	seen        func(name string, text []byte) // may be nil
	texts       map[string][]byte              // specs that are not on the disk
	diags       *diag.List
	documents   map[string]*sourceFile // by file name or address
	// misspelt are the fields that were told of, by kind and name.
	misspelt map[misspelling]bool
	// lost is what schemas of OpenAPI 3.1 have lost, to be told of those that are needed.
	lost map[*yaml.Node][]diag.Diagnostic
}

// sourceFile is one file.
type sourceFile struct {
	sourceValue
	// folder is that of the spec which led here: references do not leave it. "" for an address.
	folder string
	// openAPI is false for a file of bare fragments.
	openAPI bool
	// is31: it is of OpenAPI 3.1, or a file of fragments that such a document refers to.
	is31 bool
	// components are by section and name: "schemas/a.b".
	components map[string]sourceValue
}

// spec reads a spec that the caller named; nil after a fault.
func (l *library) spec(name string) *sourceFile {
	if doc, ok := l.documents[filepath.Clean(name)]; ok {
		return doc
	}
	data, ok := l.texts[name]
	var err error
	if !ok {
		data, err = document.ReadFile(document.Disk{}, name, maxFileSize)
	}
	if err != nil {
		l.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: "unreadable-file",
			Message: err.Error(), Hint: "a spec is a YAML or JSON file of at most 64 MiB"})
		return nil
	}
	before := len(*l.diags)
	doc := l.add(data, name, filepath.Dir(name), true)
	if (*l.diags)[before:].HasErrors() {
		return nil
	}
	return doc
}

// add parses and checks a document, and keeps it, faulty or not, so that a fault is reported once.
func (l *library) add(data []byte, name, folder string, isSpec bool) *sourceFile {
	doc := &sourceFile{sourceValue: sourceValue{file: name}, folder: folder, components: map[string]sourceValue{}}
	l.documents[documentKey(name)] = doc
	if l.seen != nil {
		l.seen(documentKey(name), data)
	}
	doc.node = parse(data, name, isSpec, l.diags)
	if doc.node == nil {
		return doc
	}
	doc.openAPI = isSpec || doc.child("openapi").exists() || doc.child("swagger").exists()
	if !doc.openAPI || !checkVersion(doc.sourceValue, l.diags) {
		return doc
	}
	if doc.is31 = as30.Is(doc.child("openapi").text()); doc.is31 {
		l.lose(doc.sourceValue, as30.Document(doc.node))
	}
	l.checkShape(doc.sourceValue, documentKind)
	for section := range sectionKinds {
		for _, component := range doc.child("components").child(section).entries() {
			doc.components[section+"/"+component.name()] = component
		}
	}
	return doc
}

// lose keeps what values of a file have lost, and tells what the document itself has.
func (l *library) lose(at sourceValue, losses []as30.Loss) {
	for _, loss := range losses {
		d := diag.Diagnostic{Pos: document.Pos(at.file, loss.At), Severity: diag.Warning, Code: loss.Code, Message: loss.Message}
		if loss.Schema == nil {
			l.diags.Add(d)
			continue
		}
		l.lost[loss.Schema] = append(l.lost[loss.Schema], d)
	}
}

// fragment rewrites a value of a file without a version of its own, to which a reference of OpenAPI 3.1 leads.
func (l *library) fragment(doc *sourceFile, found sourceValue, k kind) {
	switch {
	case doc.openAPI || !doc.is31:
	case k == schemaKind:
		l.lose(found, as30.Component("schemas", found.node))
	default:
		l.lose(found, as30.Path(found.node))
	}
}

// tellLosses tells what the values that are needed have lost.
func (l *library) tellLosses(needed map[*yaml.Node]bool) {
	for schema, losses := range l.lost {
		if needed[schema] {
			*l.diags = append(*l.diags, losses...)
		}
	}
}

func documentKey(name string) string {
	if isAddress(name) {
		return name
	}
	return filepath.Clean(name)
}

func isAddress(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// find returns what a reference points to; false after a fault, which is reported.
func (l *library) find(ref sourceValue) (*sourceFile, sourceValue, bool) {
	file, fragment, _ := strings.Cut(ref.text(), "#")
	doc := l.documents[documentKey(ref.file)]
	if file != "" {
		from := doc
		if doc = l.open(ref, from, file); doc == nil || doc.node == nil {
			return nil, sourceValue{}, false
		}
		doc.is31 = doc.is31 || !doc.openAPI && from.is31
	}
	pointer, err := url.PathUnescape(fragment)
	if err != nil || pointer != "" && pointer[0] != '/' || ref.text() == "" {
		l.refFault(ref, "bad-ref", fmt.Sprintf("%q is not a reference", ref.text()),
			"references look like #/components/schemas/NAME or FILE#/components/schemas/NAME")
		return nil, sourceValue{}, false
	}
	found := doc.lookup(pointer)
	if !found.exists() {
		l.refFault(ref, "unresolved-ref", fmt.Sprintf("%q is not defined", ref.text()), doc.nearest(pointer))
		return nil, sourceValue{}, false
	}
	return doc, found, true
}

// peek is find for references within a file, and reports nothing.
func (l *library) peek(ref sourceValue) (sourceValue, bool) {
	pointer, ok := strings.CutPrefix(ref.text(), "#")
	if !ok {
		return sourceValue{}, false
	}
	found := l.documents[documentKey(ref.file)].lookup(pointer)
	return found, found.exists()
}

func (l *library) refFault(ref sourceValue, code, message, hint string) {
	l.diags.Add(diag.Diagnostic{Pos: ref.valuePos(), Severity: diag.Error, Code: code, Message: message, Hint: hint})
}

// lookup returns the value at a JSON pointer.
func (d *sourceFile) lookup(pointer string) sourceValue {
	if rest, ok := strings.CutPrefix(pointer, "/components/"); ok {
		section, name, _ := strings.Cut(rest, "/")
		if p, ok := d.components[section+"/"+unescapeToken(name)]; ok {
			return p
		}
	}
	p := d.sourceValue
	if pointer == "" {
		return p
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		token = unescapeToken(token)
		if i, err := strconv.Atoi(token); err == nil && len(p.items()) > 0 {
			p = p.item(i)
		} else {
			p = p.child(token)
		}
	}
	return p
}

// nearest is a hint that names the components whose names look like the one that is missing.
func (d *sourceFile) nearest(pointer string) string {
	const otherwise = "define it, or correct the reference"
	section, name, ok := strings.Cut(strings.TrimPrefix(pointer, "/components/"), "/")
	if !ok {
		return otherwise
	}
	var names []string
	for key := range d.components {
		if have, ok := strings.CutPrefix(key, section+"/"); ok {
			names = append(names, have)
		}
	}
	slices.Sort(names)
	if near := diag.Nearest(unescapeToken(name), names, 1); len(near) > 0 {
		return otherwise + "; the nearest name is " + near[0]
	}
	return otherwise
}

// open returns the document that a reference names beside its fragment; nil after a fault. from is the document
// that has the reference.
func (l *library) open(ref sourceValue, from *sourceFile, file string) *sourceFile {
	address, err := url.Parse(file)
	switch {
	case err != nil:
		l.refFault(ref, "bad-ref", fmt.Sprintf("%q is not a reference", ref.text()), "")
		return nil
	case isAddress(from.file):
		base, err := url.Parse(from.file)
		if err != nil { // it has been fetched
			panic(err)
		}
		return l.openRemote(ref, base.ResolveReference(address))
	case isAddress(file):
		return l.openRemote(ref, address)
	case address.Scheme != "":
		l.refFault(ref, "bad-ref", fmt.Sprintf("%q: references to %s: are not read", ref.text(), address.Scheme), "refer to a file")
		return nil
	case address.Host != "":
		l.refFault(ref, "bad-ref", fmt.Sprintf("%q: references to hosts need https:", ref.text()), "")
		return nil
	}
	return l.openFile(ref, from, address.Path)
}

// openFile reads a file in the folder of the spec, or below.
func (l *library) openFile(ref sourceValue, from *sourceFile, file string) *sourceFile {
	outside := func() *sourceFile {
		l.refFault(ref, "outside-ref", fmt.Sprintf("%q points outside of the folder of the spec, %s", ref.text(), filepath.ToSlash(from.folder)),
			"copy the file into the folder, or keep the spec where both are below it")
		return nil
	}
	name := filepath.Join(filepath.Dir(from.file), filepath.FromSlash(file))
	if doc, ok := l.documents[name]; ok {
		return doc
	}
	local, err := filepath.Rel(from.folder, name)
	if err != nil || path.IsAbs(file) || filepath.IsAbs(file) || !filepath.IsLocal(local) {
		return outside()
	}
	root, err := os.OpenRoot(from.folder) // it does not follow symbolic links out of the folder
	if err != nil {
		l.refFault(ref, "unreadable-file", fmt.Sprintf("%q: %v", ref.text(), document.WithoutPath(err)), "")
		return nil
	}
	defer root.Close()
	data, err := document.ReadFile(root, local, maxFileSize)
	switch {
	case err != nil && strings.Contains(err.Error(), "path escapes"): // os has no exported error for it
		return outside()
	case err != nil:
		l.refFault(ref, "unresolved-ref", fmt.Sprintf("%q: %v", ref.text(), err), "correct the reference; it is relative to the file it stands in")
		return nil
	}
	return l.add(data, name, from.folder, false)
}

// openRemote fetches a document, if that is permitted.
func (l *library) openRemote(ref sourceValue, address *url.URL) *sourceFile {
	name := address.String()
	if doc, ok := l.documents[name]; ok {
		return doc
	}
	if !l.allowRemote {
		l.refFault(ref, "remote-ref", fmt.Sprintf("%q points to the network", ref.text()),
			"download the file, or permit it with --allow-remote-refs")
		return nil
	}
	if !isAddress(name) {
		l.refFault(ref, "remote-ref", fmt.Sprintf("%q points to the network", ref.text()), "only https and http addresses are read")
		return nil
	}
	data, err := fetch(l.ctx, name)
	if err != nil {
		l.refFault(ref, "unresolved-ref", fmt.Sprintf("%q: %v", ref.text(), err), "")
		return nil
	}
	return l.add(data, name, "", false)
}

const fetchTimeout = 30 * time.Second

// fetch downloads a document of at most maxFileSize bytes.
func fetch(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	client := http.Client{CheckRedirect: func(to *http.Request, via []*http.Request) error {
		if len(via) > 3 || via[0].URL.Scheme == "https" && to.URL.Scheme != "https" {
			return fmt.Errorf("a redirect to %s is not followed", to.URL)
		}
		return nil
	}}
	response, err := client.Do(request)
	if err != nil {
		var urlErr *url.Error
		if errors.As(err, &urlErr) {
			err = urlErr.Err
		}
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxFileSize+1))
	if err == nil && len(data) > maxFileSize {
		err = errors.New("the document is too large")
	}
	return data, err
}
