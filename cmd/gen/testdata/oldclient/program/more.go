package program

import (
	"context"

	"example.com/kiota"
	"example.com/sdk"
	"example.com/sdk/models"
	"example.com/sdk/users"
)

// reader is what lists letters, whosever they are.
type reader interface {
	Get(ctx context.Context, c *kiota.RequestConfiguration[users.ItemMessagesRequestBuilderQueryParameters]) ([]models.Messageable, error)
}

func (p *post) reader(who string) reader {
	if who == "" {
		return p.client.Me().Messages()
	}
	return p.client.Users().ByUserId(who).Messages()
}

// box holds a reader.
type box struct {
	from reader
	any  any
}

func more(ctx context.Context, client *sdk.ServiceClient, app string) error {
	b := box{from: client.Me().Messages(), any: client.Groups()}
	if _, err := b.from.Get(ctx, nil); err != nil {
		return err
	}
	if _, err := client.ApplicationsWithAppId(&app).Get(ctx, nil); err != nil {
		return err
	}
	settings := &kiota.RequestConfiguration[users.UsersRequestBuilderQueryParameters]{Headers: map[string]string{"ConsistencyLevel": "eventual"}}
	if _, err := client.Users().Get(ctx, settings); err != nil {
		return err
	}
	request := kiota.NewRequestInformationWithMethodAndUrlTemplateAndPathParameters("GET", "{+baseurl}/me/drive", nil)
	println(request.Method)
	_, err := client.Me().CalendarView().Get(ctx, nil) // which the metadata lacks
	return err
}
