package documented_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// second drops a call's value.
func second[T any](_ T, err error) error { return err }

// runOperations calls every operation of a version's slices once. A call is named by its operation, and gives "1", "2" …
// for the keys of its path.
func runOperations[C any](t *testing.T, version string, client func(*service) C, calls map[string]func(C) error) {
	t.Helper()
	if diff := cmp.Diff(sliceOf(t, version).operations(), slices.Sorted(maps.Keys(calls))); diff != "" {
		t.Errorf("operations of the slices (-) and calls (+):\n%s", diff)
	}
	for operation, call := range calls {
		t.Run(operation, func(t *testing.T) {
			method, path, _ := strings.Cut(operation, " ")
			s := serve(t, version, anyAnswer(method, path))
			if err := call(client(s)); err != nil {
				t.Fatal(err)
			}
			s.wantRoute(method, numberKeys(path))
		})
	}
}

// anyAnswer is an answer that an operation takes.
func anyAnswer(method, path string) answer {
	switch {
	case strings.HasSuffix(path, "/$count"):
		return answer{status: 200, headers: map[string]string{"Content-Type": "text/plain"}, body: "0"}
	case method == http.MethodGet, strings.HasSuffix(path, ".add"), strings.HasSuffix(path, ".remove"):
		return ok(`{"value": []}`)
	}
	return answer{status: 204}
}

// numberKeys puts "1", "2" … in place of a path's parameters.
func numberKeys(path string) string {
	segments := strings.Split(path, "/")
	n := 0
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			n++
			segments[i] = strconv.Itoa(n)
		}
	}
	return strings.Join(segments, "/")
}

