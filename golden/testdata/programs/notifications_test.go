package programs

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	notifications "example.com/golden/notifications"
)

// A notification comes with its resource as its type says, and leads to what can be read of it.
func TestNotifications(t *testing.T) {
	service := serve(t, map[string]answer{
		"POST /v1.0/watches":             {status: 201, body: `{"id": "w1", "until": "2126-01-01T00:00:00Z"}`},
		"GET /v1.0/depots/a%2Fb/parts/7": {status: 200, body: `{"id": "7", "weight": 12}`},
	})
	client, err := notifications.NewClient(notifications.StaticToken("a-token"), notifications.WithServiceRoot(service.URL+"/v1.0"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	target := notifications.Some("/depots/1/parts")
	watch, err := notifications.Subscribe(ctx, client, notifications.WarehouseWatch{Address: notifications.Some("https://here.example"), Target: target})
	if err != nil || watch.ID() != "w1" {
		t.Fatal(watch, err)
	}
	_, until, _ := strings.Cut(service.bodies[0], `"until":"`)
	at, err := time.Parse(time.RFC3339, strings.TrimSuffix(until, `"}`))
	if left := time.Until(at); err != nil || left > 90*time.Minute || left < time.Hour {
		t.Errorf("it is to live for %v, %v: %s", left, err, service.bodies[0])
	}
	if _, err := notifications.Subscribe(ctx, client, notifications.WarehouseWatch{}); err == nil {
		t.Error("a subscription of which nobody knows how long it may live")
	}

	weights := make(chan int32, 2)
	handler := notifications.NotificationHandler(func(ctx context.Context, n notifications.Notification) error {
		part, ok := n.ResourceData.(*notifications.WarehousePart)
		if builder, found := client.Resource(n).(*notifications.DepotPartsItemRequests); found && ok {
			weights <- part.Weight.Or(0)
			if part, err = builder.Get(ctx, nil); err != nil {
				return err
			}
		}
		weights <- part.Weight.Or(0)
		return nil
	}, notifications.NotificationErrors(func(err error) { t.Error(err) }))
	body := `{"value":[{"changeType":"updated","resource":"Depots('a/b')/Parts('7')","resourceData":{"@odata.type":"#Warehouse.Part","id":"7","weight":3}}]}`
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
	if err := handler.Shutdown(t.Context()); err != nil || w.Code != http.StatusAccepted {
		t.Fatal(w.Code, err)
	}
	if before, after := <-weights, <-weights; before != 3 || after != 12 {
		t.Errorf("it weighs %d, then %d", before, after)
	}
	for _, path := range []string{"depots/1/notes/2", "watches", "nothing"} {
		if got := client.Resource(notifications.Notification{Resource: path}); got != nil {
			t.Errorf("%s leads to %T", path, got)
		}
	}
	if list, err := notifications.ParseNotifications([]byte(body)); err != nil || len(list) != 1 {
		t.Error(list, err)
	}
	cancel()
	if err := watch.Wait(); err != nil {
		t.Error(err)
	}
}
