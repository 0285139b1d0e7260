package office

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/golden/graph"
)

// call is a request that the service expects, in this order, and what it answers. In what it sends and answers ROOT is the root.
type call struct {
	request  string // method, path and query as they are sent
	headers  string // those that count, "Name: value"
	body     string // "" is any
	status   int    // 0 is 200
	answer   string
	location string
}

// serve returns a client of a service that knows these calls alone, and fails the test if they are not all made.
func serve(t *testing.T, calls []call) *graph.Client {
	t.Helper()
	var root string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		request := r.Method + " " + strings.TrimPrefix(r.RequestURI, "/v1.0")
		if len(calls) == 0 || calls[0].request != request {
			t.Errorf("got %s, want %.1v", request, calls)
			http.NotFound(w, r)
			return
		}
		c := calls[0]
		calls = calls[1:]
		if got := strings.ReplaceAll(strings.TrimSpace(string(body)), root, "ROOT"); c.body != "" && got != c.body {
			t.Errorf("%s: body\n%s, want\n%s", request, got, c.body)
		}
		if name, value, _ := strings.Cut(c.headers, ": "); r.Header.Get(name) != value {
			t.Errorf("%s: %s is %q, want %q", request, name, r.Header.Get(name), value)
		}
		if c.location != "" {
			w.Header().Set("Location", strings.ReplaceAll(c.location, "ROOT", root))
		}
		if strings.HasPrefix(c.answer, "{") {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(max(c.status, http.StatusOK))
		io.WriteString(w, strings.ReplaceAll(c.answer, "ROOT", root))
	}))
	root = server.URL + "/v1.0"
	t.Cleanup(func() {
		server.Close()
		if len(calls) > 0 {
			t.Errorf("not called: %.1v", calls)
		}
	})
	client, err := graph.NewClient(graph.StaticToken("token"), graph.WithServiceRoot(root))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// equal compares what a function returned.
func equal[T comparable](t *testing.T, got []T, err error, want ...T) {
	t.Helper()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v and %v, want %v", got, err, want)
	}
}

var at = time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)

func TestChats(t *testing.T) {
	client := serve(t, []call{
		{request: "GET /chats?$top=20&$expand=members", answer: `{"value": [{"id": "c1", "topic": "Lunch", "chatType": "group", "members": [
			{"@odata.type": "#microsoft.graph.aadUserConversationMember", "id": "m1", "email": "ada@contoso.com"},
			{"@odata.type": "#microsoft.graph.anonymousGuestConversationMember", "id": "m2"},
			{"@odata.type": "#microsoft.graph.aadUserConversationMember", "id": "m3", "userId": "u3"}]}]}`},
		{request: "POST /chats", status: 201, answer: `{"id": "c2"}`, body: `{"chatType":"group","members":[` +
			`{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"ROOT/users('ada')"},` +
			`{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"ROOT/users('ben')"}],"topic":"Lunch"}`},
		{request: "POST /chats/c2/messages", status: 201, answer: `{"id": "1"}`, body: `{"body":{"content":"Hello"}}`},
		{request: "POST /teams/t/microsoft.graph.clone", status: 202, location: "ROOT/teams/t2/operations/o", body: `{"displayName":"Copy","partsToClone":"apps,tabs"}`},
		{request: "GET /teams/t2/operations/o", answer: `{"id": "o", "status": "succeeded", "targetResourceId": "t2"}`},
	})
	members, err := ChatsWithMembers(context.Background(), client)
	equal(t, members["Lunch"], err, "ada@contoso.com", "u3")
	id, err := StartChat(context.Background(), client, "Lunch", "Hello", "ada", "ben")
	equal(t, []string{id}, err, "c2")
	if err := CloneTeam(context.Background(), client, "t", "Copy"); err != nil {
		t.Error(err)
	}
}

func TestMail(t *testing.T) {
	client := serve(t, []call{
		{request: "POST /me/microsoft.graph.sendMail", status: 202, body: `{"Message":{"attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","contentType":"text/plain","name":"a.txt","contentBytes":"aGk="}],` +
			`"body":{"content":"See there.","contentType":"text"},"subject":"Report","toRecipients":[{"emailAddress":{"address":"ada@contoso.com"}}]},"SaveToSentItems":false}`},
		{request: "GET /me/messages/m/attachments", answer: `{"value": [{"@odata.type": "#microsoft.graph.itemAttachment", "id": "a0"}, {"@odata.type": "#microsoft.graph.fileAttachment", "id": "a1", "name": "b.txt"}]}`},
		{request: "GET /me/messages/m/attachments/a1/$value", answer: "hello"},
	})
	if err := SendMail(context.Background(), client, "ada@contoso.com", "Report", "See there.", "a.txt", []byte("hi")); err != nil {
		t.Error(err)
	}
	var name string
	var file bytes.Buffer
	err := SaveAttachments(context.Background(), client, "m", func(n string) io.Writer { name = n; return &file })
	equal(t, []string{name, file.String()}, err, "b.txt", "hello")
}

