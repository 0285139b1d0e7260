package usage

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wholeMain hands values to others. A comment behind a line says of which types.
const wholeMain = `package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync/atomic"

	"example.com/program/graph"
)

type report struct {
	Chats []*graph.Chat
	count int
}

type own graph.Chat

type embeds struct{ graph.User }

type box[T any] struct{ last T }

func (b *box[T]) show() { fmt.Println(b.last) }

func keep[T any](v T) *box[T] { return &box[T]{v} }

func show[T any](v T) { fmt.Println(v) }

func pass[T any](v T) T { return v }

func log(_ string, values ...any) { fmt.Println(values...) }

func main() {
	ctx := context.Background()
	client, err := graph.NewClient(nil)
	var failed *graph.Error
	fmt.Println(errors.As(err, &failed), client)
	chat := pass(&graph.Chat{Topic: graph.Some("a")})
	fmt.Println(chat.Topic, chat.ChatType, len(chat.Members))
	_, _ = json.Marshal(chat) // Chat
	_ = json.Unmarshal(nil, chat) // Chat
	_ = chat.UnmarshalJSON(nil) // Chat
	_, _ = json.Marshal(map[string]report{"a": {Chats: []*graph.Chat{chat}}}) // Chat
	log("a", embeds{}) // User
	var some any = own(*chat) // Chat
	_ = some
	for _, m := range chat.Members {
		fmt.Printf("%v", m) // ConversationMember
	}
	keep(&graph.ChatMessage{}).show() // ChatMessage
	show([]graph.TeamsTab{}) // TeamsTab
	many := []*graph.Chat{chat}
	sort.Slice(many, func(i, j int) bool { return many[i].ID < many[j].ID })
	slices.SortFunc(many, func(a, b *graph.Chat) int { return 0 })
	var cell atomic.Pointer[graph.Chat]
	cell.Store(chat)
	chat.AdditionalProperties = nil // Chat
	fmt.Println(len(chat.AdditionalProperties["more"]))
	for name := range chat.AdditionalProperties { // Chat
		fmt.Println(chat.AdditionalProperties[name]) // Chat
	}
	_ = graph.SetProperty(chat, "more", &graph.TeamsTab{})
	_, _ = graph.Changed(chat, graph.Clone(chat))
	_, _ = client.Chats().ByID("1").Update(ctx, chat)
	_, _ = client.Chats().Create(ctx, &graph.Chat{AdditionalProperties: nil})
	return
}
`

func TestWholeValues(t *testing.T) {
	dir := t.TempDir()
	copyPackage(t, filepath.Join(dir, "graph"))
	for name, text := range map[string]string{"go.mod": "module example.com/program\n\ngo 1.24\n", "main.go": wholeMain} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	uses, err := Find(context.Background(), Request{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for i, line := range strings.Split(wholeMain, "\n") {
		if _, says, ok := strings.Cut(line, " // "); ok {
			want = append(want, strconv.Itoa(i+1)+" "+says)
		}
	}
	for _, u := range uses.Unknown {
		if u.Kind == WholeValue {
			got = append(got, strconv.Itoa(u.Line)+" "+u.Go)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"PATCH /chats/{chat-id}"}, slices.Sorted(maps.Keys(uses.Packages[0].Passed))); diff != "" {
		t.Errorf("bodies that are passed: -want +got:\n%s", diff)
	}
}
