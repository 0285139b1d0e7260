package slice

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
)

// ReadConfig reads the "slice" entry of a package in a configuration file:
//
//	slice:
//	  openapi: openapi.yaml                         # a whole OpenAPI document, YAML or JSON, plain or gzipped
//	  metadata: [v1.0.xml]                          # OData metadata, plain or gzipped; several are read as one
//	  notes: [specs/descriptions.yaml]              # optional: words, permissions and the like
//	  descriptions: notes                           # optional: take no descriptions but those of the notes; or all
//	  serviceRoot: https://graph.microsoft.com/v1.0 # optional if the document or the address of the metadata tells it
//	  docs: https://learn.microsoft.com/graph/api/{page}  # optional: where the pages that the notes name are found
//	  files:
//	    - out: specs/chats.yaml                     # the slice to write
//	      title: Chats                              # optional: the name of the file if it is not there
//	      include: ['/chats/**#GET,POST']           # the operations to take
//	      exclude: ['/chats/{chat-id}/tabs/**']     # optional: of these, the ones to leave out
//	      keep: ['/chats/{chat-id}/tabs#GET']       # optional: more to take, which gen tidy leaves alone
//	  without: [microsoft.graph.groupIdentity]      # optional: derived types to leave out; * for any rest
//	  follow: [chat.tabs]                           # optional: navigation properties to describe the targets of;
//	                                                # or bodies: the contained ones of what is sent
//	  types: [user]                                 # optional: types to describe anyhow
//	  properties: {user: [mail]}                    # optional: the only properties to keep of a type
//	  keep: [user.department, message]              # optional: more of them, or types, which gen tidy --properties leaves alone
//
// One of openapi and metadata is needed, and each can be a URL as well. Paths are relative to the folder of the file. Types are
// named by their last part, or with their namespace.
func ReadConfig(file string, node *yaml.Node) (Config, diag.List) {
	r := newConfigReader(file)
	cfg := Config{Docs: "{page}"}
	r.fields(node, configKeys, func(key string, value *yaml.Node) {
		switch key {
		case "openapi":
			cfg.OpenAPI = r.source(value)
		case "metadata":
			cfg.Metadata = r.sources(value)
		case "notes":
			cfg.Notes = r.paths(value)
		case "descriptions":
			cfg.OnlyNotes = r.choice(value, "all", "notes") == "notes"
		case "serviceRoot":
			cfg.ServiceRoot = strings.TrimSuffix(r.url(value), "/")
		case "keys":
			cfg.Parentheses = r.choice(value, keysInSegments, KeysInParentheses) == KeysInParentheses
		case "docs":
			cfg.Docs = r.url(value)
		case "files":
			for i, item := range r.List(value, "slices") {
				cfg.Files = append(cfg.Files, r.sliceFile(i, item))
			}
		case withoutList:
			cfg.Without = r.entries(withoutList, value)
		case followList:
			if value.Kind == yaml.ScalarNode && value.Value == FollowBodies {
				value = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{value}}
			}
			cfg.Follow = r.entries(followList, value)
		case typesList:
			cfg.Types = r.entries(typesList, value)
		case propertiesList:
			cfg.Properties = r.properties(value)
		case keepList:
			cfg.Keep = r.entries(keepList, value)
		case "permissions":
			cfg.Permissions = r.sources(value)
		case "clouds":
			for _, f := range r.Fields(value, "a mapping of clouds to their metadata") {
				if !IsCloudName(f.Name()) {
					r.fault(f.Value, "%q cannot be the name of a cloud: letters and digits, such as China", f.Name())
				}
				cfg.Clouds = append(cfg.Clouds, Cloud{f.Name(), r.sources(f.Value)})
			}
		}
	}, "files")
	if cfg.OpenAPI == "" && cfg.Metadata == nil && node.Kind == yaml.MappingNode {
		r.Fault(node, document.MissingKey, "", "\"openapi\" or \"metadata\" is missing")
	}
	cfg.Positions = r.positions
	return cfg, *r.Faults
}

// FollowBodies is the entry of "follow" that stands for the contained navigation properties of everything that is sent.
const FollowBodies = "bodies"

// The lists of a configuration whose entries can be at fault.
const (
	followList     = "follow"
	typesList      = "types"
	withoutList    = "without"
	propertiesList = "properties"
	includeList    = "include"
	excludeList    = "exclude"
	keepList       = "keep"
)

// Entry is one thing that a configuration lists. List is "follow", "types", "without", "keep" or "properties" (with Text a type, or
// "type/property"), or "files[0].include" and "files[0].exclude" of the file with that index.
type Entry struct{ List, Text string }

// fileEntry is a pattern of the i-th file.
func fileEntry(i int, list, pattern string) Entry {
	return Entry{fmt.Sprintf("files[%d].%s", i, list), pattern}
}