func TestOperationsV1(t *testing.T) {
	ctx := context.Background()
	member := &v1.AadUserConversationMember{}
	runOperations(t, "v1.0", (*service).v1Client, map[string]func(*v1.Client) error{
		"GET /chats":              func(c *v1.Client) error { return second(c.Chats().List(ctx, nil)) },
		"POST /chats":             func(c *v1.Client) error { return second(c.Chats().Create(ctx, &v1.Chat{})) },
		"GET /chats/{chat-id}":    func(c *v1.Client) error { return second(c.Chats().ByID("1").Get(ctx, nil)) },
		"PATCH /chats/{chat-id}":  func(c *v1.Client) error { return second(c.Chats().ByID("1").Update(ctx, &v1.Chat{})) },
		"DELETE /chats/{chat-id}": func(c *v1.Client) error { return c.Chats().ByID("1").Delete(ctx) },
		"POST /chats/{chat-id}/microsoft.graph.hideForUser": func(c *v1.Client) error { return c.Chats().ByID("1").HideForUser(ctx, &v1.ChatHideForUserParameters{}) },
		"POST /chats/{chat-id}/microsoft.graph.unhideForUser": func(c *v1.Client) error {
			return c.Chats().ByID("1").UnhideForUser(ctx, &v1.ChatUnhideForUserParameters{})
		},
		"POST /chats/{chat-id}/microsoft.graph.markChatReadForUser": func(c *v1.Client) error {
			return c.Chats().ByID("1").MarkChatReadForUser(ctx, &v1.ChatMarkChatReadForUserParameters{})
		},
		"POST /chats/{chat-id}/microsoft.graph.markChatUnreadForUser": func(c *v1.Client) error {
			return c.Chats().ByID("1").MarkChatUnreadForUser(ctx, &v1.ChatMarkChatUnreadForUserParameters{})
		},
		"GET /chats/{chat-id}/installedApps": func(c *v1.Client) error { return second(c.Chats().ByID("1").InstalledApps().List(ctx, nil)) },
		"POST /chats/{chat-id}/installedApps": func(c *v1.Client) error {
			return second(c.Chats().ByID("1").InstalledApps().Create(ctx, &v1.TeamsAppInstallation{}))
		},
		"GET /chats/{chat-id}/installedApps/{teamsAppInstallation-id}":    func(c *v1.Client) error { return second(c.Chats().ByID("1").InstalledApps().ByID("2").Get(ctx, nil)) },
		"DELETE /chats/{chat-id}/installedApps/{teamsAppInstallation-id}": func(c *v1.Client) error { return c.Chats().ByID("1").InstalledApps().ByID("2").Delete(ctx) },
		"POST /chats/{chat-id}/installedApps/{teamsAppInstallation-id}/microsoft.graph.upgrade": func(c *v1.Client) error {
			return c.Chats().ByID("1").InstalledApps().ByID("2").Upgrade(ctx, &v1.ChatInstalledAppsItemUpgradeParameters{})
		},
		"GET /chats/{chat-id}/lastMessagePreview": func(c *v1.Client) error { return second(c.Chats().ByID("1").LastMessagePreview().Get(ctx, nil)) },
		"GET /chats/{chat-id}/members":            func(c *v1.Client) error { return second(c.Chats().ByID("1").Members().List(ctx, nil)) },
		"POST /chats/{chat-id}/members":           func(c *v1.Client) error { return second(c.Chats().ByID("1").Members().Create(ctx, member)) },
		"GET /chats/{chat-id}/members/$count":     func(c *v1.Client) error { return second(c.Chats().ByID("1").Members().Count(ctx, nil)) },
		"POST /chats/{chat-id}/members/microsoft.graph.add": func(c *v1.Client) error {
			return second(c.Chats().ByID("1").Members().Add(ctx, &v1.ChatMembersAddParameters{}))
		},
		"POST /chats/{chat-id}/members/microsoft.graph.remove": func(c *v1.Client) error {
			return second(c.Chats().ByID("1").Members().Remove(ctx, &v1.ChatMembersRemoveParameters{}))
		},
		"GET /chats/{chat-id}/members/{conversationMember-id}":    func(c *v1.Client) error { return second(c.Chats().ByID("1").Members().ByID("2").Get(ctx, nil)) },
		"PATCH /chats/{chat-id}/members/{conversationMember-id}":  func(c *v1.Client) error { return second(c.Chats().ByID("1").Members().ByID("2").Update(ctx, member)) },
		"DELETE /chats/{chat-id}/members/{conversationMember-id}": func(c *v1.Client) error { return c.Chats().ByID("1").Members().ByID("2").Delete(ctx) },
		"GET /teams/{team-id}/members":                            func(c *v1.Client) error { return second(c.Teams().ByID("1").Members().List(ctx, nil)) },
		"POST /teams/{team-id}/members":                           func(c *v1.Client) error { return second(c.Teams().ByID("1").Members().Create(ctx, member)) },
		"GET /teams/{team-id}/members/$count":                     func(c *v1.Client) error { return second(c.Teams().ByID("1").Members().Count(ctx, nil)) },
		"POST /teams/{team-id}/members/microsoft.graph.add": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Members().Add(ctx, &v1.TeamMembersAddParameters{}))
		},
		"POST /teams/{team-id}/members/microsoft.graph.remove": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Members().Remove(ctx, &v1.TeamMembersRemoveParameters{}))
		},
		"GET /teams/{team-id}/members/{conversationMember-id}":    func(c *v1.Client) error { return second(c.Teams().ByID("1").Members().ByID("2").Get(ctx, nil)) },
		"PATCH /teams/{team-id}/members/{conversationMember-id}":  func(c *v1.Client) error { return second(c.Teams().ByID("1").Members().ByID("2").Update(ctx, member)) },
		"DELETE /teams/{team-id}/members/{conversationMember-id}": func(c *v1.Client) error { return c.Teams().ByID("1").Members().ByID("2").Delete(ctx) },
		"GET /teams/{team-id}/channels/{channel-id}/members": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().List(ctx, nil))
		},
		"POST /teams/{team-id}/channels/{channel-id}/members": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Create(ctx, member))
		},
		"GET /teams/{team-id}/channels/{channel-id}/members/$count": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Count(ctx, nil))
		},
		"POST /teams/{team-id}/channels/{channel-id}/members/microsoft.graph.add": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Add(ctx, &v1.TeamChannelsItemMembersAddParameters{}))
		},
		"POST /teams/{team-id}/channels/{channel-id}/members/microsoft.graph.remove": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Remove(ctx, &v1.TeamChannelsItemMembersRemoveParameters{}))
		},
		"GET /teams/{team-id}/channels/{channel-id}/members/{conversationMember-id}": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().ByID("3").Get(ctx, nil))
		},
		"PATCH /teams/{team-id}/channels/{channel-id}/members/{conversationMember-id}": func(c *v1.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().ByID("3").Update(ctx, member))
		},
		"DELETE /teams/{team-id}/channels/{channel-id}/members/{conversationMember-id}": func(c *v1.Client) error {
			return c.Teams().ByID("1").Channels().ByID("2").Members().ByID("3").Delete(ctx)
		},
		"GET /teams/{team-id}/operations/{teamsAsyncOperation-id}": func(c *v1.Client) error { return second(c.Teams().ByID("1").Operations().ByID("2").Get(ctx, nil)) },
		"GET /me/chats":                        func(c *v1.Client) error { return second(c.Me().Chats().List(ctx, nil)) },
		"GET /me/chats/{chat-id}":              func(c *v1.Client) error { return second(c.Me().Chats().ByID("1").Get(ctx, nil)) },
		"GET /users/{user-id}/chats":           func(c *v1.Client) error { return second(c.Users().ByID("1").Chats().List(ctx, nil)) },
		"GET /users/{user-id}/chats/{chat-id}": func(c *v1.Client) error { return second(c.Users().ByID("1").Chats().ByID("2").Get(ctx, nil)) },
	})
}

