package emit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A call that is too long for a line gets a variable for the way to it, and then lines for its last argument.
func TestFit(t *testing.T) {
	long := strings.Repeat("x", 60)
	for _, test := range []struct{ chain, argument, want string }{
		{"client.Chats()", "&graph.Chat{A: 1}", "v, err := client.Chats().Create(ctx, &graph.Chat{A: 1})"},
		{"client." + long + "()", "&graph.Chat{A: 1, B: graph.Some(2)}",
			"place := client." + long + "()\nv, err := place.Create(ctx, &graph.Chat{A: 1, B: graph.Some(2)})"},
		{"client." + long + "()", "&graph.Chat{" + long + ": graph.C{" + long + ": 1}}",
			"place := client." + long + "()\nv, err := place.Create(ctx, &graph.Chat{\n\t" + long + ": graph.C{" + long + ": 1},\n})"},
	} {
		s := &shown{chain: test.chain}
		if diff := cmp.Diff(test.want, s.fit("v, err := ", "Create", "ctx, "+test.argument, "")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestListed(t *testing.T) {
	for want, all := range map[string][]string{
		"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}, "a, b, c, d, e, f and more": strings.Split("abcdefgh", ""),
	} {
		if got := listed(all); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Summaries that tools write are told from those that people write.
func TestIsHollow(t *testing.T) {
	for summary, want := range map[string]bool{
		"Call sendMail": true, "Invoke action sendMail": true, "Invoke function delta": true, "List chats": true, "Get chat": true,
		"Get entity from chats by key": true, "Add new entity to chats": true, "Update entity in chats": true, "Delete entity from chats": true,
		"Create new navigation property to members for chats": true, "Update the navigation property members in chats": true,
		"Get members from chats": true, "Get the number of the resource": true, "Make members refer to directoryObject": true,
		"": false, "Send mail": false, "List the chats of a user": false, "Get a chat with its members": false, "Create a chat": false, "Create chat": true,
	} {
		if got := isHollow(summary); got != want {
			t.Errorf("%q: got %v, want %v", summary, got, want)
		}
	}
}
