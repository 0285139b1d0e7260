package slice

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/pathglob"
)

var school = filepath.Join("testdata", "school.xml")

func readTestMetadata(t *testing.T, paths ...string) *csdl.Document {
	t.Helper()
	doc, diags := readMetadata(context.Background(), readFile, paths)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return doc
}

func TestDerive(t *testing.T) {
	doc := readTestMetadata(t, school)
	cases := map[string]struct {
		include []string
		want    string
	}{
		"entity set": {[]string{"/courses", "/courses/$count", "/courses/{course-id}"}, `
			GET /courses
			POST /courses
			GET /courses/$count
			GET /courses/{course-id}
			PATCH /courses/{course-id}
			DELETE /courses/{course-id}`},
		"methods": {[]string{"/courses/**#POST"}, `
			POST /courses
			POST /courses/micro.school.cancelAll
			POST /courses/{course-id}/lessons
			POST /courses/{course-id}/lessons/{lesson-id}/micro.school.wake
			POST /courses/{course-id}/lessons/{lesson-id}/parts
			POST /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/micro.school.wake
			POST /courses/{course-id}/lessons/{lesson-id}/stand/micro.school.wake
			POST /courses/{course-id}/members/$ref
			POST /courses/{course-id}/micro.school.cancel
			POST /courses/{course-id}/micro.school.wake`},
		"singleton, content, PUT": {[]string{"/me/photo/**", "/me#PATCH", "/house"}, `
			GET /house
			PATCH /house
			PATCH /me
			GET /me/photo
			PUT /me/photo
			DELETE /me/photo
			GET /me/photo/$value
			PUT /me/photo/$value
			POST /me/photo/micro.school.wake
			GET /me/photo/small
			PUT /me/photo/small`},
		"calls on a collection": {[]string{"/courses/micro.*"}, `
			POST /courses/micro.school.cancelAll
			GET /courses/micro.school.delta()
			GET /courses/micro.school.find()
			GET /courses/micro.school.find(state='{state}',year={year},words='@words')`},
		"alternate key": {[]string{"/teachers(no='{no}')/**"}, `
			GET /teachers(no='{no}')
			PATCH /teachers(no='{no}')
			DELETE /teachers(no='{no}')`},
		"reference to one": {[]string{"/courses/{course-id}/teacher/**"}, `
			GET /courses/{course-id}/teacher
			GET /courses/{course-id}/teacher/$ref
			PUT /courses/{course-id}/teacher/$ref
			DELETE /courses/{course-id}/teacher/$ref`},
		"reference to one that is fixed": {[]string{"/courses/{course-id}/lessons/{lesson-id}/room/**"}, `
			GET /courses/{course-id}/lessons/{lesson-id}/room`},
		"reference to many, with casts": {[]string{"/courses/{course-id}/members/**"}, `
			GET /courses/{course-id}/members
			GET /courses/{course-id}/members/$count
			GET /courses/{course-id}/members/$ref
			POST /courses/{course-id}/members/$ref
			GET /courses/{course-id}/members/micro.school.teacher
			GET /courses/{course-id}/members/micro.school.teacher/$count
			GET /courses/{course-id}/members/{person-id}
			DELETE /courses/{course-id}/members/{person-id}/$ref`},
		"contained, and no further through the same type": {[]string{"/courses/{course-id}/lessons/{lesson-id}/parts/**"}, `
			GET /courses/{course-id}/lessons/{lesson-id}/parts
			POST /courses/{course-id}/lessons/{lesson-id}/parts
			GET /courses/{course-id}/lessons/{lesson-id}/parts/$count
			GET /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}
			PATCH /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}
			DELETE /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}
			POST /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/micro.school.wake
			GET /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts
			POST /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts
			GET /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts/$count
			GET /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts/{lesson-id2}
			PATCH /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts/{lesson-id2}
			DELETE /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts/{lesson-id2}
			POST /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/parts/{lesson-id2}/micro.school.wake
			GET /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/room
			GET /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/stand
			PATCH /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/stand
			DELETE /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/stand
			POST /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/stand/micro.school.wake`},
		"capabilities": {[]string{"/courses/{course-id}/log/**"}, `
			GET /courses/{course-id}/log`},
		"a pattern goes on through a type with a set of its own": {[]string{"/courses/{course-id}/lessons/{lesson-id}/stand/photo#GET"}, `
			GET /courses/{course-id}/lessons/{lesson-id}/stand/photo`},
		"excluded": {[]string{"/everybody/**"}, `
			GET /everybody
			GET /everybody/{person-id}
			GET /everybody/{person-id}/friends
			GET /everybody/{person-id}/friends/micro.school.teacher
			GET /everybody/{person-id}/friends/{person-id1}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			include, err := pathglob.ParseAll(c.include)
			if err != nil {
				t.Fatal(err)
			}
			set := pathglob.Set{Include: include}
			if name == "excluded" {
				set.Exclude, _ = pathglob.ParseAll([]string{"/**#POST,PATCH,DELETE", "/**/$count", "/**/$ref"})
			}
			var got []string
			for _, o := range derive(doc, set) {
				got = append(got, o.method+" "+o.path)
			}
			want := strings.Split(strings.ReplaceAll(strings.TrimSpace(c.want), "\t", ""), "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("operations (-want +got):\n%s", diff)
			}
		})
	}
}
