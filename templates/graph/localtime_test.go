package graph

import (
	"testing"
	"time"
)

func TestTimeIn(t *testing.T) {
	for _, test := range []struct{ text, zone, want string }{
		{"2026-07-01T09:00:00.0000000", "Pacific Standard Time", "2026-07-01T16:00:00Z"},
		{"2026-01-01T09:00:00.0000000", "America/Los_Angeles", "2026-01-01T17:00:00Z"},
		{"2026-07-01T09:00:00.1234567", "UTC", "2026-07-01T09:00:00.1234567Z"},
		{"2026-07-01T09:00:00", "W. Europe Standard Time", "2026-07-01T07:00:00Z"},
		{"2026-07-01T09:00", "Europe/Paris", "2026-07-01T07:00:00Z"},
		{"2026-07-01T09:00:00Z", "", "2026-07-01T09:00:00Z"},
		{"2026-07-01T09:00:00+02:00", "Pacific Standard Time", "2026-07-01T07:00:00Z"},
		{"2026-07-01T09:00:00", "", "error: the local time has no zone"},
		{"2026-07-01T09:00:00", "Local", `error: "Local" is no zone`},
		{"2026-07-01T09:00:00", "tzone://Microsoft/Custom", `error: the zone "tzone://Microsoft/Custom" is not known`},
		{"2026-07-01T09:00:00", "../etc/passwd", `error: the zone "../etc/passwd" is not known`},
		{"tomorrow", "UTC", `error: "tomorrow" is no local time`},
	} {
		got, err := timeIn(test.text, test.zone)
		text := got.UTC().Format(time.RFC3339Nano)
		if err != nil {
			text = "error: " + err.Error()
		}
		if text != test.want {
			t.Errorf("%s in %s: %s, want %s", test.text, test.zone, text, test.want)
		}
	}
}

// TestZones: every zone of the table is there.
func TestZones(t *testing.T) {
	for name := range windowsZones {
		if _, err := zoneOf(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoLocalTime: what generated methods say of nil.
func TestNoLocalTime(t *testing.T) {
	if got := errNoLocalTime.Error(); got != "there is no local time: the value is nil" {
		t.Error(got)
	}
}

func TestLocalTimeOf(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 7, 1, 7, 0, 0, 123456789, time.UTC)
	for _, test := range []struct {
		location   *time.Location
		text, zone string
	}{
		{time.UTC, "2026-07-01T07:00:00.1234567", "UTC"},
		{berlin, "2026-07-01T09:00:00.1234567", "Europe/Berlin"},
		{time.FixedZone("X", 3600), "2026-07-01T07:00:00.1234567", "UTC"},
		{time.FixedZone("", 3600), "2026-07-01T07:00:00.1234567", "UTC"},
	} {
		text, zone := localTimeOf(moment.In(test.location))
		if text != test.text || zone != test.zone {
			t.Errorf("%v: %s in %s", test.location, text, zone)
		}
		if back, err := timeIn(text, zone); err != nil || !back.Equal(moment.Truncate(100)) {
			t.Errorf("%v: back %v, %v", test.location, back, err)
		}
	}
}
