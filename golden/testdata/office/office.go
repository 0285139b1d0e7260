// Package office is what a program does with Microsoft 365, by a package that is generated from the slices of eight golden cases.
// It is compiled and run in a module where that package is.
package office

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"example.com/golden/graph"
)

// ChatsWithMembers returns the topics of the caller's chats with the addresses of those who take part.
func ChatsWithMembers(ctx context.Context, client *graph.Client) (map[string][]string, error) {
	members := map[string][]string{}
	options := &graph.ListOptions{Expand: []graph.Expand{{Property: graph.ChatPropertyMembers}}, Top: 20}
	for chat, err := range client.Chats().All(ctx, options) {
		if err != nil {
			return nil, err
		}
		for _, member := range chat.Members {
			if user, ok := member.(*graph.AadUserConversationMember); ok {
				members[chat.Topic.Or(chat.ID)] = append(members[chat.Topic.Or(chat.ID)], user.Email.Or(user.UserID.Or("")))
			}
		}
	}
	return members, nil
}

// StartChat makes a chat of two owners and says something there.
func StartChat(ctx context.Context, client *graph.Client, topic, text string, users ...string) (string, error) {
	chat := &graph.Chat{ChatType: graph.ChatTypeGroup, Topic: graph.Some(topic)}
	for _, user := range users {
		chat.Members = append(chat.Members, &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(user)})
	}
	created, err := client.Chats().Create(ctx, chat)
	if err != nil {
		return "", err
	}
	_, err = client.Chats().ByID(created.ID()).Messages().Create(ctx, &graph.ChatMessage{Body: &graph.ItemBody{Content: graph.Some(text)}})
	return created.ID(), err
}

// CloneTeam copies a team and waits until it is there.
func CloneTeam(ctx context.Context, client *graph.Client, team, name string) error {
	operation, err := client.Teams().ByID(team).Clone(ctx, &graph.TeamCloneParameters{
		DisplayName: graph.Some(name), PartsToClone: graph.ClonableTeamPartsApps + "," + graph.ClonableTeamPartsTabs,
	})
	if err != nil {
		return err
	}
	_, err = operation.Wait(ctx)
	return err
}

// SendMail sends a text with a file.
func SendMail(ctx context.Context, client *graph.Client, to, subject, text, file string, content []byte) error {
	message := &graph.Message{
		Subject: graph.Some(subject),
		Body:    &graph.ItemBody{ContentType: graph.Some(graph.BodyTypeText), Content: graph.Some(text)},
		Attachments: []graph.AnyAttachment{
			&graph.FileAttachment{Name: graph.Some(file), ContentType: graph.Some("text/plain"), ContentBytes: graph.Some(content)},
		},
	}
	message.ToRecipients = append(message.ToRecipients, &graph.Recipient{EmailAddress: &graph.EmailAddress{Address: graph.Some(to)}})
	return client.Me().SendMail(ctx, &graph.MeSendMailParameters{Message: message, SaveToSentItems: graph.Some(false)})
}

