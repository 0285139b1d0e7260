package slice

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/graphslice/graphslice/generator/diag"
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
//
// One of openapi and metadata is needed, and each can be a URL as well. Paths are relative to the folder of the file. Types are
// named by their last part, or with their namespace.
func ReadConfig(file string, node *yaml.Node) (Config, diag.List) {
	r := configReader{file: file, positions: map[Entry]diag.Pos{}}
	cfg := Config{Docs: "{page}"}
	r.fields(node, func(key string, value *yaml.Node) bool {
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
			for i, item := range r.list(value) {
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
		case "permissions":
			cfg.Permissions = r.sources(value)
		case "clouds":
			r.fields(value, func(name string, value *yaml.Node) bool {
				if !IsCloudName(name) {
					r.fault(value, "%q cannot be the name of a cloud: letters and digits, such as China", name)
				}
				cfg.Clouds = append(cfg.Clouds, Cloud{name, r.sources(value)})
				return true
			})
		default:
			return false
		}
		return true
	}, "files")
	if cfg.OpenAPI == "" && cfg.Metadata == nil && node.Kind == yaml.MappingNode {
		r.fault(node, "the key \"openapi\" or \"metadata\" is missing")
	}
	cfg.Positions = r.positions
	return cfg, r.diags
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

// Entry is one thing that a configuration lists. List is "follow", "types", "without" or "properties" (with Text a type, or
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

// configKeys are the keys of a "slice" entry and of its files, for a hint about one that is unknown.
var configKeys = []string{"openapi", "metadata", "permissions", "clouds", "notes", "descriptions", "serviceRoot", "docs", "keys", "files",
	"without", "follow", "types", "properties", "out", "title", "include", "exclude", "keep"}

type configReader struct {
	file      string
	positions map[Entry]diag.Pos
	diags     diag.List
}

func (r *configReader) posOf(at *yaml.Node) diag.Pos {
	return diag.Pos{File: r.file, Line: at.Line, Column: at.Column}
}

// entries reads a list of texts and notes where each stands.
func (r *configReader) entries(list string, node *yaml.Node) []string {
	return r.namedEntries(node, func(text string) Entry { return Entry{list, text} })
}

func (r *configReader) namedEntries(node *yaml.Node, entry func(text string) Entry) []string {
	var texts []string
	for _, item := range r.list(node) {
		text := r.text(item)
		texts = append(texts, text)
		if _, twice := r.positions[entry(text)]; !twice {
			r.positions[entry(text)] = r.posOf(item)
		}
	}
	return texts
}

// properties reads the properties to keep of some types.
func (r *configReader) properties(node *yaml.Node) map[string][]string {
	kept := map[string][]string{}
	r.fields(node, func(name string, value *yaml.Node) bool {
		kept[name] = r.namedEntries(value, func(text string) Entry { return Entry{propertiesList, name + "/" + text} })
		return true
	})
	for i := 0; i+1 < len(node.Content) && node.Kind == yaml.MappingNode; i += 2 {
		r.positions[Entry{propertiesList, node.Content[i].Value}] = r.posOf(node.Content[i])
	}
	return kept
}

func (r *configReader) fault(at *yaml.Node, format string, args ...any) {
	r.diags.Errorf(r.posOf(at), "bad-config", format, args...)
}

// fields calls read for each entry of a mapping; read returns false for a key it does not know. The keys of required have to be
// there.
func (r *configReader) fields(node *yaml.Node, read func(key string, value *yaml.Node) bool, required ...string) {
	if node.Kind != yaml.MappingNode {
		r.fault(node, "expected a mapping of keys to values")
		return
	}
	var seen []string
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		switch {
		case slices.Contains(seen, key.Value):
			r.fault(key, "the key %q is there twice", key.Value)
		case !read(key.Value, node.Content[i+1]):
			r.fault(key, "the key %q is unknown here", key.Value)
			if near := diag.Nearest(key.Value, configKeys, 1); len(near) > 0 {
				r.diags[len(r.diags)-1].Hint = "did you mean " + near[0] + "?"
			}
		}
		seen = append(seen, key.Value)
	}
	for _, key := range required {
		if !slices.Contains(seen, key) {
			r.fault(node, "the key %q is missing", key)
		}
	}
}

// sliceFile reads the i-th of the files.
func (r *configReader) sliceFile(i int, node *yaml.Node) File {
	var f File
	r.fields(node, func(key string, value *yaml.Node) bool {
		switch key {
		case "out":
			f.Out = r.path(value)
		case "title":
			f.Title = r.text(value)
		case includeList, keepList: // what is kept is included as well
			f.Include = append(f.Include, r.namedEntries(value, func(text string) Entry { return fileEntry(i, includeList, text) })...)
		case excludeList:
			f.Exclude = r.namedEntries(value, func(text string) Entry { return fileEntry(i, excludeList, text) })
		default:
			return false
		}
		return true
	}, "out", "include")
	return f
}

func (r *configReader) list(node *yaml.Node) []*yaml.Node {
	if node.Kind != yaml.SequenceNode {
		r.fault(node, "expected a list")
		return nil
	}
	return node.Content
}

func (r *configReader) text(node *yaml.Node) string {
	if node.Kind != yaml.ScalarNode || node.Value == "" {
		r.fault(node, "expected a text")
		return ""
	}
	return node.Value
}

// choice reads one of several words.
func (r *configReader) choice(node *yaml.Node, words ...string) string {
	text := r.text(node)
	if text != "" && !slices.Contains(words, text) {
		r.fault(node, "expected %s, not %q", strings.Join(words, " or "), text)
	}
	return text
}

func (r *configReader) paths(node *yaml.Node) []string {
	var paths []string
	for _, item := range r.list(node) {
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
	for _, item := range r.list(node) {
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
	path := filepath.FromSlash(r.text(node))
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.file), path)
}

func (r *configReader) url(node *yaml.Node) string {
	text := r.text(node)
	if u, err := url.Parse(strings.ReplaceAll(text, "{page}", "page")); err != nil || u.Host == "" {
		r.fault(node, "%s", fmt.Sprintf("%q is not a URL", text))
	}
	return text
}
