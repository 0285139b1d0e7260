package documented_test

import (
	"context"
	"encoding/json"
	"testing"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// TestTooManyItems: what the service takes at most is known before anything is sent.
func TestTooManyItems(t *testing.T) {
	s := serve(t, "beta")
	_, err := s.betaClient().Chats().Create(context.Background(), &graph.Chat{
		ChatType:      graph.ChatTypeGroup,
		InstalledApps: []*graph.TeamsAppInstallation{{TeamsApp: graph.BindTeamsApp("1")}, {TeamsApp: graph.BindTeamsApp("2")}},
	})
	const want = "POST /beta/chats: the body cannot be sent: json: installedApps: the service takes at most 1, not 2"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	s.wantSeen()
}

// TestDerivedIdentity: a value of a type that derives from a declared one that is not abstract is a pointer to that, and had whole by
// As; one to be sent goes where the base is declared.
func TestDerivedIdentity(t *testing.T) {
	const text = `{"user":{"@odata.type":"#microsoft.graph.teamworkUserIdentity","id":"1","userIdentityType":"aadUser"}}`
	var set graph.IdentitySet
	if err := json.Unmarshal([]byte(text), &set); err != nil {
		t.Fatal(err)
	}
	var user *graph.Identity = set.User
	who, ok := graph.As[*graph.TeamworkUserIdentity](user)
	if !ok || who.ID.Or("") != "1" || who.UserIdentityType.Or("") != graph.TeamworkUserIdentityTypeAadUser {
		t.Fatalf("%+v, %v", who, ok)
	}
	if _, ok := graph.As[*graph.TeamworkTagIdentity](user); ok {
		t.Error("it is a tag, too")
	}
	for _, v := range []any{&set, &graph.IdentitySet{User: who.Identity()}} {
		got, err := json.Marshal(v)
		if err != nil || !sameValue(t, got, text) {
			t.Errorf("%s, %v", got, err)
		}
	}
}

func sameValue(t *testing.T, got []byte, want string) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal(got, &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(err)
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
