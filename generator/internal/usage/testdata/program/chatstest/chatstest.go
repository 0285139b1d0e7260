// Package chatstest is public, but tests alone import it.
package chatstest

import (
	"context"

	"example.com/program/graph"
)

// Fill makes a member of a team.
func Fill(client *graph.Client) {
	_, _ = client.Teams().ByID("1").Members().Create(context.Background(), nil) // POST /teams/{team-id}/members (test)
}
