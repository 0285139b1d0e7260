package main

import (
	"context"
	"testing"

	"example.com/program/chatstest"
	"example.com/program/graph"
	"example.com/program/internal/fixture"
)

func TestMembers(t *testing.T) {
	client, err := graph.NewClient(graph.StaticToken("x"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = client.Chats().ByID("1").Members().List(context.Background(), nil) // GET /chats/{chat-id}/members (test)
	fixture.Fill(client)
	chatstest.Fill(client)
}