// SaveAttachments copies the files of a message to the writer that open returns for their name.
func SaveAttachments(ctx context.Context, client *graph.Client, message string, open func(name string) io.Writer) error {
	attachments := client.Me().Messages().ByID(message).Attachments()
	for attachment, err := range attachments.All(ctx, nil) {
		if err != nil {
			return err
		}
		file, ok := attachment.(*graph.FileAttachment)
		if !ok {
			continue
		}
		content, err := attachments.ByID(file.ID).Value().Get(ctx, nil)
		if err != nil {
			return err
		}
		_, err = io.Copy(open(file.Name.Or(file.ID)), content)
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Meet puts an hour into the calendar and returns what else is in it on that day.
func Meet(ctx context.Context, client *graph.Client, subject string, start time.Time) ([]string, error) {
	at := func(t time.Time) *graph.DateTimeTimeZone {
		return &graph.DateTimeTimeZone{DateTime: graph.Some(t.UTC().Format("2006-01-02T15:04:05")), TimeZone: graph.Some("UTC")}
	}
	event := &graph.Event{Subject: graph.Some(subject), Start: at(start), End: at(start.Add(time.Hour)), Location: &graph.Location{DisplayName: graph.Some("Room 1")}}
	if _, err := client.Me().Events().Create(ctx, event); err != nil {
		return nil, err
	}
	day := start.UTC().Truncate(24 * time.Hour)
	options := &graph.MeCalendarViewListOptions{
		StartDateTime: graph.Some(day.Format(time.RFC3339)), EndDateTime: graph.Some(day.Add(24 * time.Hour).Format(time.RFC3339)),
	}
	options.OrderBy = []string{"start/dateTime"}
	var subjects []string
	for event, err := range client.Me().CalendarView().All(ctx, options, graph.Prefer(`outlook.timezone="UTC"`)) {
		if err != nil {
			return nil, err
		}
		subjects = append(subjects, event.Subject.Or("(no subject)"))
	}
	return subjects, nil
}

// Occurrences counts how often an event takes place within a time.
func Occurrences(ctx context.Context, client *graph.Client, event string, from, to time.Time) (int, error) {
	n := 0
	options := &graph.MeEventsItemInstancesListOptions{StartDateTime: graph.Some(from.Format(time.RFC3339)), EndDateTime: graph.Some(to.Format(time.RFC3339))}
	for _, err := range client.Me().Events().ByID(event).Instances().All(ctx, options) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// Save writes a file of the caller's drive, and returns its key and what can be read there afterwards.
func Save(ctx context.Context, client *graph.Client, path string, content io.Reader) (id, text string, err error) {
	file := client.Me().Drive().Root().ByPath(path)
	written, err := file.Content().Replace(ctx, content)
	if err != nil {
		return "", "", err
	}
	body, err := file.Content().Get(ctx, nil)
	if err != nil {
		return "", "", err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	return written.Value.ID, string(data), err
}

// UploadURL begins a large upload and returns where its pieces go to.
func UploadURL(ctx context.Context, client *graph.Client, path string, size int64) (string, error) {
	session, err := client.Me().Drive().Root().ByPath(path).CreateUploadSession(ctx, &graph.MeDriveRootByPathCreateUploadSessionParameters{
		Item: &graph.DriveItemUploadableProperties{FileSize: graph.Some(size)},
	})
	if err != nil {
		return "", err
	}
	return session.Value.UploadURL.Or(""), nil
}

// Names returns the names of those users that begin with a prefix, and how many there are.
func Names(ctx context.Context, client *graph.Client, prefix string) (names []string, count int64, err error) {
	options := &graph.ListOptions{
		Select: []string{graph.UserPropertyDisplayName, graph.UserPropertyUserPrincipalName}, Count: true,
		Filter: graph.Filterf("startsWith(displayName,%v)", prefix), OrderBy: []string{"displayName"},
	}
	page, err := client.Users().List(ctx, options, graph.ConsistencyLevel("eventual"))
	if err != nil {
		return nil, 0, err
	}
	for _, user := range page.Items {
		names = append(names, user.DisplayName.Or(user.UserPrincipalName.Or(user.ID)))
	}
	count, err = client.Users().Count(ctx, &graph.CountOptions{Filter: options.Filter}, graph.ConsistencyLevel("eventual"))
	return names, count, err
}

// Join makes a user a member of a group, and takes another out.
func Join(ctx context.Context, client *graph.Client, group, newcomer, leaver string) error {
	members := client.Groups().ByID(group).Members()
	if err := members.Ref().Create(ctx, graph.BindDirectoryObject(newcomer)); err != nil {
		return err
	}
	return members.ByID(leaver).Ref().Delete(ctx)
}

// Plan makes a task with details for somebody.
func Plan(ctx context.Context, client *graph.Client, plan, title, assignee, description string) (*graph.PlannerTask, error) {
	task := &graph.PlannerTask{
		PlanID: graph.Some(plan), Title: graph.Some(title),
		Assignments: &graph.PlannerAssignments{AdditionalProperties: map[string]json.RawMessage{
			assignee: json.RawMessage(`{"@odata.type":"#microsoft.graph.plannerAssignment","orderHint":" !"}`),
		}},
		Details: graph.Expanded(&graph.PlannerTaskDetails{Description: graph.Some(description)}),
	}
	created, err := client.Planner().Tasks().Create(ctx, task)
	if err != nil {
		return nil, err
	}
	details := client.Planner().Tasks().ByID(created.ID()).Details()
	now, err := details.Get(ctx, nil)
	if err != nil {
		return nil, err
	}
	_, err = details.Update(ctx, &graph.PlannerTaskDetails{PreviewType: graph.Some(graph.PlannerPreviewTypeDescription)}, graph.IfMatch(now.ETag))
	return created.Value, err
}

// ActiveUsers returns the lines of a report, the names of its columns first.
func ActiveUsers(ctx context.Context, client *graph.Client, period string) ([][]string, error) {
	options := &graph.ReportsGetOffice365ActiveUserDetailOptions{Period: graph.Some(period)}
	report, err := client.Reports().GetOffice365ActiveUserDetail(ctx, options)
	if err != nil {
		return nil, err
	}
	defer report.Close()
	return csv.NewReader(report).ReadAll()
}

// Watch asks to be told of what happens to a resource, for an hour.
func Watch(ctx context.Context, client *graph.Client, resource, url, secret string, now time.Time) (string, error) {
	subscription, err := client.Subscriptions().Create(ctx, &graph.Subscription{
		ChangeType: graph.Some("created,updated"), Resource: graph.Some(resource), NotificationURL: graph.Some(url),
		ClientState: graph.Some(secret), ExpirationDateTime: graph.Some(now.Add(time.Hour)),
	})
	if err != nil {
		return "", err
	}
	return subscription.ID(), nil
}

// Notified reads what the service sends to the address of Watch.
func Notified(payload io.Reader, secret string) ([]string, error) {
	var notifications graph.ChangeNotificationCollection
	if err := json.NewDecoder(payload).Decode(&notifications); err != nil {
		return nil, err
	}
	var changes []string
	for _, n := range notifications.Value {
		if n.ClientState.Or("") != secret {
			return nil, errors.New("somebody else sent this")
		}
		changes = append(changes, strings.TrimSpace(fmt.Sprintf("%s %s", n.ChangeType, n.Resource.Or(""))))
	}
	return changes, nil
}
