package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Notification is what the service tells about a resource that a subscription watches, or about the subscription
// itself.
type Notification struct {
	// ID names the notification, as far as the service gives it a name; it may send one more than once.
	ID string
	// Repeated says that a NotificationReceiver has seen the ID before.
	Repeated bool
	// SubscriptionID is the subscription that the notification is about.
	SubscriptionID string
	// ChangeType is "created", "updated" or "deleted"; "" for a Lifecycle event.
	ChangeType string
	// Lifecycle is "reauthorizationRequired", "subscriptionRemoved" or "missed" where the notification is about the
	// subscription itself; "" for a change.
	Lifecycle string
	// TenantID is the organization in which the resource is.
	TenantID string
	// Resource is the path of what has changed, below the service root, as the service writes it; "" if it does not
	// say.
	Resource string
	// Expires is when the subscription ends unless it is renewed; the zero time if the service does not say.
	Expires time.Time
	// ResourceData is what came of the resource: its identity, or with a subscription that asks for resource data all
	// of it, decrypted. It is a pointer to the type of this package that the service names; nil where nothing
	// came, and for a type that this package does not have.
	ResourceData any
	// RawData is the JSON of ResourceData, for a type that this package does not have as well.
	RawData json.RawMessage

	state     string // what the subscription was made with, to tell that the service has sent this
	encrypted *encryptedContent
}

// notifiedTypes returns a new value of the type with the name, without a #; nil if the package has none of that name.
type notifiedTypes func(odataType string) model

// notificationList is what the service sends.
type notificationList struct {
	notifications []Notification
	tokens        []string // which say who has sent notifications with resource data
}

// maxNotifications is how many notifications are read of one request. The service sends far fewer.
const maxNotifications = 10_000

// parseNotifications reads what the service sends, encrypted content as it came.
func parseNotifications(data []byte, types notifiedTypes) (*notificationList, error) {
	var wire struct {
		Value            []json.RawMessage `json:"value"`
		ValidationTokens []string          `json:"validationTokens"`
	}
	switch err := json.Unmarshal(data, &wire); {
	case err != nil:
		return nil, fmt.Errorf("notifications: %w", err)
	case wire.Value == nil:
		return nil, errors.New(`notifications: there is no array "value"`)
	case len(wire.Value) > maxNotifications:
		return nil, fmt.Errorf("notifications: more than %d at once", maxNotifications)
	}
	list := &notificationList{notifications: make([]Notification, len(wire.Value)), tokens: wire.ValidationTokens}
	for i, item := range wire.Value {
		if err := list.notifications[i].read(item, types); err != nil {
			return nil, fmt.Errorf("notifications: item %d: %w", i, err)
		}
	}
	return list, nil
}

// read reads one notification.
func (n *Notification) read(data []byte, types notifiedTypes) error {
	var wire struct {
		ID             string            `json:"id"`
		SubscriptionID string            `json:"subscriptionId"`
		ChangeType     string            `json:"changeType"`
		Lifecycle      string            `json:"lifecycleEvent"`
		ClientState    string            `json:"clientState"`
		TenantID       string            `json:"tenantId"`
		Resource       string            `json:"resource"`
		Expires        string            `json:"subscriptionExpirationDateTime"`
		Data           json.RawMessage   `json:"resourceData"`
		Encrypted      *encryptedContent `json:"encryptedContent"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*n = Notification{
		ID: wire.ID, SubscriptionID: wire.SubscriptionID, ChangeType: wire.ChangeType, Lifecycle: wire.Lifecycle,
		TenantID: wire.TenantID, Resource: wire.Resource, state: wire.ClientState, encrypted: wire.Encrypted,
	}
	if t, _, err := forgivingTime(wire.Expires); err == nil {
		n.Expires = t
	}
	n.setData(wire.Data, types)
	return nil
}

// setData takes the resource. Data that cannot be read as the type that it says it is of stays JSON.
func (n *Notification) setData(data json.RawMessage, types notifiedTypes) {
	object := jsonObject(data)
	if len(object) == 0 {
		return
	}
	name := jsonText(object["@odata.type"])
	if name == "" && n.ResourceData != nil {
		name = typeName(n.ResourceData.(model)) // of what came beside the encrypted content
	}
	n.RawData, n.ResourceData = data, nil
	v := namedModel(types, name[strings.LastIndexByte(name, '#')+1:])
	if v != nil && unmarshal(data, v) == nil {
		n.ResourceData = v
	}
}

// namedModel is types for a name as services write it; see resolved.
func namedModel(types notifiedTypes, name string) model {
	if name == "" {
		return nil
	}
	return resolved(typesOf{types}, name)
}

// typesOf makes all types of a package what one base is for its descendants.
type typesOf struct{ types notifiedTypes }

func (t typesOf) resolve(name string) model { return t.types(name) }
