// Nethttp is the program that bench builds with each client, written by hand: it creates a chat with two bound members,
// adds a member who sees the whole history, and lists chats with their members. It prints what each call hands back, a line each.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

const (
	firstUser  = "8b081ef6-4792-4def-b2c9-c363a1bf41d5"
	secondUser = "82af01c5-f7cc-4a2e-a728-3a5df21afd9d"
	thirdUser  = "4595d2f2-7b31-446c-84fd-9b795e63114b"
	memberType = "#microsoft.graph.aadUserConversationMember"
)

type chat struct {
	ID                  string     `json:"id,omitempty"`
	Topic               *string    `json:"topic,omitempty"`
	CreatedDateTime     *time.Time `json:"createdDateTime,omitempty"`
	LastUpdatedDateTime *time.Time `json:"lastUpdatedDateTime,omitempty"`
	ChatType            string     `json:"chatType,omitempty"`
	WebURL              *string    `json:"webUrl,omitempty"`
	TenantID            *string    `json:"tenantId,omitempty"`
	Members             []member   `json:"members,omitempty"`
}

type member struct {
	ODataType                   string     `json:"@odata.type,omitempty"`
	ID                          string     `json:"id,omitempty"`
	Roles                       []string   `json:"roles,omitempty"`
	DisplayName                 *string    `json:"displayName,omitempty"`
	VisibleHistoryStartDateTime *time.Time `json:"visibleHistoryStartDateTime,omitempty"`
	UserID                      *string    `json:"userId,omitempty"`
	Email                       *string    `json:"email,omitempty"`
	TenantID                    *string    `json:"tenantId,omitempty"`
	User                        string     `json:"user@odata.bind,omitempty"`
}

func main() {
	if err := run(context.Background(), client{os.Getenv("ROOT"), os.Getenv("TOKEN")}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, c client) error {
	var created chat
	location, err := c.call(ctx, http.MethodPost, "/chats", newChat(c.root), &created)
	fmt.Printf("create a chat: %s\n", describe(created.ID, location, err))

	added := newMember(c.root, thirdUser)
	added.VisibleHistoryStartDateTime = new(time.Time)
	var answer member
	location, err = c.call(ctx, http.MethodPost, "/chats/"+url.PathEscape("19:chat@thread.v2")+"/members", added, &answer)
	fmt.Printf("add a member: %s\n", describe(answer.ID, location, err))

	var list struct {
		Value []chat `json:"value"`
	}
	if _, err := c.call(ctx, http.MethodGet, "/chats?"+url.Values{"$expand": {"members"}, "$top": {"50"}}.Encode(), nil, &list); err != nil {
		return err
	}
	for _, chat := range list.Value {
		fmt.Printf("list chats: id %s, %d members\n", chat.ID, len(chat.Members))
	}
	return nil
}

// newChat is the documented body that creates a one-on-one chat.
func newChat(root string) *chat {
	return &chat{ChatType: "oneOnOne", Members: []member{newMember(root, firstUser), newMember(root, secondUser)}}
}

func newMember(root, user string) member {
	return member{ODataType: memberType, Roles: []string{"owner"}, User: root + "/users('" + user + "')"}
}

// describe says what a call handed back.
func describe(id, location string, err error) string {
	switch {
	case err != nil:
		return "error: " + err.Error()
	case id != "":
		return "id " + id
	}
	return "no id; Location " + location
}

type client struct{ root, token string }

// call sends a value as JSON and decodes the answer, if there is one. It returns the answer's Location.
func (c client) call(ctx context.Context, method, path string, value, answer any) (string, error) {
	var body io.Reader
	if value != nil {
		data, err := json.Marshal(value)
		if err != nil {
			return "", err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.root+path, body)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	if resp.StatusCode/100 != 2 {
		return "", fmt.Errorf("%s %s: %s", method, path, resp.Status)
	}
	if len(data) == 0 {
		return resp.Header.Get("Location"), nil
	}
	return resp.Header.Get("Location"), json.Unmarshal(data, answer)
}