// How a service writes keys: /people/{id}, or /people('{id}').
const (
	keysInSegments    = "segments"
	KeysInParentheses = "parentheses"
)

// IsCloudName reports whether a cloud can be called so: the name goes into slices, comments and flags.
func IsCloudName(name string) bool { return cloudName.MatchString(name) }

var cloudName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]{0,40}$`)

// configKeys are the keys of a "slice" entry, and fileKeys those of its files.
var (
	configKeys = []string{"openapi", "metadata", "permissions", "clouds", "notes", "descriptions", "serviceRoot", "docs", "keys", "files",
		withoutList, followList, typesList, propertiesList, keepList}
	fileKeys = []string{"out", "title", includeList, excludeList, keepList}
)

// configReader reads what the keys stand for.
type configReader struct {
	document.Reader
	positions map[Entry]diag.Pos
}

func newConfigReader(file string) *configReader {
	return &configReader{document.Reader{File: file, Faults: &diag.List{}}, map[Entry]diag.Pos{}}
}

// entries reads a list of texts and notes where each stands.
func (r *configReader) entries(list string, node *yaml.Node) []string {
	return r.namedEntries(node, func(text string) Entry { return Entry{list, text} })
}

func (r *configReader) namedEntries(node *yaml.Node, entry func(text string) Entry) []string {
	var texts []string
	for _, item := range r.List(node, "texts") {
		text := r.Text(item)
		texts = append(texts, text)
		if _, twice := r.positions[entry(text)]; !twice {
			r.positions[entry(text)] = r.Pos(item)
		}
	}
	return texts
}

// properties reads the properties to keep of some types.
func (r *configReader) properties(node *yaml.Node) map[string][]string {
	kept := map[string][]string{}
	for _, f := range r.Fields(node, "a mapping of types to their properties") {
		kept[f.Name()] = r.namedEntries(f.Value, func(text string) Entry { return Entry{propertiesList, f.Name() + "/" + text} })
		r.positions[Entry{propertiesList, f.Name()}] = r.Pos(f.Key)
	}
	return kept
}

func (r *configReader) fault(at *yaml.Node, format string, args ...any) {
	r.Fault(at, "bad-config", "", format, args...)
}

// fields calls read for each entry of a mapping that has one of the known keys. The keys of required have to be there.
func (r *configReader) fields(node *yaml.Node, known []string, read func(key string, value *yaml.Node), required ...string) {
	values := r.Mapping(node, known...)
	for _, key := range known {
		if values[key] != nil {
			read(key, values[key])
		} else if values != nil && slices.Contains(required, key) {
			r.Required(node, values, key)
		}
	}
}

// sliceFile reads the i-th of the files.
func (r *configReader) sliceFile(i int, node *yaml.Node) File {
	var f File
	r.fields(node, fileKeys, func(key string, value *yaml.Node) {
		switch key {
		case "out":
			f.Out = r.path(value)
		case "title":
			f.Title = r.Text(value)
		case includeList, keepList: // what is kept is included as well
			f.Include = append(f.Include, r.namedEntries(value, func(text string) Entry { return fileEntry(i, includeList, text) })...)
		case excludeList:
			f.Exclude = r.namedEntries(value, func(text string) Entry { return fileEntry(i, excludeList, text) })
		}
	}, "out", includeList)
	return f
}

// choice reads one of several words.
func (r *configReader) choice(node *yaml.Node, words ...string) string {
	text := r.Text(node)
	if text != "" && !slices.Contains(words, text) {
		r.fault(node, "expected %s, not %q", strings.Join(words, " or "), text)
	}
	return text
}

func (r *configReader) paths(node *yaml.Node) []string {
	var paths []string
	for _, item := range r.List(node, "paths") {
		paths = append(paths, r.path(item))
	}
	return paths
}

// sources reads one source or a list of them.
func (r *configReader) sources(node *yaml.Node) []string {
	if node.Kind == yaml.ScalarNode {
		return []string{r.source(node)}
	}
	var sources []string
	for _, item := range r.List(node, "sources") {
		sources = append(sources, r.source(item))
	}
	return sources
}

// source reads a path or a URL.
func (r *configReader) source(node *yaml.Node) string {
	if strings.Contains(node.Value, "://") {
		return r.url(node)
	}
	return r.path(node)
}

func (r *configReader) path(node *yaml.Node) string {
	path := filepath.FromSlash(r.Text(node))
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.File), path)
}

func (r *configReader) url(node *yaml.Node) string {
	text := r.Text(node)
	if u, err := url.Parse(strings.ReplaceAll(text, "{page}", "page")); err != nil || u.Host == "" {
		r.fault(node, "%s", fmt.Sprintf("%q is not a URL", text))
	}
	return text
}