func TestCalendar(t *testing.T) {
	const page = `{"value": [{"id": "e1", "subject": "Review"}, {"id": "e2"}]}`
	client := serve(t, []call{
		{request: "POST /me/events", status: 201, answer: `{"id": "e1"}`, body: `{"end":{"dateTime":"2026-03-04T10:00:00","timeZone":"UTC"},"location":{"displayName":"Room 1"},` +
			`"start":{"dateTime":"2026-03-04T09:00:00","timeZone":"UTC"},"subject":"Review"}`},
		{request: "GET /me/calendarView?startDateTime=2026-03-04T00:00:00Z&endDateTime=2026-03-05T00:00:00Z&$orderby=start/dateTime", answer: page, headers: `Prefer: outlook.timezone="UTC"`},
		{request: "GET /me/events/e1/instances?startDateTime=2026-03-04T09:00:00Z&endDateTime=2026-03-05T09:00:00Z", answer: page},
	})
	subjects, err := Meet(context.Background(), client, "Review", at)
	equal(t, subjects, err, "Review", "(no subject)")
	n, err := Occurrences(context.Background(), client, "e1", at, at.Add(24*time.Hour))
	equal(t, []int{n}, err, 2)
	if _, err := client.Me().CalendarView().List(context.Background(), nil); err == nil || !strings.Contains(err.Error(), "startDateTime is required") {
		t.Errorf("without a time: %v", err)
	}
}

func TestFiles(t *testing.T) {
	client := serve(t, []call{
		{request: "PUT /me/drive/root:/Letters/a%20b%23.txt:/content", status: 201, body: "hello", answer: `{"id": "i1", "name": "a b#.txt"}`},
		{request: "GET /me/drive/root:/Letters/a%20b%23.txt:/content", answer: "hello"},
		{request: "POST /me/drive/root:/big.bin:/microsoft.graph.createUploadSession", body: `{"item":{"fileSize":5000000000}}`, answer: `{"uploadUrl": "https://upload.example/1"}`},
	})
	id, text, err := Save(context.Background(), client, "Letters/a b#.txt", strings.NewReader("hello"))
	equal(t, []string{id, text}, err, "i1", "hello")
	url, err := UploadURL(context.Background(), client, "big.bin", 5_000_000_000)
	equal(t, []string{url}, err, "https://upload.example/1")
}

func TestDirectory(t *testing.T) {
	client := serve(t, []call{
		{request: "GET /users?$filter=startsWith(displayName,'O''Neill')&$count=true&$orderby=displayName&$select=displayName,userPrincipalName", headers: "ConsistencyLevel: eventual",
			answer: `{"@odata.count": 1, "value": [{"id": "1", "displayName": "O'Neill, Ada"}]}`},
		{request: "GET /users/$count?$filter=startsWith(displayName,'O''Neill')", headers: "ConsistencyLevel: eventual", answer: "1"},
		{request: "POST /groups/g/members/$ref", status: 204, body: `{"@odata.id":"ROOT/directoryObjects('ada')"}`},
		{request: "DELETE /groups/g/members/ben/$ref", status: 204},
	})
	names, count, err := Names(context.Background(), client, "O'Neill")
	equal(t, names, err, "O'Neill, Ada")
	equal(t, []int64{count}, err, 1)
	if err := Join(context.Background(), client, "g", "ada", "ben"); err != nil {
		t.Error(err)
	}
}

func TestPlanner(t *testing.T) {
	client := serve(t, []call{
		{request: "POST /planner/tasks", status: 201, answer: `{"id": "t1", "title": "Paint"}`, body: `{"assignments":{"ada":{"@odata.type":"#microsoft.graph.plannerAssignment","orderHint":" !"}},` +
			`"details":{"description":"All of it."},"planId":"p","title":"Paint"}`},
		{request: "GET /planner/tasks/t1/details", answer: `{"@odata.etag": "W/\"1\"", "id": "t1"}`},
		{request: "PATCH /planner/tasks/t1/details", status: 204, body: `{"previewType":"description"}`, headers: `If-Match: W/"1"`},
	})
	task, err := Plan(context.Background(), client, "p", "Paint", "ada", "All of it.")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []string{task.ID, task.Title.Or("")}, err, "t1", "Paint")
}

func TestReports(t *testing.T) {
	client := serve(t, []call{{request: "GET /reports/microsoft.graph.getOffice365ActiveUserDetail(period='D7')", answer: "Report Refresh Date,User\n2026-03-01,ada\n"}})
	lines, err := ActiveUsers(context.Background(), client, "D7")
	if len(lines) != 2 {
		t.Fatal(lines, err)
	}
	equal(t, lines[1], err, "2026-03-01", "ada")
}

func TestSubscriptions(t *testing.T) {
	client := serve(t, []call{{request: "POST /subscriptions", status: 201, answer: `{"id": "s1"}`, body: `{"changeType":"created,updated","clientState":"secret","expirationDateTime":"2026-03-04T10:00:00Z",` +
		`"notificationUrl":"https://example.com/told","resource":"me/messages"}`}})
	id, err := Watch(context.Background(), client, "me/messages", "https://example.com/told", "secret", at)
	equal(t, []string{id}, err, "s1")
	const payload = `{"value": [{"subscriptionId": "s1", "changeType": "created", "clientState": "secret", "resource": "me/messages/1", "resourceData": {"@odata.type": "#Microsoft.Graph.Message", "id": "1"}}]}`
	changes, err := Notified(strings.NewReader(payload), "secret")
	equal(t, changes, err, "created me/messages/1")
	if _, err := Notified(strings.NewReader(payload), "another"); err == nil {
		t.Error("somebody else's notification is believed")
	}
}
