// Package told passes a builder on from one interface to another.
package told

import (
	"context"

	"example.com/program/graph"
)

type deleter interface {
	Delete(context.Context, ...graph.CallOption) error
}

type both interface {
	deleter
	Get(context.Context, *graph.GetOptions, ...graph.CallOption) (*graph.TeamsAppInstallation, error)
}

func get(b both) deleter {
	_, _ = b.Get(context.Background(), nil) // GET /chats/{chat-id}/installedApps/{teamsAppInstallation-id}
	return b
}

// Tell removes an app.
func Tell(ctx context.Context, client *graph.Client) {
	var b both = client.Chats().ByID("1").InstalledApps().ByID("2")
	_ = get(b).Delete(ctx) // DELETE /chats/{chat-id}/installedApps/{teamsAppInstallation-id}
	var found any = client.Teams().ByID("3").Members()
	if counter, ok := found.(interface {
		Count(context.Context, *graph.CountOptions, ...graph.CallOption) (int64, error)
	}); ok {
		_, _ = counter.Count(ctx, nil) // GET /teams/{team-id}/members/$count
	}
}

func unused(ctx context.Context, client *graph.Client) {
	_, _ = client.Teams().ByID("3").Members().List(ctx, nil) // GET /teams/{team-id}/members
}

var _ = unused
