package graph

import (
	"net/url"
	"testing"
)

func TestResolve(t *testing.T) {
	const beta, proxy, bare = "https://graph.microsoft.com/beta", "http://127.0.0.1:8080/p/x/v1.0", "https://h"
	tests := []struct{ root, link, want string }{
		{beta, "/chats('19:a@thread.v2')/operations('24')", beta + "/chats('19:a@thread.v2')/operations('24')"},
		{beta, "chats/19:a@thread.v2/operations/24", beta + "/chats/19:a@thread.v2/operations/24"},
		{beta, "/beta/chats/1", beta + "/chats/1"},
		{beta, "beta/chats/1", beta + "/chats/1"},
		{beta, "/v1.0/chats/1", "https://graph.microsoft.com/v1.0/chats/1"},
		{beta, "/v2/chats/1", "https://graph.microsoft.com/v2/chats/1"},
		{beta, "/vault/1", beta + "/vault/1"},
		{beta, "/betas/1", beta + "/betas/1"},
		{beta, "/beta", beta},
		{beta, "https://graph.microsoft.com/beta/chats/1", "https://graph.microsoft.com/beta/chats/1"},
		{beta, "HTTPS://elsewhere.example/x?a=b&c=%20d", "HTTPS://elsewhere.example/x?a=b&c=%20d"},
		{beta, "//elsewhere.example/x", "https://elsewhere.example/x"},
		{beta, "chats('https://x')", beta + "/chats('https:%2F%2Fx')"},
		{beta, "/users/a b#EXT#@c.com", beta + "/users/a%20b%23EXT%23@c.com"},
		{beta, "/users('a/b?c''d#e')/f?g='h'&i=?", beta + "/users('a%2Fb%3Fc''d%23e')/f?g='h'&i=?"},
		{beta, "/users/o'neil/x?y", beta + "/users/o'neil/x?y"},
		{beta, "/users/100%/é/%41", beta + "/users/100%25/%C3%A9/%41"},
		{beta, "\\\\evil.example\\x", beta + "/%5C%5Cevil.example%5Cx"},
		{proxy, "/chats/1", proxy + "/chats/1"},
		{proxy, "/v1.0/chats/1", proxy + "/chats/1"},
		{proxy, "/beta/chats/1", "http://127.0.0.1:8080/p/x/beta/chats/1"},
		{proxy, "/p/x/v1.0/chats/1", proxy + "/chats/1"},
		{bare, "/chats/1", "https://h/chats/1"},
		{bare, "/v1.0/chats/1", "https://h/v1.0/chats/1"},
	}
	for _, test := range tests {
		root, err := url.Parse(test.root)
		if err != nil {
			t.Fatal(err)
		}
		got := resolve(root, test.link)
		if got != test.want {
			t.Errorf("resolve(%s, %s) = %s, want %s", test.root, test.link, got, test.want)
		}
		if _, err := url.Parse(got); err != nil {
			t.Errorf("%s is no URL: %v", got, err)
		}
	}
}

func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"/chats('19:a')", "//h", "https://h/x", "%", "a'b?c#d", "('", "\x00", "://", "?", ""} {
		f.Add(seed)
	}
	addHostile(f)
	root, err := url.Parse("https://graph.microsoft.com/v1.0")
	if err != nil {
		f.Fatal(err)
	}
	c := &Client{root: root}
	f.Fuzz(func(t *testing.T, link string) {
		// Links are resolved when they arrive and again when they are followed.
		once := resolve(root, link)
		if again := resolve(root, once); again != once {
			t.Errorf("%q becomes %s and then %s", link, once, again)
		}
		u, err := c.address("link", link)
		if err == nil && (u.Scheme != "https" || u.Host != "graph.microsoft.com") {
			t.Errorf("%q leads to %s", link, u)
		}
	})
}