func TestOperationsBeta(t *testing.T) {
	ctx := context.Background()
	member := &beta.AadUserConversationMember{}
	client := func(s *service) *beta.Client { return s.betaClient() }
	runOperations(t, "beta", client, map[string]func(*beta.Client) error{
		"GET /chats":              func(c *beta.Client) error { return second(c.Chats().List(ctx, nil)) },
		"POST /chats":             func(c *beta.Client) error { return second(c.Chats().Create(ctx, &beta.Chat{})) },
		"GET /chats/{chat-id}":    func(c *beta.Client) error { return second(c.Chats().ByID("1").Get(ctx, nil)) },
		"PATCH /chats/{chat-id}":  func(c *beta.Client) error { return second(c.Chats().ByID("1").Update(ctx, &beta.Chat{})) },
		"DELETE /chats/{chat-id}": func(c *beta.Client) error { return c.Chats().ByID("1").Delete(ctx) },
		"POST /chats/{chat-id}/microsoft.graph.hideForUser": func(c *beta.Client) error {
			return c.Chats().ByID("1").HideForUser(ctx, &beta.ChatHideForUserParameters{})
		},
		"POST /chats/{chat-id}/microsoft.graph.unhideForUser": func(c *beta.Client) error {
			return c.Chats().ByID("1").UnhideForUser(ctx, &beta.ChatUnhideForUserParameters{})
		},
		"POST /chats/{chat-id}/microsoft.graph.markChatReadForUser": func(c *beta.Client) error {
			return c.Chats().ByID("1").MarkChatReadForUser(ctx, &beta.ChatMarkChatReadForUserParameters{})
		},
		"POST /chats/{chat-id}/microsoft.graph.markChatUnreadForUser": func(c *beta.Client) error {
			return c.Chats().ByID("1").MarkChatUnreadForUser(ctx, &beta.ChatMarkChatUnreadForUserParameters{})
		},
		"GET /chats/{chat-id}/installedApps": func(c *beta.Client) error { return second(c.Chats().ByID("1").InstalledApps().List(ctx, nil)) },
		"POST /chats/{chat-id}/installedApps": func(c *beta.Client) error {
			return second(c.Chats().ByID("1").InstalledApps().Create(ctx, &beta.TeamsAppInstallation{}))
		},
		"GET /chats/{chat-id}/installedApps/{teamsAppInstallation-id}":    func(c *beta.Client) error { return second(c.Chats().ByID("1").InstalledApps().ByID("2").Get(ctx, nil)) },
		"DELETE /chats/{chat-id}/installedApps/{teamsAppInstallation-id}": func(c *beta.Client) error { return c.Chats().ByID("1").InstalledApps().ByID("2").Delete(ctx) },
		"POST /chats/{chat-id}/installedApps/{teamsAppInstallation-id}/microsoft.graph.upgrade": func(c *beta.Client) error {
			return c.Chats().ByID("1").InstalledApps().ByID("2").Upgrade(ctx, &beta.ChatInstalledAppsItemUpgradeParameters{})
		},
		"GET /chats/{chat-id}/lastMessagePreview":                  func(c *beta.Client) error { return second(c.Chats().ByID("1").LastMessagePreview().Get(ctx, nil)) },
		"GET /chats/{chat-id}/operations":                          func(c *beta.Client) error { return second(c.Chats().ByID("1").Operations().List(ctx, nil)) },
		"GET /chats/{chat-id}/operations/{teamsAsyncOperation-id}": func(c *beta.Client) error { return second(c.Chats().ByID("1").Operations().ByID("2").Get(ctx, nil)) },
		"GET /chats/{chat-id}/members":                             func(c *beta.Client) error { return second(c.Chats().ByID("1").Members().List(ctx, nil)) },
		"POST /chats/{chat-id}/members":                            func(c *beta.Client) error { return second(c.Chats().ByID("1").Members().Create(ctx, member)) },
		"GET /chats/{chat-id}/members/$count":                      func(c *beta.Client) error { return second(c.Chats().ByID("1").Members().Count(ctx, nil)) },
		"POST /chats/{chat-id}/members/microsoft.graph.add": func(c *beta.Client) error {
			return second(c.Chats().ByID("1").Members().Add(ctx, &beta.ChatMembersAddParameters{}))
		},
		"POST /chats/{chat-id}/members/microsoft.graph.remove": func(c *beta.Client) error {
			return second(c.Chats().ByID("1").Members().Remove(ctx, &beta.ChatMembersRemoveParameters{}))
		},
		"GET /chats/{chat-id}/members/{conversationMember-id}":    func(c *beta.Client) error { return second(c.Chats().ByID("1").Members().ByID("2").Get(ctx, nil)) },
		"PATCH /chats/{chat-id}/members/{conversationMember-id}":  func(c *beta.Client) error { return second(c.Chats().ByID("1").Members().ByID("2").Update(ctx, member)) },
		"DELETE /chats/{chat-id}/members/{conversationMember-id}": func(c *beta.Client) error { return c.Chats().ByID("1").Members().ByID("2").Delete(ctx) },
		"GET /teams/{team-id}/members":                            func(c *beta.Client) error { return second(c.Teams().ByID("1").Members().List(ctx, nil)) },
		"POST /teams/{team-id}/members":                           func(c *beta.Client) error { return second(c.Teams().ByID("1").Members().Create(ctx, member)) },
		"GET /teams/{team-id}/members/$count":                     func(c *beta.Client) error { return second(c.Teams().ByID("1").Members().Count(ctx, nil)) },
		"POST /teams/{team-id}/members/microsoft.graph.add": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Members().Add(ctx, &beta.TeamMembersAddParameters{}))
		},
		"POST /teams/{team-id}/members/microsoft.graph.remove": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Members().Remove(ctx, &beta.TeamMembersRemoveParameters{}))
		},
		"GET /teams/{team-id}/members/{conversationMember-id}":    func(c *beta.Client) error { return second(c.Teams().ByID("1").Members().ByID("2").Get(ctx, nil)) },
		"PATCH /teams/{team-id}/members/{conversationMember-id}":  func(c *beta.Client) error { return second(c.Teams().ByID("1").Members().ByID("2").Update(ctx, member)) },
		"DELETE /teams/{team-id}/members/{conversationMember-id}": func(c *beta.Client) error { return c.Teams().ByID("1").Members().ByID("2").Delete(ctx) },
		"GET /teams/{team-id}/channels/{channel-id}/members": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().List(ctx, nil))
		},
		"POST /teams/{team-id}/channels/{channel-id}/members": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Create(ctx, member))
		},
		"GET /teams/{team-id}/channels/{channel-id}/members/$count": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Count(ctx, nil))
		},
		"POST /teams/{team-id}/channels/{channel-id}/members/microsoft.graph.add": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Add(ctx, &beta.TeamChannelsItemMembersAddParameters{}))
		},
		"POST /teams/{team-id}/channels/{channel-id}/members/microsoft.graph.remove": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().Remove(ctx, &beta.TeamChannelsItemMembersRemoveParameters{}))
		},
		"GET /teams/{team-id}/channels/{channel-id}/members/{conversationMember-id}": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().ByID("3").Get(ctx, nil))
		},
		"PATCH /teams/{team-id}/channels/{channel-id}/members/{conversationMember-id}": func(c *beta.Client) error {
			return second(c.Teams().ByID("1").Channels().ByID("2").Members().ByID("3").Update(ctx, member))
		},
		"DELETE /teams/{team-id}/channels/{channel-id}/members/{conversationMember-id}": func(c *beta.Client) error {
			return c.Teams().ByID("1").Channels().ByID("2").Members().ByID("3").Delete(ctx)
		},
		"GET /teams/{team-id}/operations/{teamsAsyncOperation-id}": func(c *beta.Client) error { return second(c.Teams().ByID("1").Operations().ByID("2").Get(ctx, nil)) },
		"GET /me/chats":                        func(c *beta.Client) error { return second(c.Me().Chats().List(ctx, nil)) },
		"GET /me/chats/{chat-id}":              func(c *beta.Client) error { return second(c.Me().Chats().ByID("1").Get(ctx, nil)) },
		"GET /users/{user-id}/chats":           func(c *beta.Client) error { return second(c.Users().ByID("1").Chats().List(ctx, nil)) },
		"GET /users/{user-id}/chats/{chat-id}": func(c *beta.Client) error { return second(c.Users().ByID("1").Chats().ByID("2").Get(ctx, nil)) },
	})
}

// TestDelegatedScopes compares the least set of permissions with what the slices say of each operation.
func TestDelegatedScopes(t *testing.T) {
	tests := []struct {
		version string
		got     []string
	}{
		{"v1.0", v1.DelegatedScopes()},
		{"beta", beta.DelegatedScopes()},
	}
	for _, test := range tests {
		if diff := cmp.Diff(sliceOf(t, test.version).scopes(), test.got); diff != "" {
			t.Errorf("%s (-slices +package):\n%s", test.version, diff)
		}
	}
}
