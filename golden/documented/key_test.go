package documented_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// keys are keys as they occur, and what they look like on the wire: as a segment of a path, and in the parentheses of a
// bind, where a quote is doubled before the URL's own encoding.
var keys = []struct{ name, key, segment, literal string }{
	{"GUID", user1, user1, user1},
	{"user principal name", "alex@contoso.com", "alex@contoso.com", "alex@contoso.com"},
	{"thread", groupChatID, groupChatID, groupChatID},
	{"guest's user principal name", "o'neil_contoso.com#EXT#@fabrikam.onmicrosoft.com",
		"o%27neil_contoso.com%23EXT%23@fabrikam.onmicrosoft.com", "o''neil_contoso.com%23EXT%23@fabrikam.onmicrosoft.com"},
	{"member with = at its end", memberID, memberID, memberID},
	{"base64 with slash", "MCMj/Mj+Q==", "MCMj%2FMj+Q==", "MCMj%2FMj+Q=="},
	{"percent sign", "100%25", "100%2525", "100%2525"},
	{"space", "a b", "a%20b", "a%20b"},
	{"question mark", "a?b&c", "a%3Fb&c", "a%3Fb&c"},
	{"quotes only", "''", "%27%27", "''''"},
	{"not ASCII", "søren@contoso.com", "s%C3%B8ren@contoso.com", "s%C3%B8ren@contoso.com"},
	{"not Latin", "会話🙂", "%E4%BC%9A%E8%A9%B1%F0%9F%99%82", "%E4%BC%9A%E8%A9%B1%F0%9F%99%82"},
	{"looks like a path", "a/../b", "a%2F..%2Fb", "a%2F..%2Fb"},
	{"looks like a key", "x')/chats('y", "x%27)%2Fchats(%27y", "x'')%2Fchats(''y"},
}

func TestKeysInPaths(t *testing.T) {
	for _, k := range keys {
		t.Run(k.name, func(t *testing.T) {
			s := serve(t, "beta", answer{status: http.StatusNoContent})
			err := s.betaClient().Chats().ByID(k.key).Members().ByID(k.key).Delete(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			address := "/chats/" + k.segment + "/members/" + k.segment
			s.wantSeen(request{method: http.MethodDelete, address: address, header: map[string]string{}})
			// What a server makes of it, independent of how it was encoded.
			var decoded []string
			for _, segment := range strings.Split(s.seen[0].address, "/")[1:] {
				text, err := url.PathUnescape(segment)
				if err != nil {
					t.Error(err)
				}
				decoded = append(decoded, text)
			}
			if diff := cmp.Diff([]string{"chats", k.key, "members", k.key}, decoded); diff != "" {
				t.Errorf("segments (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKeysInBinds(t *testing.T) {
	for _, k := range keys {
		t.Run(k.name, func(t *testing.T) {
			s := serve(t, "beta", answer{status: http.StatusCreated})
			_, err := s.betaClient().Chats().Create(context.Background(), &graph.Chat{
				Members: []graph.AnyConversationMember{
					&graph.AadUserConversationMember{User: graph.BindUser(k.key)},
					&graph.AadUserConversationMember{User: graph.BindUser(k.key).BySegment()},
				},
				InstalledApps: []*graph.TeamsAppInstallation{{TeamsApp: graph.BindTeamsApp(k.key)}},
			})
			if err != nil {
				t.Fatal(err)
			}
			s.wantSeen(sent(t, "POST", "/chats", `{
				"members": [
					{"@odata.type": "#microsoft.graph.aadUserConversationMember", "user@odata.bind": "{root}/users('`+k.literal+`')"},
					{"@odata.type": "#microsoft.graph.aadUserConversationMember", "user@odata.bind": "{root}/users/`+k.segment+`"}
				],
				"installedApps": [{"teamsApp@odata.bind": "{root}/appCatalogs/teamsApps('`+k.literal+`')"}]
			}`))
			// The way back: the layers come off in the opposite order.
			plain, err := url.PathUnescape(k.literal)
			if got := strings.ReplaceAll(plain, "''", "'"); err != nil || got != k.key {
				t.Errorf("the literal says %q, %v", got, err)
			}
		})
	}
}

// TestOtherBinds covers the ways out: what is bound by no key of its own.
func TestOtherBinds(t *testing.T) {
	tests := []struct {
		name, want string
		user       graph.Ref[graph.User]
	}{
		{"path", `"user@odata.bind": "{root}/me"`, graph.BindPath[graph.User]("me")},
		{"URL", `"user@odata.bind": "https://graph.microsoft.us/v1.0/users/1"`, graph.BindURL[graph.User]("https://graph.microsoft.us/v1.0/users/1")},
		{"null", `"user": null`, graph.NullRef[graph.User]()},
		{"expanded", `"user": {"id": "1"}`, graph.Expanded(&graph.User{ID: "1"})},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta", answer{status: http.StatusCreated})
			member := &graph.AadUserConversationMember{User: test.user}
			if _, err := s.betaClient().Teams().ByID("t").Members().Create(context.Background(), member); err != nil {
				t.Fatal(err)
			}
			s.wantSeen(sent(t, "POST", "/teams/t/members",
				`{"@odata.type": "#microsoft.graph.aadUserConversationMember", `+test.want+`}`))
		})
	}
}

// TestRefusedBeforeSending covers keys and bodies that would do something else than what was meant.
func TestRefusedBeforeSending(t *testing.T) {
	ctx := context.Background()
	create := func(client *graph.Client, user graph.Ref[graph.User]) error {
		_, err := client.Teams().ByID("t").Members().Create(ctx, &graph.AadUserConversationMember{User: user})
		return err
	}
	tests := []struct {
		name string
		call func(*graph.Client) error
		want string
	}{
		{"empty key", func(c *graph.Client) error { return c.Chats().ByID("").Delete(ctx) },
			"DELETE /chats: the key after /chats is empty"},
		{"dots", func(c *graph.Client) error { return c.Chats().ByID("..").Members().ByID("1").Delete(ctx) },
			`DELETE /chats/members/1: the key after /chats is "..", which has another meaning in a path`},
		{"empty bind", func(c *graph.Client) error { return create(c, graph.BindUser("")) },
			"POST /beta/teams/t/members: the body cannot be sent: json: user@odata.bind: bind of users: the key is empty"},
		{"bind that climbs", func(c *graph.Client) error { return create(c, graph.BindPath[graph.User]("../v1.0/me")) },
			"POST /beta/teams/t/members: the body cannot be sent: json: user@odata.bind: BindPath takes a path without . and .."},
		{"bind to nowhere", func(c *graph.Client) error { return create(c, graph.BindURL[graph.User]("users/1")) },
			"POST /beta/teams/t/members: the body cannot be sent: json: user@odata.bind: BindURL takes an absolute https or http URL"},
		{"no body", func(c *graph.Client) error { _, err := c.Chats().Create(ctx, nil); return err },
			"POST /beta/chats: the body cannot be sent: json: the body is nil"},
		{"no ETag", func(c *graph.Client) error { return c.Chats().ByID("1").Delete(ctx, graph.IfMatch("")) },
			`DELETE /chats/1: IfMatch: the ETag is empty; read the entity first, or give "*" to match any`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta")
			err := test.call(s.betaClient())
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			s.wantSeen()
		})
	}
}
