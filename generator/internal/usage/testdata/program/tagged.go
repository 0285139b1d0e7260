//go:build extra

package main

import (
	"context"

	"example.com/program/graph"
)

func extra(ctx context.Context, client *graph.Client) error {
	return client.Chats().ByID("1").UnhideForUser(ctx, nil) // POST /chats/{chat-id}/microsoft.graph.unhideForUser
}

var _ = extra
