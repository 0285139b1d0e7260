package service

import "testing"

// The version of the API is the one that a file's name tells.
func TestRootOf(t *testing.T) {
	for _, tc := range []struct{ metadata, out, want string }{
		{"v1.0.xml", "specs/chats.yaml", "https://graph.microsoft.com/v1.0"},
		{"graph.xml", "specs/beta/chats.yaml", "https://graph.microsoft.com/beta"},
		{"graph-Beta.csdl", "chats.yaml", "https://graph.microsoft.com/beta"},
	} {
		if got := Graph.RootOf(tc.metadata, tc.out); got != tc.want {
			t.Errorf("from %s to %s: %s, want %s", tc.metadata, tc.out, got, tc.want)
		}
	}
}
