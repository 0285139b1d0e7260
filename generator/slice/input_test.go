package slice

import "testing"

func TestGraphRoot(t *testing.T) {
	for _, tc := range []struct{ metadata, out, want string }{
		{"v1.0.xml", "specs/chats.yaml", "https://graph.microsoft.com/v1.0"},
		{"graph.xml", "specs/beta/chats.yaml", "https://graph.microsoft.com/beta"},
		{"graph-Beta.csdl", "chats.yaml", "https://graph.microsoft.com/beta"},
	} {
		c := &cutter{cfg: Config{Metadata: []string{tc.metadata}, Files: []File{{Out: tc.out}}}}
		if got := c.graphRoot(); got != tc.want {
			t.Errorf("from %s to %s: %s, want %s", tc.metadata, tc.out, got, tc.want)
		}
	}
}
