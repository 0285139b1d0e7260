package documented_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// location is an answer of a status that has a Location and no body.
func location(status int, link string) answer {
	return answer{status: status, headers: map[string]string{"Location": link}}
}

// TestLocations covers the forms that a Location takes: what the Result makes of it, and what Wait reads then.
func TestLocations(t *testing.T) {
	const paren, segment = "/chats('19:c@thread.v2')/members('MCMj%2FMQ==')", "/chats/19:c@thread.v2/members/MCMj%2FMQ=="
	const id = "MCMj/MQ=="
	tests := []struct{ name, header, want, read, id string }{
		{"segments", segment, rootMark + segment, segment, id},
		{"parentheses", paren, rootMark + paren, paren, id},
		{"with the version", "/beta" + segment, rootMark + segment, segment, id},
		{"without a slash in front", segment[1:], rootMark + segment, segment, id},
		{"version without a slash in front", "beta" + paren, rootMark + paren, paren, id},
		{"absolute", rootMark + segment, rootMark + segment, segment, id},
		{"key with a raw slash in quotes", "/chats('19:c@thread.v2')/members('MCMj/MQ==')", rootMark + paren, paren, id},
		{"raw #", "/chats/19:c@thread.v2/members/a#EXT#", rootMark + "/chats/19:c@thread.v2/members/a%23EXT%23",
			"/chats/19:c@thread.v2/members/a%23EXT%23", "a#EXT#"},
		{"raw space", "/chats/19:c@thread.v2/members/a b", rootMark + "/chats/19:c@thread.v2/members/a%20b",
			"/chats/19:c@thread.v2/members/a%20b", "a b"},
		{"doubled quote", "/chats('19:c@thread.v2')/members('o''neil')", rootMark + "/chats('19:c@thread.v2')/members('o''neil')",
			"/chats('19:c@thread.v2')/members('o''neil')", "o'neil"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta", location(http.StatusCreated, test.header), ok(addedMember))
			added, err := s.betaClient().Chats().ByID("19:c@thread.v2").Members().Create(context.Background(), owner(user1))
			if err != nil {
				t.Fatal(err)
			}
			if added.Value != nil || added.Accepted() {
				t.Errorf("Value %v, Accepted %v for an answer of 201 without a body", added.Value, added.Accepted())
			}
			if got := s.offRoot(added.Location); got != test.want {
				t.Errorf("Location is %s, want %s", got, test.want)
			}
			if got := added.ID(); got != test.id {
				t.Errorf("ID is %q, want %q", got, test.id)
			}
			member, err := added.Wait(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(graph.AnyConversationMember(wantAddedMember()), member, everyField); diff != "" {
				t.Errorf("member (-want +got):\n%s", diff)
			}
			s.wantSeen(memberRequest(t), get(test.read))
		})
	}
}

// memberRequest is what adding owner(user1) to the chat 19:c@thread.v2 sends.
func memberRequest(t *testing.T) request {
	return sent(t, "POST", "/chats/19:c@thread.v2/members", `{"@odata.type": "#microsoft.graph.aadUserConversationMember",
		"roles": ["owner"], "user@odata.bind": "{root}/users('`+user1+`')"}`)
}

func TestOtherLocationHeaders(t *testing.T) {
	for _, header := range []string{"Content-Location", "Operation-Location"} {
		s := serve(t, "beta", answer{status: 201, headers: map[string]string{header: "/chats/19:c/members/1"}})
		added, err := s.betaClient().Chats().ByID("19:c").Members().Create(context.Background(), owner(user1))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.offRoot(added.Location); got != rootMark+"/chats/19:c/members/1" || added.ID() != "1" {
			t.Errorf("%s: Location is %q, ID is %q", header, got, added.ID())
		}
	}
}

