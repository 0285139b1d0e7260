package programs

import (
	"encoding/json"
	"testing"
	"time"

	events "example.com/golden/local_time"
)

func TestLocalTime(t *testing.T) {
	var event events.Event
	text := `{"id":"1","start":{"dateTime":"2026-07-01T09:00:00.0000000","timeZone":"Pacific Standard Time"}}`
	if err := json.Unmarshal([]byte(text), &event); err != nil {
		t.Fatal(err)
	}
	start, err := event.Start.Time()
	if want := time.Date(2026, 7, 1, 16, 0, 0, 0, time.UTC); err != nil || !start.Equal(want) {
		t.Errorf("%v, %v", start, err)
	}
	event.Start = events.NewDateTimeTimeZone(start.Add(time.Hour).UTC())
	got, err := json.Marshal(&event)
	if want := `{"id":"1","start":{"dateTime":"2026-07-01T17:00:00","timeZone":"UTC"}}`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := (*events.DateTimeTimeZone)(nil).Time(); err == nil {
		t.Error("nil is a time")
	}
}
