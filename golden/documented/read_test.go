package documented_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// readMembers is a chat with members of every sort: of a known type with its user expanded, of one that the package does
// not know, of one that is written without #, and one whose type comes last.
const readMembers = `{
	"@odata.context": "https://graph.microsoft.com/beta/$metadata#chats(topic,chatType,members())/$entity",
	"@odata.etag": "W/\"7\"",
	"id": "19:c@thread.v2",
	"chatType": "seance",
	"topic": "Bob's chat",
	"members@odata.context": "https://graph.microsoft.com/beta/$metadata#chats('c')/members",
	"members": [
		{
			"@odata.type": "#microsoft.graph.aadUserConversationMember",
			"id": "1", "displayName": "Jacob", "email": null, "roles": ["owner", "séancier"],
			"user": {"@odata.etag": "W/\"u\"", "id": "8b08", "userPrincipalName": "jacob@contoso.com", "accountEnabled": true}
		},
		{
			"@odata.type": "#microsoft.graph.hologramConversationMember",
			"id": "2", "displayName": "Holo", "roles": [], "projector": {"lumen": 12.50, "on": [true, null]}
		},
		{"@odata.type": "microsoft.graph.skypeUserConversationMember", "id": "3", "skypeId": "live:x"},
		{"id": "4", "anonymousGuestId": "g", "@odata.type": "#microsoft.graph.anonymousGuestConversationMember"}
	]
}`

