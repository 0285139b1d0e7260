package derive

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// What these tests read is what slices are cut from in the tests of the package above.
var school = filepath.Join("..", "testdata", "school.xml")

func readTestMetadata(t *testing.T, paths ...string) *csdl.Document {
	t.Helper()
	var inputs []csdl.Input
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, csdl.Input{Name: path, Text: bytes.NewReader(data)})
	}
	doc, diags := csdl.Read(inputs...)
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
			DELETE /me/photo/$value
			POST /me/photo/micro.school.wake
			GET /me/photo/small
			PUT /me/photo/small
			DELETE /me/photo/small`},
		"calls on a collection": {[]string{"/courses/micro.*"}, `
			POST /courses/micro.school.cancelAll
			GET /courses/micro.school.delta()
			GET /courses/micro.school.find()
			GET /courses/micro.school.find(state='{state}',year={year},words='@words')`},
		"alternate key": {[]string{"/teachers(no='{no}')", "/teachers(no='{n}')/photo#GET", "/teachers#GET"}, `
			GET /teachers
			GET /teachers(no='{no}')
			PATCH /teachers(no='{no}')
			DELETE /teachers(no='{no}')
			GET /teachers(no='{no}')/photo`},
		"what the metadata does not speak of": {[]string{
			"/courses/{id}#PUT,GET", "/courses/{id}/lessons/$ref", "/courses/{id}/lessons/{id}/$ref", "/courses/{id}/lessons/**#PUT",
			"/everybody/pupil#POST", "/everybody/{id}/pupil#PATCH,DELETE", "/everybody/{id}/graduate",
			"/me/photo#PATCH,POST", "/me#POST"}, `
			GET /courses/{course-id}
			PUT /courses/{course-id}
			GET /courses/{course-id}/lessons/$ref
			POST /courses/{course-id}/lessons/$ref
			DELETE /courses/{course-id}/lessons/$ref
			DELETE /courses/{course-id}/lessons/{lesson-id}/$ref
			POST /everybody/micro.school.pupil
			GET /everybody/{person-id}/micro.school.graduate
			PATCH /everybody/{person-id}/micro.school.pupil
			DELETE /everybody/{person-id}/micro.school.pupil
			POST /me/photo
			PATCH /me/photo`},
		"properties by their paths": {[]string{
			"/courses/{id}/title", "/courses/{id}/state#GET,PUT,DELETE", "/courses/{id}/title#PUT,DELETE", "/courses/{id}/size#GET,PUT,DELETE",
			"/courses/{id}/id#GET,PUT", "/courses/{id}/sta*", "/courses/**#PUT", "/courses/{id}/lessons/*/starts",
			"/courses/{id}/teacher/subjects#GET,PUT,DELETE",
			"/me/photo/small#GET", "/**/name", "/everybody/{id}/pupil/marks", "/everybody/{id}/pupil/address/street"}, `
			GET /courses/{course-id}/id
			GET /courses/{course-id}/lessons/{lesson-id}/starts
			GET /courses/{course-id}/size
			GET /courses/{course-id}/state
			PUT /courses/{course-id}/state
			DELETE /courses/{course-id}/state
			PUT /courses/{course-id}/teacher/$ref
			GET /courses/{course-id}/teacher/subjects
			PUT /courses/{course-id}/teacher/subjects
			GET /courses/{course-id}/title
			PUT /courses/{course-id}/title
			GET /everybody/{person-id}/micro.school.pupil/address/street
			GET /everybody/{person-id}/micro.school.pupil/marks
			GET /me/photo/small`},
		"reference to one, which is changed where it stands": {[]string{"/courses/*/teacher/**"}, `
			GET /courses/{course-id}/teacher
			GET /courses/{course-id}/teacher/$ref
			PUT /courses/{course-id}/teacher/$ref
			DELETE /courses/{course-id}/teacher/$ref
			GET /courses/{course-id}/teacher/friends
			GET /courses/{course-id}/teacher/friends/$count
			GET /courses/{course-id}/teacher/friends/$ref
			POST /courses/{course-id}/teacher/friends/$ref
			GET /courses/{course-id}/teacher/friends/micro.school.teacher
			GET /courses/{course-id}/teacher/friends/micro.school.teacher/$count
			GET /courses/{course-id}/teacher/friends/{person-id}
			DELETE /courses/{course-id}/teacher/friends/{person-id}/$ref
			GET /courses/{course-id}/teacher/friends/{person-id}/micro.school.teacher
			POST /courses/{course-id}/teacher/micro.school.wake
			GET /courses/{course-id}/teacher/photo
			PUT /courses/{course-id}/teacher/photo
			DELETE /courses/{course-id}/teacher/photo
			GET /courses/{course-id}/teacher/photo/$value
			PUT /courses/{course-id}/teacher/photo/$value
			DELETE /courses/{course-id}/teacher/photo/$value
			POST /courses/{course-id}/teacher/photo/micro.school.wake
			GET /courses/{course-id}/teacher/photo/small
			PUT /courses/{course-id}/teacher/photo/small
			DELETE /courses/{course-id}/teacher/photo/small`},
		"reference to one, written out": {[]string{"/courses/{course-id}/teacher"}, `
			GET /courses/{course-id}/teacher
			PATCH /courses/{course-id}/teacher
			DELETE /courses/{course-id}/teacher`},
		"reference that is fixed, to what has no entity set": {[]string{"/courses/{course-id}/lessons/{lesson-id}/room/**"}, `
			GET /courses/{course-id}/lessons/{lesson-id}/room
			PATCH /courses/{course-id}/lessons/{lesson-id}/room
			DELETE /courses/{course-id}/lessons/{lesson-id}/room
			POST /courses/{course-id}/lessons/{lesson-id}/room/micro.school.wake`},
		"** does not go behind references": {[]string{"/courses/{course-id}/**#POST"}, `
			POST /courses/{course-id}/lessons
			POST /courses/{course-id}/lessons/{lesson-id}/micro.school.wake
			POST /courses/{course-id}/lessons/{lesson-id}/parts
			POST /courses/{course-id}/lessons/{lesson-id}/parts/{lesson-id1}/micro.school.wake
			POST /courses/{course-id}/lessons/{lesson-id}/stand/micro.school.wake
			POST /courses/{course-id}/members/$ref
			POST /courses/{course-id}/micro.school.cancel
			POST /courses/{course-id}/micro.school.wake`},
		"reference to many, with casts": {[]string{"/courses/{course-id}/members/**"}, `
			GET /courses/{course-id}/members
			GET /courses/{course-id}/members/$count
			GET /courses/{course-id}/members/$ref
			POST /courses/{course-id}/members/$ref
			GET /courses/{course-id}/members/micro.school.teacher
			GET /courses/{course-id}/members/micro.school.teacher/$count
			GET /courses/{course-id}/members/{person-id}
			DELETE /courses/{course-id}/members/{person-id}/$ref
			GET /courses/{course-id}/members/{person-id}/friends
			GET /courses/{course-id}/members/{person-id}/friends/$count
			GET /courses/{course-id}/members/{person-id}/friends/$ref
			POST /courses/{course-id}/members/{person-id}/friends/$ref
			GET /courses/{course-id}/members/{person-id}/friends/micro.school.teacher
			GET /courses/{course-id}/members/{person-id}/friends/micro.school.teacher/$count
			GET /courses/{course-id}/members/{person-id}/friends/{person-id1}
			DELETE /courses/{course-id}/members/{person-id}/friends/{person-id1}/$ref
			GET /courses/{course-id}/members/{person-id}/friends/{person-id1}/micro.school.teacher
			GET /courses/{course-id}/members/{person-id}/micro.school.teacher
			POST /courses/{course-id}/members/{person-id}/micro.school.wake`},
		"casts in the middle": {[]string{"/courses/*/members/*/teacher/photo", "/courses/*/members/micro.school.pupil/{id}", "/everybody/{id}/pupil/wake", "/everybody/graduate/$count"}, `
			GET /courses/{course-id}/members/micro.school.pupil/{pupil-id}
			PATCH /courses/{course-id}/members/micro.school.pupil/{pupil-id}
			DELETE /courses/{course-id}/members/micro.school.pupil/{pupil-id}
			GET /courses/{course-id}/members/{person-id}/micro.school.teacher/photo
			PUT /courses/{course-id}/members/{person-id}/micro.school.teacher/photo
			DELETE /courses/{course-id}/members/{person-id}/micro.school.teacher/photo
			GET /everybody/micro.school.graduate/$count
			POST /everybody/{person-id}/micro.school.pupil/micro.school.wake`},
		"with and without the namespace": {[]string{"/courses/{id}/cancel", "/courses/find", "/courses/{id}/lessons/{id}/school.wake"}, `
			GET /courses/micro.school.find()
			GET /courses/micro.school.find(state='{state}',year={year},words='@words')
			POST /courses/{course-id}/lessons/{lesson-id}/micro.school.wake
			POST /courses/{course-id}/micro.school.cancel`},
		"with some arguments": {[]string{"/courses/find(state='{s}',year={y})"}, `
			GET /courses/micro.school.find(state='{state}',year={year},words='@words')`},
		"* is a key or a property": {[]string{"/courses/*#GET", "/courses/{id}/*#POST"}, `
			GET /courses/{course-id}
			POST /courses/{course-id}/lessons`},
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
			GET /everybody/{person-id}/friends/{person-id1}
			GET /everybody/{person-id}/friends/{person-id1}/micro.school.teacher`},
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
			for _, o := range Operations(doc, set, Options{}).Operations {
				got = append(got, o.Method+" "+o.Path)
			}
			want := strings.Split(strings.ReplaceAll(strings.TrimSpace(c.want), "\t", ""), "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("operations (-want +got):\n%s", diff)
			}
		})
	}
}
