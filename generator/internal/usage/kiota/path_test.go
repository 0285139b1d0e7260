package kiota

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPathOf(t *testing.T) {
	me := map[string]string{"user%2Did": "me-token-to-replace"}
	tests := []struct {
		template string
		fixed    map[string]string
		want     string
	}{
		{"{+baseurl}/users/{user%2Did}/messages{?%24top,%24select}", nil, "/users/{user-id}/messages"},
		{"{+baseurl}/users/{user%2Did}/messages{?%24top,%24select}", me, "/me/messages"},
		{"{+baseurl}/users/{user%2Did}", me, "/me"},
		{"{+baseurl}/a/{user%2Did}", map[string]string{"user%2Did": "all"}, "/a/all"},
		{"{+baseurl}/users/{user%2Did}/calendarView?endDateTime={endDateTime}&startDateTime={startDateTime}{&%24top}", nil, "/users/{user-id}/calendarView"},
		{"{+baseurl}/groups/{group%2Did}/members/graph.user/$count", nil, "/groups/{group-id}/members/user/$count"},
		{"{+baseurl}/groups/{group%2Did1}/photo/%24value", nil, "/groups/{group-id1}/photo/$value"},
		{"{+baseurl}/reports/getActivity(period='{period}',on={on})", nil, "/reports/getActivity(period='{period}',on={on})"},
		{"{+baseurl}", nil, ""},
		{"{+baseurl}/a%zz", nil, "/a%zz"},
	}
	for _, test := range tests {
		if got := pathOf(test.template, test.fixed); got != test.want {
			t.Errorf("%s: got %q, want %q", test.template, got, test.want)
		}
	}
}

func TestInOrder(t *testing.T) {
	one := func(name, text string) argument { return argument{name, text, 1} }
	of := func(name, text string) argument { return argument{name, text, 2} }
	tests := map[string]struct {
		path  string
		given []argument
		want  []string
	}{
		"keys":                   {"/drives/{drive-id}/items/{driveItem-id}", []argument{one("driveId", "a"), one("id", "b")}, []string{"a", "b"}},
		"as the names are":       {"/books/{id}/(shelf='{on-shelf}',floor={floor})", []argument{one("id", "c"), of("floor", "a"), of("onShelf", "b")}, []string{"c", "b", "a"}},
		"a name twice":           {"/a/{x}/b/{x}", []argument{one("x", "1"), one("x", "2")}, []string{"1", "2"}},
		"other names":            {"/a(x={x},y={y})", []argument{of("p", "1"), of("q", "2")}, nil},
		"of elsewhere":           {"/a/{x}/b/{y}", []argument{one("y", "1")}, nil},
		"nothing stands in them": {"/a", nil, nil},
	}
	for name, test := range tests {
		if diff := cmp.Diff(test.want, inOrder(test.path, test.given)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}
