package derive

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// TestDeriveStore derives what services do that is not Graph's way everywhere.
func TestDeriveStore(t *testing.T) {
	doc := readTestMetadata(t, filepath.Join("..", "testdata", "store.xml"))
	byPath := Options{ByPath: doc.Types[1:2]}
	inParentheses := Options{Parentheses: true}
	cases := map[string]struct {
		how     Options
		include []string
		want    string
	}{
		"Single does not remove items": {Options{}, []string{"/depots/*/boxes/*"}, `
			GET /depots/{depot-id}/boxes/{box-id}
			PATCH /depots/{depot-id}/boxes/{box-id}
			DELETE /depots/{depot-id}/boxes/{box-id}`},
		"behind a reference, to what has no other place": {Options{}, []string{"/depots/*/top/inside/**#POST,PATCH"}, `
			POST /depots/{depot-id}/top/inside
			POST /depots/{depot-id}/top/inside/$ref
			POST /depots/{depot-id}/top/inside/store.count
			PATCH /depots/{depot-id}/top/inside/{box-id}
			POST /depots/{depot-id}/top/inside/{box-id}/inside/$ref
			POST /depots/{depot-id}/top/inside/{box-id}/notes
			PATCH /depots/{depot-id}/top/inside/{box-id}/notes/{note-id}
			POST /depots/{depot-id}/top/inside/{box-id}/store.seal`},
		"a reference that names an action": {Options{}, []string{"/depots/**#POST"}, `
			POST /depots
			POST /depots/{depot-id}/boxes
			POST /depots/{depot-id}/boxes/store.count
			POST /depots/{depot-id}/boxes/{box-id}/inside/$ref
			POST /depots/{depot-id}/boxes/{box-id}/notes
			POST /depots/{depot-id}/boxes/{box-id}/store.seal
			POST /depots/{depot-id}/marked/$ref
			POST /depots/{depot-id}/marked/store.mark
			POST /depots/{depot-id}/tags`},
		"a reference is removed by its address, if that is written": {Options{}, []string{"/depots/*/top/inside/$ref"}, `
			GET /depots/{depot-id}/top/inside/$ref
			POST /depots/{depot-id}/top/inside/$ref
			DELETE /depots/{depot-id}/top/inside/$ref`},
		"keys of several properties": {Options{}, []string{"/tags/{x}/parts/**#GET", "/tags(no={a},color='{b}')#PUT,PATCH"}, `
			PUT /tags(no={no},color='{color}')
			PATCH /tags(no={no},color='{color}')
			GET /tags(no={no},color='{color}')/parts
			GET /tags(no={no},color='{color}')/parts(no={no1},color='{color1}')
			GET /tags(no={no},color='{color}')/parts(no={no1},color='{color1}')/parts
			GET /tags(no={no},color='{color}')/parts(no={no1},color='{color1}')/parts(no={no2},color='{color2}')
			GET /tags(no={no},color='{color}')/parts(no={no1},color='{color1}')/parts/$count
			GET /tags(no={no},color='{color}')/parts/$count`},
		"keys in parentheses": {inParentheses, []string{"/depots/{id}", "/depots('{id}')/boxes/{b}/seal", "/depots/*/top/inside/*/$ref"}, `
			GET /depots('{id}')
			PATCH /depots('{id}')
			DELETE /depots('{id}')
			POST /depots('{id}')/boxes('{id1}')/store.seal
			DELETE /depots('{id}')/top/inside('{id1}')/$ref`},
		"functions that go on": {Options{}, []string{
			"/depots/{id}/find/notes", "/depots/{id}/find(name='{n}')/find/$count", "/depots/{id}/find/seal", "/depots/{id}/find/content", "/depots/{id}/boxes/{id}/weigh/**"}, `
			GET /depots/{depot-id}/boxes/{box-id}/store.weigh()
			GET /depots/{depot-id}/store.find(name='{name}')/content
			PUT /depots/{depot-id}/store.find(name='{name}')/content
			DELETE /depots/{depot-id}/store.find(name='{name}')/content
			GET /depots/{depot-id}/store.find(name='{name}')/notes
			POST /depots/{depot-id}/store.find(name='{name}')/notes
			GET /depots/{depot-id}/store.find(name='{name}')/store.find(name='{name1}')/$count
			POST /depots/{depot-id}/store.find(name='{name}')/store.seal`},
		"addressed by path": {byPath, []string{"/depots/{id}/top:/{path}", "/depots/{id}/top:/{p}:/content#PUT", "/depots/{id}/boxes/{id}:/{x}:/inside", "/depots/{id}/top:/{p}:/seal"}, `
			GET /depots/{depot-id}/boxes/{box-id}:/{path}:/inside
			POST /depots/{depot-id}/boxes/{box-id}:/{path}:/inside
			GET /depots/{depot-id}/top:/{path}
			PATCH /depots/{depot-id}/top:/{path}
			DELETE /depots/{depot-id}/top:/{path}
			PUT /depots/{depot-id}/top:/{path}:/content
			POST /depots/{depot-id}/top:/{path}:/store.seal`},
		"by path only where the service does": {Options{}, []string{"/depots/{id}/top:/{path}"}, ""},
		"by path only where a pattern names it": {byPath, []string{"/depots/{id}/top/*#GET", "/depots/**/content#PUT"}, `
			PUT /depots/{depot-id}/boxes/{box-id}/content
			PUT /depots/{depot-id}/boxes/{box-id}/inside/{box-id1}/content
			PUT /depots/{depot-id}/marked/{box-id}/content
			GET /depots/{depot-id}/top/content
			PUT /depots/{depot-id}/top/content
			GET /depots/{depot-id}/top/inside
			GET /depots/{depot-id}/top/notes`},
		"a value with a path of its own": {Options{}, []string{"/depots/{id}/**#PATCH"}, `
			PATCH /depots/{depot-id}
			PATCH /depots/{depot-id}/boxes/{box-id}
			PATCH /depots/{depot-id}/boxes/{box-id}/notes/{note-id}
			PATCH /depots/{depot-id}/opening
			PATCH /depots/{depot-id}/tags(no={no},color='{color}')`},
		"a value that is written out": {Options{}, []string{"/depots/{id}/place#GET", "/depots/{id}/place/owner#GET"}, `
			GET /depots/{depot-id}/place
			GET /depots/{depot-id}/place/owner`},
		"content of a value that is written out": {Options{}, []string{"/depots/{id}/place/plan", "/depots/*/*/plan#PUT"}, `
			GET /depots/{depot-id}/place/plan`},
		"content of a value that is set": {Options{}, []string{"/depots/{id}/place/plan#GET,PUT"}, `
			GET /depots/{depot-id}/place/plan
			PUT /depots/{depot-id}/place/plan`},
		"what a function answers is changed where that is asked for": {Options{}, []string{
			"/depots/{id}/find(name='{n}')#GET,PATCH", "/depots/{id}/boxes/{id}/find#PATCH", "/depots/*/find#PATCH"}, `
			GET /depots/{depot-id}/store.find(name='{name}')
			PATCH /depots/{depot-id}/store.find(name='{name}')`},
		"calls that are bound to nothing": {Options{}, []string{"/busiest", "/close#POST", "/busiest(until={u})"}, `
			GET /busiest()
			GET /busiest(until={until},names=@names)
			POST /close`},
		"content of a derived type": {Options{}, []string{"/depots/{id}/boxes/{id}/notes/{id}/$value", "/depots/{id}/boxes/{id}/notes/{id}/picture/$value#PUT"}, `
			GET /depots/{depot-id}/boxes/{box-id}/notes/{note-id}/$value
			PUT /depots/{depot-id}/boxes/{box-id}/notes/{note-id}/store.picture/$value`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			include, err := pathglob.ParseAll(c.include)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, o := range Operations(doc, pathglob.Set{Include: include}, c.how).Operations {
				got = append(got, o.Method+" "+o.Path)
			}
			want := strings.Split(strings.ReplaceAll(strings.TrimSpace(c.want), "\t", ""), "\n")
			if c.want == "" {
				want = nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("operations (-want +got):\n%s", diff)
			}
		})
	}
}
