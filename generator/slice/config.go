package slice

import (
	"fmt"
	"net/url"
	"path/filepath"
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
//	  without: [microsoft.graph.groupIdentity]      # optional: derived types to leave out; * for any rest
//	  follow: [chat.tabs]                           # optional: navigation properties to describe the targets of
//	  types: [user]                                 # optional: types to describe anyhow
//	  properties: {user: [mail]}                    # optional: the only properties to keep of a type
//
// One of openapi and metadata is needed, and each can be a URL as well. Paths are relative to the folder of the file. Types are
// named by their last part, or with their namespace.
func ReadConfig(file string, node *yaml.Node) (Config, diag.List) {
	r := configReader{file: file}
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
		case "docs":
			cfg.Docs = r.url(value)
		case "files":
			for _, item := range r.list(value) {
				cfg.Files = append(cfg.Files, r.sliceFile(item))
			}
		case "without":
			cfg.Without = r.texts(value)
		case "follow":
			cfg.Follow = r.texts(value)
		case "types":
			cfg.Types = r.texts(value)
		case "properties":
			cfg.Properties = map[string][]string{}
			r.fields(value, func(name string, value *yaml.Node) bool {
				cfg.Properties[name] = r.texts(value)
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
	return cfg, r.diags
}

// configKeys are the keys of a "slice" entry and of its files, for a hint about one that is unknown.
var configKeys = []string{"openapi", "metadata", "permissions", "clouds", "notes", "descriptions", "serviceRoot", "docs", "keys", "files",
	"without", "follow", "types", "properties", "out", "title", "include", "exclude"}

type configReader struct {
	file  string
	diags diag.List
}

func (r *configReader) fault(at *yaml.Node, format string, args ...any) {
	r.diags.Errorf(diag.Pos{File: r.file, Line: at.Line, Column: at.Column}, "bad-config", format, args...)
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

func (r *configReader) sliceFile(node *yaml.Node) File {
	var f File
	r.fields(node, func(key string, value *yaml.Node) bool {
		switch key {
		case "out":
			f.Out = r.path(value)
		case "title":
			f.Title = r.text(value)
		case "include":
			f.Include = r.texts(value)
		case "exclude":
			f.Exclude = r.texts(value)
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

func (r *configReader) texts(node *yaml.Node) []string {
	var texts []string
	for _, item := range r.list(node) {
		texts = append(texts, r.text(item))
	}
	return texts
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
