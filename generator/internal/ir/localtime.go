package ir

import "fmt"

// LocalTime says which properties of a type are a local time and the name of its zone.
type LocalTime struct {
	DateTime string `json:"dateTime"`
	Zone     string `json:"zone"`
}

// Check returns why m cannot be a local time; nil if it can.
func (t *LocalTime) Check(m *Model) error {
	for _, part := range []struct{ what, name string }{{"dateTime", t.DateTime}, {"zone", t.Zone}} {
		if p := m.Property(part.name); p == nil || p.Type.Kind != String {
			return fmt.Errorf("%s: %q is not a property of %s with text", part.what, part.name, m.ID())
		}
	}
	return nil
}

// Parts are the two properties of m, which is a local time.
func (t *LocalTime) Parts(m *Model) (dateTime, zone *Property) {
	return m.Property(t.DateTime), m.Property(t.Zone)
}
