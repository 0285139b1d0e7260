package documented_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// again decodes a JSON text into a T and encodes that, by encoding/json alone.
func again[T any](text string) (string, error) {
	value := new(T)
	if err := json.Unmarshal([]byte(text), value); err != nil {
		return "", err
	}
	encoded, err := json.Marshal(value)
	return string(encoded), err
}

// bodyType is a type by its version and its name.
type bodyType struct {
	version, name string
	again         func(string) (string, error)
}

var (
	chatTypes = map[string]bodyType{
		"v1.0": {"v1.0", "Chat", again[v1.Chat]},
		"beta": {"beta", "Chat", again[beta.Chat]},
	}
	// The base type keeps what it does not know.
	memberTypes = map[string][]bodyType{
		"v1.0": {{"v1.0", "AadUserConversationMember", again[v1.AadUserConversationMember]}, {"v1.0", "ConversationMember", again[v1.ConversationMember]}},
		"beta": {{"beta", "AadUserConversationMember", again[beta.AadUserConversationMember]}, {"beta", "ConversationMember", again[beta.ConversationMember]}},
	}
)

// TestDocumentedBodiesRoundTrip decodes and encodes each documented body, request and response.
func TestDocumentedBodiesRoundTrip(t *testing.T) {
	for _, version := range []string{"v1.0", "beta"} {
		for _, name := range fixtureNames(t, version) {
			f := readFixture(t, version, name)
			types := memberTypes[version]
			if f.Request.Path == "/chats" {
				types = []bodyType{chatTypes[version]}
			}
			for _, body := range []json.RawMessage{f.Request.Body, f.Response.Body} {
				if string(body) == "null" {
					continue
				}
				for _, b := range types {
					roundTrip(t, filepath.Join(version, name, b.name), b, string(body))
				}
			}
		}
	}
}

func roundTrip(t *testing.T, name string, b bodyType, text string) {
	t.Run(name, func(t *testing.T) {
		got, err := b.again(text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(decodeJSON(t, text), decodeJSON(t, got)); diff != "" {
			t.Errorf("sent back (-arrived +sent):\n%s", diff)
		}
	})
}

// TestOtherBodiesRoundTrip covers bodies that the reference does not show together.
func TestOtherBodiesRoundTrip(t *testing.T) {
	chat, member := chatTypes["beta"], memberTypes["beta"][0]
	operation := bodyType{"beta", "TeamsAsyncOperation", again[beta.TeamsAsyncOperation]}
	message := bodyType{"beta", "ChatMessageInfo", again[beta.ChatMessageInfo]}
	tests := []struct {
		name string
		typ  bodyType
		text string
	}{
		{"members of every sort", chat, readMembers},
		{"operation", operation, operationAnswer(`"succeeded"`, `"/chats('1')"`).body},
		{"member that was read", member, addedMember},
		{"relative and empty binds", chat, `{"members": [
			{"@odata.type": "#microsoft.graph.aadUserConversationMember", "user@odata.bind": "users/1"},
			{"@odata.type": "#microsoft.graph.aadUserConversationMember", "user@odata.bind": ""},
			{"@odata.type": "#microsoft.graph.aadUserConversationMember", "user@odata.bind": null}]}`},
		{"nulls", chat, `{"id": null, "topic": null, "chatType": null, "members": null, "viewpoint": null, "createdBy": null, "lastMessagePreview": null, "createdDateTime": null, "isHiddenForAllMembers": null}`},
		{"times", chat, `{"createdDateTime": "2020-12-04T23:10:28.5100000Z", "lastUpdatedDateTime": "2020-12-04T23:10:28+00:00"}`},
		{"offset", member, `{"@odata.type": "#microsoft.graph.aadUserConversationMember", "visibleHistoryStartDateTime": "0001-01-01T00:00:00.123456789-03:30"}`},
		{"text", chat, `{"topic": "a\"b\\c\u2028\u0000é🙂<&>"}`},
		{"event of a type that is not known", message, `{"id": "1", "messageType": "systemEventMessage", "from": null,
			"eventDetail": {"@odata.type": "#microsoft.graph.seanceHeldEventMessageDetail", "medium": {"user": null}, "initiator": null}}`},
		{"event", message, `{"id": "1", "body": {"contentType": "html", "content": "<systemEventMessage/>"},
			"eventDetail": {"@odata.type": "#microsoft.graph.membersAddedEventMessageDetail",
			"visibleHistoryStartDateTime": "0001-01-01T00:00:00Z", "members": [{"id": "1", "displayName": null, "userIdentityType": "aadUser"}],
			"initiator": {"application": null, "device": null, "user": {"@odata.type": "#microsoft.graph.teamworkUserIdentity", "id": "2", "displayName": null, "userIdentityType": "aadUser"}}}}`},
	}
	for _, test := range tests {
		roundTrip(t, test.name, test.typ, test.text)
	}
}

// TestStandaloneBind makes sure that without a client a bind is below the version's global service root.
func TestStandaloneBind(t *testing.T) {
	fromV1, err := json.Marshal(&v1.AadUserConversationMember{User: v1.BindUser("1")})
	if err != nil {
		t.Fatal(err)
	}
	fromBeta, err := json.Marshal(&beta.AadUserConversationMember{User: beta.BindUser("1")})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"user@odata.bind":"https://graph.microsoft.com/beta/users('1')"}`
	if string(fromBeta) != want {
		t.Errorf("got %s, want %s", fromBeta, want)
	}
	if want := strings.Replace(want, "/beta/", "/v1.0/", 1); string(fromV1) != want {
		t.Errorf("got %s, want %s", fromV1, want)
	}
}
