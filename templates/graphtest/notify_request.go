package graphtest

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
)

// Lie is what a sender that is not the service, or is out of order, does wrong.
type Lie string

const (
	// WrongSignature signs the data with another key than they are encrypted with.
	WrongSignature Lie = "wrong signature"
	// SwappedKeys encrypts for another certificate than it names.
	SwappedKeys Lie = "swapped keys"
	// UnknownCertificate names a certificate that nobody has.
	UnknownCertificate Lie = "unknown certificate"
	// BadPadding signs data whose padding is wrong.
	BadPadding Lie = "bad padding"
	// NoToken leaves the validation tokens out.
	NoToken Lie = "no token"
	// ExpiredToken has tokens of yesterday, EarlyToken of tomorrow.
	ExpiredToken Lie = "expired token"
	EarlyToken   Lie = "early token"
	// UnsignedToken has tokens with the algorithm "none".
	UnsignedToken Lie = "unsigned token"
	// ForgedToken signs with another key than the token names, UnknownKey names one that nobody publishes.
	ForgedToken Lie = "forged token"
	UnknownKey  Lie = "unknown key"
	// OtherApp has tokens for another program, OtherPublisher of another sender, OtherIssuer of another sign-in service,
	// OtherTenant of another organization.
	OtherApp       Lie = "other app"
	OtherPublisher Lie = "other publisher"
	OtherIssuer    Lie = "other issuer"
	OtherTenant    Lie = "other tenant"
	// WrongState has another clientState than the subscription.
	WrongState Lie = "wrong state"
	// Oversized has 8 MiB more than the service sends.
	Oversized Lie = "oversized"
	// Malformed breaks off.
	Malformed Lie = "malformed"
)

// newID returns an id that has not been there.
func newID() string { return rand.Text() }

// request is the body of a request with notices.
func (n *Sender) request(notices []Notice) ([]byte, error) {
	s, err := n.subscribed()
	if err != nil {
		return nil, err
	}
	all := []map[string]any{}
	isRich := false
	for _, notice := range notices {
		one, err := n.notification(&s, notice)
		if err != nil {
			return nil, err
		}
		isRich = isRich || one["encryptedContent"] != nil
		all = append(all, one)
	}
	body := map[string]any{"value": all}
	if isRich && !n.lies[NoToken] {
		token, err := n.token()
		if err != nil {
			return nil, err
		}
		body["validationTokens"] = []string{token}
	}
	if n.lies[Oversized] {
		body["padding"] = strings.Repeat("x", 8<<20)
	}
	data, err := json.Marshal(body)
	if n.lies[Malformed] {
		data = data[:len(data)/2]
	}
	return data, err
}

// notification is one notice as it is sent.
func (n *Sender) notification(s *subscribed, notice Notice) (map[string]any, error) {
	one := map[string]any{
		"id": notice.ID, "subscriptionId": s.ID, "clientState": s.State, "tenantId": n.Tenant,
		"subscriptionExpirationDateTime": s.Expires,
	}
	if notice.ID == "" {
		one["id"] = newID()
	}
	if n.lies[WrongState] {
		one["clientState"] = s.State + "?"
	}
	if notice.Lifecycle != "" {
		one["lifecycleEvent"] = notice.Lifecycle
		return one, nil
	}
	resource, change := notice.Resource, notice.ChangeType
	if resource == "" {
		resource = strings.TrimPrefix(s.Resource, "/")
	}
	if change == "" {
		change, _, _ = strings.Cut(s.ChangeType, ",")
	}
	one["resource"], one["changeType"] = resource, change
	if notice.Data == nil {
		return one, nil
	}
	data, identity, err := n.data(resource, notice.Data)
	if err != nil {
		return nil, err
	}
	one["resourceData"] = identity
	if len(s.Certificate) > 0 {
		one["encryptedContent"], err = n.sealed(s, data)
	}
	return one, err
}

// data is the JSON of what has changed, with its type, and what is told of it where all of it is not.
func (n *Sender) data(resource string, v any) (data []byte, identity map[string]any, err error) {
	data, err = json.Marshal(v)
	if err != nil {
		return nil, nil, fmt.Errorf("the data: %w", err)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil || object == nil {
		return nil, nil, fmt.Errorf("the data are no object: %.100s", data)
	}
	of := unquoted(object["@odata.type"])
	if t := n.server.schema.goType(v); of == "" && t != nil {
		of = t.name
	}
	if of != "" {
		object["@odata.type"], _ = json.Marshal("#" + strings.TrimPrefix(of, "#")) // a string can always be written
	}
	identity = map[string]any{"@odata.id": resource}
	for _, name := range []string{"id", "@odata.type", "@odata.etag"} {
		if object[name] != nil {
			identity[name] = object[name]
		}
	}
	data, err = json.Marshal(object)
	return data, identity, err
}

// signInHost is where the keys are that tokens are signed with.
const signInHost = "https://sign-in.graphtest.example/"
