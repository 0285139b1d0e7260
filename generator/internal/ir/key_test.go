package ir

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeys(t *testing.T) {
	plain := &Model{Name: "plain", Properties: []*Property{{Name: "id"}}}
	rooted := &Model{Name: "rooted", Properties: []*Property{{Name: "id", Key: true}, {Name: "name"}}}
	middle := &Model{Name: "middle", Base: rooted, Properties: []*Property{{Name: "nr", Key: true}}}
	for name, c := range map[string]struct {
		model *Model
		want  []string
	}{
		"no key":                     {plain, nil},
		"its own":                    {rooted, []string{"id"}},
		"a base's":                   {&Model{Base: &Model{Base: rooted}}, []string{"id"}},
		"its own below a base's":     {middle, []string{"nr"}},
		"below that":                 {&Model{Base: middle}, []string{"nr"}},
		"a base's property":          {&Model{Base: plain, InheritedKeys: []string{"id"}}, []string{"id"}},
		"a base's property and more": {&Model{Base: plain, InheritedKeys: []string{"id"}, Properties: []*Property{{Name: "nr", Key: true}}}, []string{"id", "nr"}},
		"several":                    {&Model{Properties: []*Property{{Name: "a", Key: true}, {Name: "b", Key: true}, {Name: "c"}}}, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range c.model.Keys() {
				got = append(got, p.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
