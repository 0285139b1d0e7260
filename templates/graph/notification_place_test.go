package graph

import (
	"strings"
	"testing"
	"time"
)

// leadsTo is what a test's builders are.
type leadsTo struct{ template, path string }

func placesOf(templates ...string) []notifiedPath {
	var known []notifiedPath
	for _, template := range templates {
		known = append(known, notifiedPath{template, func(r *resource) any { return leadsTo{r.template, r.path} }})
	}
	return known
}

func TestNotified(t *testing.T) {
	client, err := NewClient(StaticToken("t"), WithServiceRoot("https://graph.example.com/v1.0"))
	if err != nil {
		t.Fatal(err)
	}
	known := placesOf("/chats", "/chats/{chat-id}", "/chats/all", "/chats/{chat-id}/messages/{message-id}", "/me/messages/{message-id}")
	chat, message := "/chats/{chat-id}", "/chats/{chat-id}/messages/{message-id}"
	tests := map[string]leadsTo{
		"chats":                             {"/chats", "/chats"},
		"/Chats/":                           {"/chats", "/chats"},
		"chats('19:x@thread.v2')":           {chat, "/chats/19:x@thread.v2"},
		"Chats/19:x":                        {chat, "/chats/19:x"},
		"chats(8b081ef6)":                   {chat, "/chats/8b081ef6"},
		"chats('o''neil')":                  {chat, "/chats/o%27neil"},
		"chats('a/b?c')/Messages('1')":      {message, "/chats/a%2Fb%3Fc/messages/1"},
		"/chats/a%2Fb/messages/1%20?$x=y/z": {message, "/chats/a%2Fb/messages/1%20"},
		"chats(%27a%27)/messages('%2B')":    {message, "/chats/a/messages/+"},
		"chats/o'neil/messages/1":           {message, "/chats/o%27neil/messages/1"},
		"chats/50%/messages/1":              {message, "/chats/50%25/messages/1"},
		"chats/ALL":                         {"/chats/all", "/chats/all"},
		"chats('all')":                      {chat, "/chats/all"},
		"v1.0/me/messages/1":                {"/me/messages/{message-id}", "/me/messages/1"},
		"/V1.0/me/messages/1":               {"/me/messages/{message-id}", "/me/messages/1"},
		"https://GRAPH.example.com/v1.0/me/messages('1')": {"/me/messages/{message-id}", "/me/messages/1"},
	}
	for path, want := range tests {
		if got := client.notified(path, known); got != want {
			t.Errorf("%s leads to %v, want %v", path, got, want)
		}
	}
	for _, path := range []string{
		"", "/", "?x", "chat", "chats/1/messages", "chats/1/messages/2/replies/3", "chats('1", "chats(id='1')", "chats('1','2')", "chats('')",
		"messages('1')", "chats('..')", "chats('$count')", "('1')", "chats('1')('2')", "https://other.example.com/v1.0/chats/1", "me('1')/messages/1",
		"chats('a%00b')", "root:/chats",
	} {
		if got := client.notified(path, known); got != nil {
			t.Errorf("%s leads to %v", path, got)
		}
	}
	if got := (*Client)(nil).notified("chats", known); got != (leadsTo{"/chats", "/chats"}) {
		t.Error(got)
	}
}

func TestLongestLife(t *testing.T) {
	kind := subscriptionKind{longest: []longestLife{
		{"/chats/{id}/messages", time.Hour}, {"/users/*/mailFolders/**", 2 * time.Hour}, {"/chats/**", 3 * time.Hour},
	}}
	for resource, want := range map[string]time.Duration{
		"/chats/1/messages":                      time.Hour,
		"chats('1')/Messages?$filter=a eq 'b/c'": time.Hour,
		"/chats":                                 3 * time.Hour,
		"/chats/getAllMessages()":                3 * time.Hour,
		"/chats/1/messages/2":                    3 * time.Hour,
		"users/1/mailFolders('inbox')/messages":  2 * time.Hour,
		"users/mailFolders/messages":             0,
		"('chats')":                              0,
		"":                                       0,
		"/teams/1":                               0,
	} {
		if got := kind.longestFor(resource); got != want {
			t.Errorf("%s: %v, want %v", resource, got, want)
		}
	}
}

// Whatever a notification says, what it leads to is the path that it is one of, with no more segments.
func FuzzNotified(f *testing.F) {
	for _, path := range []string{"chats('19:x')/messages('1')", "/chats/a%2Fb/messages/1", "V1.0/chats/o'neil", "chats('o''n/e?l')"} {
		f.Add(path)
	}
	client := &Client{}
	known := placesOf("/chats/{chat-id}", "/chats/{chat-id}/messages/{message-id}")
	f.Fuzz(func(t *testing.T, path string) {
		if got, ok := client.notified(path, known).(leadsTo); ok && strings.Count(got.path, "/") != strings.Count(got.template, "/") {
			t.Errorf("%q leads to %v", path, got)
		}
	})
}