func TestResultWithBody(t *testing.T) {
	s := serve(t, "beta", answer{
		status: 201,
		headers: map[string]string{
			"Content-Type": "application/json", "Location": "/teams/t/members/other",
			"request-id": "r1", "client-request-id": "c1",
		},
		body: addedMember,
	})
	added, err := s.betaClient().Teams().ByID("t").Members().Create(context.Background(), owner(user1))
	if err != nil {
		t.Fatal(err)
	}
	waited, err := added.Wait(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	type seen struct {
		Value, Waited              graph.AnyConversationMember
		ID                         string
		Status                     int
		RequestID, ClientRequestID string
	}
	got := seen{added.Value, waited, added.ID(), added.Response.StatusCode, added.Response.RequestID, added.Response.ClientRequestID}
	want := seen{wantAddedMember(), wantAddedMember(), memberID, 201, "r1", "c1"}
	if diff := cmp.Diff(want, got, everyField); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

// TestUpdateWithoutBody covers PATCH with 204, after which Wait reads the resource.
func TestUpdateWithoutBody(t *testing.T) {
	s := serve(t, "beta", answer{status: http.StatusNoContent}, ok(`{"id":"19:c","topic":null}`))
	updated, err := s.betaClient().Chats().ByID("19:c").Update(context.Background(),
		&graph.Chat{Topic: graph.Null[string]()}, graph.IfMatch(`W/"1"`))
	if err != nil {
		t.Fatal(err)
	}
	chat, err := updated.Wait(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&graph.Chat{ID: "19:c", Topic: graph.Null[string]()}, chat, everyField); diff != "" {
		t.Errorf("chat (-want +got):\n%s", diff)
	}
	patch := sent(t, "PATCH", "/chats/19:c", `{"topic": null}`)
	patch.header["If-Match"] = `W/"1"`
	s.wantSeen(patch, get("/chats/19:c"))
}

func TestBulkAdd(t *testing.T) {
	s := serve(t, "beta", answer{
		status:  http.StatusMultiStatus,
		headers: map[string]string{"Content-Type": "application/json"},
		body: `{
			"@odata.context": "https://graph.microsoft.com/beta/$metadata#Collection(microsoft.graph.aadUserConversationMemberResult)",
			"value": [
				{"@odata.type": "#microsoft.graph.aadUserConversationMemberResult", "userId": "` + user1 + `", "error": null},
				{"@odata.type": "microsoft.graph.aadUserConversationMemberResult", "userId": "` + user2 + `",
				 "error": {"code": "NotFound", "message": "Failed to find user in the tenant.", "target": null, "details": [], "innerError": null}}
			]
		}`,
	})
	page, err := s.betaClient().Teams().ByID(teamID).Members().Add(context.Background(), &graph.TeamMembersAddParameters{
		Values: []graph.AnyConversationMember{owner(user1), guestOf(user2)},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.wantSeen(sent(t, "POST", "/teams/"+teamID+"/members/microsoft.graph.add", `{"values": [
		{"@odata.type": "#microsoft.graph.aadUserConversationMember", "roles": ["owner"], "user@odata.bind": "{root}/users('`+user1+`')"},
		{"@odata.type": "#microsoft.graph.aadUserConversationMember", "roles": ["guest"], "user@odata.bind": "{root}/users('`+user2+`')"}
	]}`))
	type part struct {
		UserID, Code string
	}
	var got []part
	for _, item := range page.Items {
		p := part{}
		if item.GetActionResultPart().Error != nil {
			p.Code = item.GetActionResultPart().Error.Code.Or("?")
		}
		if result, ok := item.(*graph.AadUserConversationMemberResult); ok {
			p.UserID = result.UserID.Or("?")
		}
		got = append(got, p)
	}
	if diff := cmp.Diff([]part{{user1, ""}, {user2, "NotFound"}}, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	if page.Response.StatusCode != 207 {
		t.Errorf("status %d, want 207", page.Response.StatusCode)
	}
}

// createWithApp starts the creation that the service goes on with in the background.
func createWithApp(t *testing.T, s *service) *graph.Result[*graph.Chat] {
	t.Helper()
	created, err := s.betaClient().Chats().Create(context.Background(), &graph.Chat{ChatType: graph.ChatTypeOneOnOne})
	if err != nil {
		t.Fatal(err)
	}
	if !created.Accepted() {
		t.Errorf("Accepted is false for an answer of 202")
	}
	return created
}

func TestOperationThatFails(t *testing.T) {
	failed := ok(`{"id":"op","status":"failed","targetResourceLocation":null,
		"error":{"code":"Forbidden","message":"The app is blocked."}}`)
	failed.headers["request-id"] = "r2"
	s := serve(t, "beta", location(http.StatusAccepted, operationAddress), operationAnswer(`"notStarted"`, `null`), failed)
	chat, err := createWithApp(t, s).Wait(context.Background())
	var e *graph.Error
	if !errors.As(err, &e) || chat != nil {
		t.Fatalf("got %v, %v; want an *Error", chat, err)
	}
	want := "GET /beta" + operationAddress + ": operation failed: Forbidden: The app is blocked. (request-id r2)"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
	if e.Code != "Forbidden" || e.Message != "The app is blocked." || e.StatusCode != 200 {
		t.Errorf("Code %q, Message %q, StatusCode %d", e.Code, e.Message, e.StatusCode)
	}
}

// TestOperationWithNewState covers a state that the package does not know: it is no end.
func TestOperationWithNewState(t *testing.T) {
	s := serve(t, "beta", location(http.StatusAccepted, operationAddress),
		operationAnswer(`"reticulating"`, `null`),
		operationAnswer(`"succeeded"`, `"chats/19:c"`),
		ok(`{"id":"19:c"}`))
	chat, err := createWithApp(t, s).Wait(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&graph.Chat{ID: "19:c"}, chat, everyField); diff != "" {
		t.Errorf("chat (-want +got):\n%s", diff)
	}
	s.wantSeen(sent(t, "POST", "/chats", `{"chatType": "oneOnOne"}`), get(operationAddress), get(operationAddress), get("/chats/19:c"))
}

// TestWaitEndsWithItsContext covers an operation that the caller gives up: the service asks for an hour, the context
// ends when it has asked.
func TestWaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := serve(t, "beta", location(http.StatusAccepted, operationAddress), operationAnswer(`"inProgress"`, `null`))
	s.answers[1].headers["Retry-After"] = "3600"
	s.afterLast = cancel
	chat, err := createWithApp(t, s).Wait(ctx)
	if !errors.Is(err, context.Canceled) || chat != nil {
		t.Errorf("got %v, %v; want context.Canceled", chat, err)
	}
}
