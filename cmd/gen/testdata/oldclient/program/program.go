// Package program asks Graph for letters and more.
package program

import (
	"context"

	"example.com/betasdk"
	beta "example.com/betasdk/models"
	"example.com/kiota"
	"example.com/sdk"
	"example.com/sdk/models"
	"example.com/sdk/users"
)

type post struct{ client *sdk.ServiceClient }

func (p *post) letters(ctx context.Context, who string) error {
	top := int32(5)
	parameters := &users.ItemMessagesRequestBuilderQueryParameters{Select: []string{"subject"}, Top: &top}
	list, err := p.client.Users().ByUserId(who).Messages().Get(ctx, &kiota.RequestConfiguration[users.ItemMessagesRequestBuilderQueryParameters]{
		QueryParameters: parameters,
	})
	if err != nil {
		return err
	}
	for _, letter := range list {
		println(*letter.GetSubject())
	}
	mine := p.client.Me().Messages()
	letter := models.NewMessage()
	letter.SetImportance(&who)
	if _, err = mine.Post(ctx, letter, nil); err != nil {
		return err
	}
	if err = mine.ByMessageId("1").Delete(ctx, nil); err != nil {
		return err
	}
	_, err = mine.Count().Get(ctx, nil)
	return send(ctx, p.client.Users().ByUserId(who), letter)
}

func send(ctx context.Context, to *users.UserItemRequestBuilder, letter models.Messageable) error {
	return to.SendMail().Post(ctx, letter, nil)
}

func (p *post) people(ctx context.Context, next string, app *string) error {
	all := p.client.Users()
	_, err := all.Delta().GetAsDeltaGetResponse(ctx, nil)
	if err == nil {
		_, err = all.WithUrl(next).Get(ctx, nil)
	}
	if err == nil {
		_, err = users.NewUsersRequestBuilder(next, nil).Get(ctx, nil)
	}
	if err == nil {
		_, err = p.client.ApplicationsWithAppId(app).Get(ctx, nil)
	}
	if err == nil {
		period := "D7"
		_, err = p.client.Reports().GetEmailActivityCountsWithPeriod(&period).Get(ctx, nil)
	}
	if err == nil {
		end := "b"
		_, err = p.client.Users().ByUserId(next).ReminderViewWithStartDateTimeWithEndDateTime(&end, &next).Get(ctx, nil)
	}
	members := p.client.Groups().ByGroupId(next).Members()
	if err == nil {
		err = members.Ref().Post(ctx, "x", nil)
	}
	if err == nil {
		err = members.ByDirectoryObjectId("y").Ref().Delete(ctx, nil)
	}
	if err == nil {
		_, err = members.GraphUser().Get(ctx, nil)
	}
	return err
}

func talk(ctx context.Context, client *betasdk.ServiceClient, topic string) (*kiota.RequestInformation, error) {
	chat := beta.NewChat()
	chat.SetTopic(&topic)
	return client.Chats().ToPostRequestInformation(ctx, chat, nil)
}
