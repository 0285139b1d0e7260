package overrides

import (
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// The type that makes the service tell of changes says so in its override: path is that of the collection, expires the property with
// the time when one ends, resource that with what it watches, and longest how long one may live, by patterns for that.
var subscriptionFields = map[string]fieldKind{"path": text, "expires": text, "resource": text, "longest": lives}

// isSubscription checks the form of such an override, and reports what is wrong with it.
func (r reader) isSubscription(node *yaml.Node) bool {
	return r.isMark(node, "a mapping, {path: /PATH, expires: PROPERTY}", subscriptionFields, "path", "expires")
}

// isLives checks the durations of one.
func (r reader) isLives(node *yaml.Node) bool {
	found := len(*r.Faults)
	for _, field := range r.Fields(node, "a mapping of durations by path") {
		if !document.IsText(field.Value) {
			r.Wrong(field.Value, "a duration, such as P3D or PT1H")
		}
	}
	return len(*r.Faults) == found
}

func (a *applier) applySubscription(e entry, m *ir.Model) {
	_, at := e.value("subscription")
	if at == nil || at.Kind != yaml.MappingNode {
		return
	}
	fields, s := entry{file: e.file, key: e.key, fields: at}, &ir.Subscription{}
	fields.text("path", &s.Path)
	fields.text("expires", &s.Expires)
	fields.text("resource", &s.Resource)
	var longest []ir.LongestLife
	if _, lives := fields.value("longest"); lives != nil && lives.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(lives.Content); i += 2 {
			longest = append(longest, ir.LongestLife{Pattern: lives.Content[i].Value, Life: lives.Content[i+1].Value})
		}
	}
	s.SetLongest(longest)
	if s.Path == "" || s.Expires == "" {
		return // it has been reported
	}
	if err := s.Check(m); err != nil {
		a.fault(e.posOf(at), "unmatched-override", err.Error(), "")
		return
	}
	if other := a.pkg.Subscription(); other != nil && other != m {
		a.fault(e.posOf(at), "unmatched-override", other.Name+" is the type of subscriptions already, and a package has one", "")
		return
	}
	m.Subscription = s
}
