package graph

import (
	"fmt"
	"strings"
	"time"
)

// localTimeLayout is the form of a local time: seven digits of fraction at most, and no offset.
const localTimeLayout = "2006-01-02T15:04:05.9999999"

const errNoLocalTime = constError("there is no local time: the value is nil")

// timeIn returns the moment of a local time in a zone, which has a name of IANA's or of Windows'. A text with an offset
// needs no zone.
func timeIn(text, zone string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, nil
	}
	location, err := zoneOf(zone)
	if err != nil {
		return time.Time{}, err
	}
	for _, layout := range []string{localTimeLayout, "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, location); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%.40q is no local time", text)
}

// zoneOf finds a zone. What the machine does not know, a program can bring along: import _ "time/tzdata".
func zoneOf(name string) (*time.Location, error) {
	iana, ok := windowsZones[name]
	if !ok {
		iana = name
	}
	switch {
	case name == "":
		return nil, fmt.Errorf("the local time has no zone")
	case strings.EqualFold(iana, "local"): // which LoadLocation takes for the machine's own
		return nil, fmt.Errorf("%q is no zone", name)
	case iana == "Etc/UTC":
		return time.UTC, nil
	}
	location, err := time.LoadLocation(iana)
	if err != nil {
		return nil, fmt.Errorf("the zone %.40q is not known", name)
	}
	return location, nil
}

// localTimeOf returns a moment as a local time, and IANA's name of its zone. Where a location has no such name, as the
// machine's own and fixed ones have none, it is the time in UTC.
func localTimeOf(t time.Time) (text, zone string) {
	zone = t.Location().String()
	if _, err := zoneOf(zone); err != nil {
		zone = "UTC"
		t = t.UTC()
	}
	return t.Format(localTimeLayout), zone
}
