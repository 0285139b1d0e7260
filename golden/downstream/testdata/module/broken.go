package main

import (
	"context"

	"example.com/downstream/internal/v1/graph"
)

// breaks uses what the service has taken away, or changed, between the two dates.
func breaks(ctx context.Context, client *graph.Client) error {
	app := client.Chats().ByID("1").InstalledApps().ByID("2")
	if err := app.TeamsApp().Ref().Delete(ctx); err != nil {
		return err
	}
	return app.Upgrade(ctx)
}

var _ = breaks
