package kiota

import "testing"

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
