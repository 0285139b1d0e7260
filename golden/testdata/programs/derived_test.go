package programs

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	graph "example.com/golden/derived_values"
)

func derivedClient(t *testing.T, answers map[string]answer) (*graph.Client, *strict) {
	s := serve(t, answers)
	client, err := graph.NewClient(graph.StaticToken("a-token"), graph.WithServiceRoot(s.URL+"/v1.0"))
	if err != nil {
		t.Fatal(err)
	}
	return client, s
}

// TestDerivedValuesArrive: a value of a type that derives from the declared one is one of that, keeps all that it came with, and is
// had whole by As.
func TestDerivedValuesArrive(t *testing.T) {
	const agent = `{"@odata.type":"#microsoft.graph.agentUser","id":"1","displayName":"Bot","parentId":"7","more":[1]}`
	client, _ := derivedClient(t, map[string]answer{
		"GET /v1.0/me": {status: http.StatusOK, body: agent},
		"GET /v1.0/me/messages": {status: http.StatusOK, body: `{"value":[{"id":"1","subject":"Hi"},
			{"@odata.type":"#microsoft.graph.eventMessageRequest","id":"2","isAllDay":true,"responseRequested":true}]}`},
	})
	var me *graph.User
	me, err := client.Me().Get(t.Context(), nil)
	if err != nil || me.DisplayName.Or("") != "Bot" || me.ODataType != "#microsoft.graph.agentUser" {
		t.Fatalf("%+v, %v", me, err)
	}
	back, err := json.Marshal(me)
	if err != nil || !sameJSON(t, string(back), agent) {
		t.Errorf("it goes back as %s, %v", back, err)
	}
	if found, ok := graph.As[*graph.AgentUser](me); !ok || found.ParentID.Or("") != "7" || found.DisplayName.Or("") != "Bot" || len(found.AdditionalProperties) != 1 {
		t.Errorf("%+v, %v", found, ok)
	}
	page, err := client.Me().Messages().List(t.Context(), nil)
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("%v, %v", page, err)
	}
	var all, requests []string
	for _, m := range page.Items {
		if event, ok := graph.As[*graph.EventMessage](m); ok && event.IsAllDay.Or(false) {
			all = append(all, event.ID)
		}
		if request, ok := graph.As[*graph.EventMessageRequest](m); ok && request.ResponseRequested.Or(false) {
			requests = append(requests, request.ID)
		}
	}
	if !slices.Equal(all, []string{"2"}) || !slices.Equal(requests, []string{"2"}) {
		t.Errorf("event messages %v, requests %v", all, requests)
	}
}

// TestDerivedValuesAreSent: a value goes where its base is declared, as what it is.
func TestDerivedValuesAreSent(t *testing.T) {
	client, s := derivedClient(t, map[string]answer{
		"POST /v1.0/me/messages": {status: http.StatusCreated, body: `{"id":"9"}`},
		"POST /v1.0/me/messages/9/attachments": {status: http.StatusCreated,
			body: `{"@odata.type":"#microsoft.graph.itemAttachment","id":"a","item":{"@odata.type":"#microsoft.graph.eventMessage","id":"e","isAllDay":true}}`},
	})
	guest := &graph.Attendee{Address: graph.Some("a@b.c"), Type: graph.Some("required")}
	request := &graph.EventMessageRequest{
		Subject: graph.Some("Hi"), IsAllDay: graph.Some(true), ResponseRequested: graph.Some(false),
		ToRecipients: []*graph.Recipient{{Address: graph.Some("d@e.f")}, guest.Recipient()},
	}
	message := request.EventMessage().Message()
	message.Subject = graph.Some("Hello")
	if _, err := client.Me().Messages().Create(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	added, err := client.Me().Messages().ByID("9").Attachments().Create(t.Context(),
		&graph.ItemAttachment{Name: graph.Some("n"), Item: graph.Expanded(&graph.EventMessage{IsAllDay: graph.Some(true)})})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		`{"@odata.type":"#microsoft.graph.eventMessageRequest","subject":"Hello","isAllDay":true,"responseRequested":false,
			"toRecipients":[{"address":"d@e.f"},{"@odata.type":"#microsoft.graph.attendee","address":"a@b.c","type":"required"}]}`,
		`{"@odata.type":"#microsoft.graph.itemAttachment","name":"n","item":{"@odata.type":"#microsoft.graph.eventMessage","isAllDay":true}}`,
	} {
		if !sameJSON(t, s.bodies[i], want) {
			t.Errorf("sent %s, want %s", s.bodies[i], want)
		}
	}
	item, ok := added.Value.(*graph.ItemAttachment)
	if !ok {
		t.Fatalf("the attachment is a %T", added.Value)
	}
	if event, ok := graph.As[*graph.EventMessage](item.Item); !ok || !event.IsAllDay.Or(false) {
		t.Errorf("the item is %v", item.Item.Any())
	}
	if message, ok := graph.As[*graph.Message](item.Item); !ok || message.ID != "e" {
		t.Errorf("the item is %v", item.Item.Any())
	}
	if _, ok := item.Item.Any().(*graph.EventMessage); !ok {
		t.Errorf("the item is a %T", item.Item.Any())
	}
	wrong := &graph.ItemAttachment{Item: graph.Expanded(guest)}
	if _, err := client.Me().Messages().ByID("9").Attachments().Create(t.Context(), wrong); err == nil || len(s.bodies) != 2 {
		t.Errorf("an attendee is sent as an item: %v", err)
	}
}

// TestAbstractTypesAreInterfaces: at the border of a slice, too.
func TestAbstractTypesAreInterfaces(t *testing.T) {
	user := &graph.User{
		Notebooks: []graph.AnyNotebook{&graph.Notebook{ID: "n"}},
		Owned:     []graph.AnyDirectoryObject{&graph.AgentUser{ID: "a"}},
		Manager:   graph.Expanded(&graph.AgentUser{ID: "m"}),
	}
	text, err := json.Marshal(user)
	want := `{"notebooks":[{"id":"n"}],"owned":[{"@odata.type":"#microsoft.graph.agentUser","id":"a"}],
		"manager":{"@odata.type":"#microsoft.graph.agentUser","id":"m"}}`
	if err != nil || !sameJSON(t, string(text), want) {
		t.Errorf("%s, %v", text, err)
	}
}

func sameJSON(t *testing.T, got, want string) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(err)
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
