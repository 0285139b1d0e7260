package graphtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// Sender sends change notifications as the service does, to the endpoint of a program. Server.Notify makes one; it is
// safe for concurrent use once it is set up.
type Sender struct {
	// App is the id of the program's app registration, which the validation tokens are for, and Tenant that of the
	// organization in which things have changed.
	App, Tenant string

	server       *fake
	subscription any
	handler      http.Handler
	client       *http.Client
	lies         map[Lie]bool
	keys         string // address of the key document
}

// Notice is a notification to be sent. What is not said is taken from the subscription.
type Notice struct {
	// ID is the notification's own; "" for a new one each time.
	ID string
	// ChangeType is "created", "updated" or "deleted", Lifecycle "missed" or the like for an event of the subscription.
	ChangeType, Lifecycle string
	// Resource is the path of what has changed, such as "chats('19:…')/messages('1')".
	Resource string
	// Data is what has changed, a value of the client's package, or its JSON as a json.RawMessage; nil for nothing. If the
	// subscription has an encryption certificate all of it is sent, encrypted; else its type, address and id alone.
	Data any
}

// Notify returns a sender for a subscription as a program made it, a value of the client's package, whose current values
// count: its id, clientState, resource, changeType and encryption certificate. The notifications go to the subscription's
// notificationUrl, by http.DefaultClient, unless To or Through says otherwise. They are signed with keys that TokenKeys
// knows:
//
//	key, certificate := graphtest.NewCertificate(t)
//	subscription := … // with the certificate, as it is made for the service
//	sender := srv.Notify(subscription)
//	receiver := graph.NotificationHandler(handle,
//		graph.NotificationKeys(func(string) crypto.Decrypter { return key }),
//		graph.NotificationsBy(graph.NotificationTokens{Apps: []string{sender.App}, Keys: graphtest.TokenKeys}))
//	status := sender.To(receiver).Send(graphtest.Notice{ChangeType: "created", Data: changed})
func (s *Server) Notify(subscription any) *Sender {
	n := &Sender{
		App: "05f59cec-a742-4a50-a62e-202a57e478a4", Tenant: "4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1",
		server: (*fake)(s), subscription: subscription, client: http.DefaultClient,
	}
	n.keys = (*fake)(s).newOutside(signInHost, func(*http.Request, []byte) *answer { return jsonAnswer(http.StatusOK, keyDocument()) })
	return n
}

// To sends to a handler, without a network.
func (n *Sender) To(endpoint http.Handler) *Sender {
	n.handler = endpoint
	return n
}

// Through sends to the subscription's notificationUrl by a client.
func (n *Sender) Through(client *http.Client) *Sender {
	n.handler, n.client = nil, client
	return n
}

// KeyDocument is an https address at which Server.HTTPClient finds the keys of the tokens:
//
//	graph.NotificationTokens{Keys: graph.KeyDocument(srv.HTTPClient(), sender.KeyDocument())}
func (n *Sender) KeyDocument() string { return n.keys }

// Lie returns a sender that lies in all that it sends.
func (n *Sender) Lie(lies ...Lie) *Sender {
	liar := *n
	liar.lies = map[Lie]bool{}
	for _, lie := range lies {
		liar.lies[lie] = true
	}
	return &liar
}

// Validate asks the endpoint whether it takes notifications, as the service does before it makes a subscription, with
// several tokens. The error is what the service answers the program that subscribes, for a handler to return.
func (n *Sender) Validate() error {
	for _, token := range []string{"Validation: Testing client application reachability for subscription Request-Id: 7",
		"<script>alert(1)</script>", "a+b c%20d&e=f/ü\n"} {
		status, header, body, err := n.post("?validationToken="+url.QueryEscape(token), "text/plain; charset=utf-8", nil)
		mediaType, _, _ := strings.Cut(header.Get("Content-Type"), ";")
		switch {
		case err != nil:
		case status != http.StatusOK:
			err = fmt.Errorf("it answers %d", status)
		case strings.TrimSpace(mediaType) != "text/plain":
			err = fmt.Errorf("it answers with Content-Type %q in place of text/plain", mediaType)
		case body != token:
			err = fmt.Errorf("it answers %.200q to the token %q", body, token)
		}
		if err != nil {
			return &graph.Error{StatusCode: http.StatusBadRequest, Code: "ValidationError",
				Message: "Subscription validation request failed. The notification endpoint does not answer as it has to: " + err.Error()}
		}
	}
	return nil
}