func readChat(t *testing.T) *graph.Chat {
	t.Helper()
	s := serve(t, "beta", ok(readMembers))
	chat, err := s.betaClient().Chats().ByID("19:c@thread.v2").Get(context.Background(), &graph.GetOptions{
		Select: []string{graph.ChatPropertyTopic, graph.ChatPropertyChatType},
		Expand: []graph.Expand{{Property: graph.ChatPropertyMembers}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.wantSeen(get("/chats/19:c@thread.v2?$select=topic,chatType&$expand=members"))
	return chat
}

func TestReadMembers(t *testing.T) {
	chat := readChat(t)
	if chat.ETag != `W/"7"` || chat.ChatType != "seance" || chat.ChatType.Known() || !graph.ChatTypeGroup.Known() {
		t.Errorf("ETag %q, ChatType %q, known %v", chat.ETag, chat.ChatType, chat.ChatType.Known())
	}
	want := []graph.AnyConversationMember{
		&graph.AadUserConversationMember{
			ODataType: "#microsoft.graph.aadUserConversationMember", ID: "1",
			DisplayName: graph.Some("Jacob"), Email: graph.Null[string](), Roles: []string{"owner", "séancier"},
			User: graph.Expanded(&graph.User{ID: "8b08", ETag: `W/"u"`, AdditionalProperties: map[string]json.RawMessage{
				"userPrincipalName": json.RawMessage(`"jacob@contoso.com"`), "accountEnabled": json.RawMessage("true"),
			}}),
		},
		&graph.ConversationMember{
			ODataType: "#microsoft.graph.hologramConversationMember", ID: "2",
			DisplayName: graph.Some("Holo"), Roles: []string{},
			AdditionalProperties: map[string]json.RawMessage{"projector": json.RawMessage(`{"lumen": 12.50, "on": [true, null]}`)},
		},
		&graph.SkypeUserConversationMember{ODataType: "microsoft.graph.skypeUserConversationMember", ID: "3", SkypeID: graph.Some("live:x")},
		&graph.AnonymousGuestConversationMember{
			ODataType: "#microsoft.graph.anonymousGuestConversationMember", ID: "4", AnonymousGuestID: graph.Some("g"),
		},
	}
	if diff := cmp.Diff(want, chat.Members, everyField); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}

func TestExpandedUser(t *testing.T) {
	member := readChat(t).Members[0].(*graph.AadUserConversationMember)
	user, expanded := member.User.Value()
	if !expanded || user.ID != "8b08" || member.User.ID() != "8b08" || member.User.IsBound() {
		t.Errorf("user %v, expanded %v, ID %q, bound %v", user, expanded, member.User.ID(), member.User.IsBound())
	}
	if got := string(user.AdditionalProperties["userPrincipalName"]); got != `"jacob@contoso.com"` {
		t.Errorf("userPrincipalName is %s", got)
	}
}

// TestUnknownSurvives sends back what was read: types, enum values and properties that the package does not know included, but for
// what cannot be updated.
func TestUnknownSurvives(t *testing.T) {
	chat := readChat(t)
	s := serve(t, "beta", ok(`{"id": "1"}`))
	s.skipCheck = true // the slice does not know them either
	if _, err := s.betaClient().Chats().ByID(chat.ID).Update(context.Background(), chat, graph.IfMatch(chat.ETag)); err != nil {
		t.Fatal(err)
	}
	patch := sent(t, "PATCH", "/chats/19:c@thread.v2", readMembers)
	for _, fixed := range []string{"@odata.context", "@odata.etag", "id"} { // which no update sends
		delete(patch.body.(map[string]any), fixed)
	}
	patch.header["If-Match"] = `W/"7"`
	for _, fixed := range []string{"@odata.context", "@odata.etag", "id"} { // what an update does not send
		delete(patch.body.(map[string]any), fixed)
	}
	s.wantSeen(patch)
}

// TestThreeStates covers what of a value is sent: nothing, null, or the value, which may be a zero.
func TestThreeStates(t *testing.T) {
	tests := []struct {
		name string
		chat *graph.Chat
		want string
	}{
		{"absent", &graph.Chat{}, `{}`},
		{"null", &graph.Chat{Topic: graph.Null[string]()}, `{"topic": null}`},
		{"value", &graph.Chat{Topic: graph.Some("Lunch")}, `{"topic": "Lunch"}`},
		{"empty value", &graph.Chat{Topic: graph.Some("")}, `{"topic": ""}`},
		{"false", &graph.Chat{IsHiddenForAllMembers: graph.Some(false)}, `{"isHiddenForAllMembers": false}`},
		{"empty collection", &graph.Chat{Members: []graph.AnyConversationMember{}}, `{"members": []}`},
		{"first instant", &graph.Chat{CreatedDateTime: graph.Some(time.Time{})}, `{"createdDateTime": "0001-01-01T00:00:00Z"}`},
		{"complex null", &graph.Chat{Viewpoint: graph.NullValue[graph.ChatViewpoint]()}, `{"viewpoint": null}`},
		{"unknown property", &graph.Chat{AdditionalProperties: map[string]json.RawMessage{"x": json.RawMessage(`[1.0]`)}}, `{"x": [1.0]}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta", ok(`{}`))
			if _, err := s.betaClient().Chats().ByID("1").Update(context.Background(), test.chat); err != nil {
				t.Fatal(err)
			}
			s.wantSeen(sent(t, "PATCH", "/chats/1", test.want))
		})
	}
}

// threePages answers a listing with two chats, then one, then none.
func threePages(t *testing.T) *service {
	return serve(t, "beta",
		ok(`{"@odata.count": 3, "@odata.nextLink": "{root}/chats?$top=2&$skiptoken=p2", "value": [{"id": "1"}, {"id": "2"}]}`),
		ok(`{"@odata.nextLink": "{root}/chats?$top=2&$skiptoken=p3", "value": [{"id": "3"}]}`),
		ok(`{"value": []}`))
}

// wantThreePages is what reading them sends.
func wantThreePages(first request) []request {
	second, third := get("/chats?$top=2&$skiptoken=p2"), get("/chats?$top=2&$skiptoken=p3")
	for name, value := range first.header {
		second.header[name], third.header[name] = value, value
	}
	return []request{first, second, third}
}

func TestPagesWithNext(t *testing.T) {
	s := threePages(t)
	ctx := context.Background()
	page, err := s.betaClient().Chats().List(ctx, &graph.ListOptions{
		Top: 2, Count: true, Filter: graph.Filterf("topic eq %s", "Bob's chat"),
	}, graph.ConsistencyLevel("eventual"), graph.Prefer("include-unknown-enum-members"), graph.Prefer("odata.maxpagesize=2"))
	var ids []string
	for ; err == nil; page, err = page.Next(ctx) {
		for _, chat := range page.Items {
			ids = append(ids, chat.ID)
		}
		if count, ok := page.Count.Get(); ok && count != 3 {
			t.Errorf("Count is %d", count)
		}
	}
	if !errors.Is(err, graph.ErrNoNextPage) {
		t.Errorf("the last error is %v", err)
	}
	if diff := cmp.Diff([]string{"1", "2", "3"}, ids); diff != "" {
		t.Errorf("chats (-want +got):\n%s", diff)
	}
	first := get("/chats?$top=2&$filter=topic%20eq%20'Bob''s%20chat'&$count=true")
	first.header["Consistencylevel"] = "eventual"
	first.header["Prefer"] = "include-unknown-enum-members, odata.maxpagesize=2"
	s.wantSeen(wantThreePages(first)...)
}

func TestPagesWithAll(t *testing.T) {
	s := threePages(t)
	var ids []string
	for chat, err := range s.betaClient().Chats().All(context.Background(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, chat.ID)
	}
	if diff := cmp.Diff([]string{"1", "2", "3"}, ids); diff != "" {
		t.Errorf("chats (-want +got):\n%s", diff)
	}
	s.wantSeen(wantThreePages(get("/chats"))...)
}

// TestAllStops makes sure that nothing is read ahead.
func TestAllStops(t *testing.T) {
	s := threePages(t)
	for chat, err := range s.betaClient().Chats().All(context.Background(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if chat.ID == "2" {
			break
		}
	}
	s.wantSeen(get("/chats"))
}

func TestPagesWithAllFrom(t *testing.T) {
	s := serve(t, "beta",
		ok(`{"@odata.nextLink": "{root}/me/chats?$skiptoken=b", "value": [{"id": "3"}]}`),
		ok(`{"value": [{"id": "4"}]}`))
	var ids []string
	for chat, err := range s.betaClient().Me().Chats().AllFrom(context.Background(), s.root+"/me/chats?$skiptoken=a") {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, chat.ID)
	}
	if diff := cmp.Diff([]string{"3", "4"}, ids); diff != "" {
		t.Errorf("chats (-want +got):\n%s", diff)
	}
	s.wantSeen(get("/me/chats?$skiptoken=a"), get("/me/chats?$skiptoken=b"))
}

// TestAllEndsWithAnError covers an error on a later page: what came before it is there, and it comes once, at the end.
func TestAllEndsWithAnError(t *testing.T) {
	s := serve(t, "beta",
		ok(`{"@odata.nextLink": "{root}/chats?$skiptoken=p2", "value": [{"id": "1"}]}`),
		answer{status: http.StatusForbidden, body: `{"error": {"code": "Forbidden", "message": "No."}}`})
	var got []string
	for chat, err := range s.betaClient().Chats().All(context.Background(), nil) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, chat.ID)
	}
	if diff := cmp.Diff([]string{"1", "page 2: GET /beta/chats: 403 Forbidden: No."}, got); diff != "" {
		t.Errorf("sequence (-want +got):\n%s", diff)
	}
}

// TestQueries covers what options become in the query.
func TestQueries(t *testing.T) {
	since := time.Date(2024, 5, 1, 8, 30, 0, 500_000_000, time.FixedZone("", 2*3600))
	tests := []struct {
		name    string
		options graph.ListOptions
		query   string
	}{
		{"everything", graph.ListOptions{
			Top: 5, Skip: 10, Search: `"x y"`, Filter: "topic ne null", Count: true,
			OrderBy: []string{"createdDateTime desc", "id"}, Select: []string{graph.ChatPropertyID, graph.ChatPropertyWebURL},
			Expand: []graph.Expand{{Property: graph.ChatPropertyMembers}, {Property: graph.ChatPropertyLastMessagePreview}},
		}, "$top=5&$skip=10&$search=%22x%20y%22&$filter=topic%20ne%20null&$count=true" +
			"&$orderby=createdDateTime%20desc,id&$select=id,webUrl&$expand=members,lastMessagePreview"},
		{"input cannot leave its quotes", graph.ListOptions{Filter: graph.Filterf("topic eq %s", "x' or '1' eq '1&$top=9#")},
			"$filter=topic%20eq%20'x''%20or%20''1''%20eq%20''1%26$top%3D9%23'"},
		{"types of arguments", graph.ListOptions{Filter: graph.Filterf("chatType eq %s and lastUpdatedDateTime ge %s and n in %s and hidden eq %t and p eq %%",
			graph.ChatTypeGroup, since, []int{1, 2}, true)},
			"$filter=chatType%20eq%20'group'%20and%20lastUpdatedDateTime%20ge%202024-05-01T08:30:00.5%2B02:00%20and%20n%20in%20(1,2)%20and%20hidden%20eq%20true%20and%20p%20eq%20%25"},
		{"filter in a filter", graph.ListOptions{Filter: graph.Filterf("not %s", graph.Filterf("topic eq %s", nil))},
			"$filter=not%20(topic%20eq%20null)"},
		{"nested expand", graph.ListOptions{Expand: []graph.Expand{{
			Property: graph.ChatPropertyMembers, Select: []string{"id"}, Filter: graph.Filterf("displayName eq %s", "a;b)"), Top: 3,
			Expand: []graph.Expand{{Property: graph.AadUserConversationMemberPropertyUser, Select: []string{"id", "mail"}, Levels: graph.LevelsMax}},
		}}}, "$expand=members($select%3Did%3B$expand%3Duser($select%3Did,mail%3B$levels%3Dmax)%3B$filter%3DdisplayName%20eq%20'a%3Bb)'%3B$top%3D3)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta", ok(`{"value": []}`))
			if _, err := s.betaClient().Chats().List(context.Background(), &test.options); err != nil {
				t.Fatal(err)
			}
			s.wantSeen(get("/chats?" + test.query))
		})
	}
}

func TestFilterThatCannotBeMade(t *testing.T) {
	s := serve(t, "beta")
	_, err := s.betaClient().Chats().List(context.Background(), &graph.ListOptions{
		Filter: graph.Filterf("topic eq %s", struct{}{}),
	})
	const want = "GET /chats: $filter: filter: argument 1: a value of type struct {} has no OData literal"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	s.wantSeen()
}

func TestCount(t *testing.T) {
	s := serve(t, "beta", answer{status: 200, headers: map[string]string{"Content-Type": "text/plain"}, body: "\ufeff42"})
	n, err := s.betaClient().Chats().ByID("1").Members().Count(context.Background(), nil)
	if err != nil || n != 42 {
		t.Errorf("got %d, %v", n, err)
	}
	s.wantSeen(get("/chats/1/members/$count"))
}

// TestDo covers calls that the slice has no method for.
func TestDo(t *testing.T) {
	s := serve(t, "beta", ok(` {"id": "m", "body": {"content": "Hi"}} `), ok(`{"id": "m"}`), answer{status: 204})
	client, ctx := s.betaClient(), context.Background()
	var raw json.RawMessage
	response, err := client.Do(ctx, http.MethodGet, "/chats/19:c#1@thread.v2/lastMessagePreview?$select=id,body", nil, &raw)
	if err != nil || string(raw) != ` {"id": "m", "body": {"content": "Hi"}} ` || response.StatusCode != 200 {
		t.Errorf("got %s, %+v, %v", raw, response, err)
	}
	var info graph.ChatMessageInfo
	if _, err := client.Do(ctx, http.MethodGet, "/chats/1/lastMessagePreview", nil, &info); err != nil || info.ID != "m" {
		t.Errorf("got %q, %v", info.ID, err)
	}
	response, err = client.Do(ctx, http.MethodPost, "/chats/1/members", owner(user1), nil)
	if err != nil || response.StatusCode != 204 {
		t.Errorf("got %+v, %v", response, err)
	}
	s.wantSeen(
		get("/chats/19:c%231@thread.v2/lastMessagePreview?$select=id,body"),
		get("/chats/1/lastMessagePreview"),
		sent(t, "POST", "/chats/1/members", `{"@odata.type": "#microsoft.graph.aadUserConversationMember",
			"roles": ["owner"], "user@odata.bind": "{root}/users('`+user1+`')"}`))
}
