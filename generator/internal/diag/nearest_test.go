package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearest(t *testing.T) {
	have := []string{"/boards", "/boards/{board-id}", "/boards/{board-id}/cards", "/me/boards", "/users"}
	tests := []struct {
		want string
		n    int
		near []string
	}{
		{"/bords", 2, []string{"/boards", "/me/boards"}},
		{"/boards/{id}/cards", 1, []string{"/boards/{board-id}/cards"}},
		{"/BOARDS", 1, []string{"/boards"}},
		{"/boards", 0, []string{}},
		{"something else altogether", 3, []string{}},
		{"", 3, []string{}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.near, Nearest(test.want, have, test.n)); diff != "" {
			t.Errorf("Nearest(%q, %d) (-want +got):\n%s", test.want, test.n, diff)
		}
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "abc", 3}, {"topic", "topic", 0}, {"topik", "topic", 1}, {"tpic", "topic", 1},
		{"ba", "ab", 2}, {"chat", "chats", 1}, {"xyz", "abc", 3},
	}
	for _, test := range tests {
		if got := Distance(test.a, test.b); got != test.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