// Send sends notices in one request, and returns the status of the answer, 202 if they are taken; 0 without an answer.
func (n *Sender) Send(notices ...Notice) int {
	data, err := n.request(notices)
	if err != nil {
		n.server.errorf("notifications: %v", err)
		return 0
	}
	status, _, _, err := n.post("", "application/json; charset=utf-8", data)
	if err != nil {
		return 0
	}
	return status
}

// Insist sends notices again, after pauses that get longer, until the endpoint has taken or refused them, ten times at
// most, as the service does. It returns the last status. In a testing/synctest bubble the pauses take no time.
func (n *Sender) Insist(notices ...Notice) int {
	for i := range notices {
		if notices[i].ID == "" {
			notices[i].ID = newID()
		}
	}
	status := 0
	for pause := time.Second; pause < 1024*time.Second; pause *= 2 {
		if status = n.Send(notices...); status != 0 && status < http.StatusInternalServerError {
			break
		}
		time.Sleep(pause)
	}
	return status
}

// Unruly sends each notice in a request of its own, at the service's worst: in another order, about every third twice,
// late by up to a delay. What happens depends on the seed alone. It returns the statuses.
func (n *Sender) Unruly(seed uint64, delay time.Duration, notices ...Notice) []int {
	random := rand.New(rand.NewPCG(seed, 0))
	var all []Notice
	for _, notice := range notices {
		if notice.ID == "" {
			notice.ID = newID()
		}
		all = append(all, notice)
		if random.IntN(3) == 0 {
			all = append(all, notice)
		}
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var statuses []int
	for _, notice := range all {
		if delay > 0 {
			time.Sleep(time.Duration(random.Int64N(int64(delay))))
		}
		statuses = append(statuses, n.Send(notice))
	}
	return statuses
}

// post sends a request to the endpoint.
func (n *Sender) post(query, contentType string, body []byte) (status int, header http.Header, text string, err error) {
	s, err := n.subscribed()
	if err != nil {
		return 0, nil, "", err
	}
	address := s.URL
	if address == "" {
		address = "https://program.example/notifications"
	}
	if strings.Contains(address, "?") {
		query = strings.Replace(query, "?", "&", 1)
	}
	r, err := http.NewRequest(http.MethodPost, address+query, bytes.NewReader(body))
	if err != nil {
		return 0, nil, "", err
	}
	r.Header.Set("Content-Type", contentType)
	if n.handler != nil {
		w := httptest.NewRecorder()
		n.handler.ServeHTTP(w, r)
		return w.Code, w.Header(), w.Body.String(), nil
	}
	resp, err := n.client.Do(r)
	if err != nil {
		return 0, nil, "", err
	}
	data, err := io.ReadAll(resp.Body)
	err = errors.Join(err, resp.Body.Close())
	return resp.StatusCode, resp.Header, string(data), err
}

// subscribed is what a subscription says.
type subscribed struct {
	ID            string `json:"id"`
	URL           string `json:"notificationUrl"`
	State         string `json:"clientState"`
	Resource      string `json:"resource"`
	ChangeType    string `json:"changeType"`
	Expires       string `json:"expirationDateTime"`
	Certificate   []byte `json:"encryptionCertificate"`
	CertificateID string `json:"encryptionCertificateId"`
}

func (n *Sender) subscribed() (s subscribed, err error) {
	data, err := json.Marshal(n.subscription)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return s, fmt.Errorf("the subscription: %w", err)
	}
	if s.ID == "" {
		s.ID = "graphtest"
	}
	if s.Expires == "" {
		s.Expires = time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	}
	return s, nil
}
