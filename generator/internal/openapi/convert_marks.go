package openapi

import (
	"cmp"
	"fmt"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// marked is something that a model says of its properties, which are read later, and where it does.
type marked struct {
	at         sourceValue
	code, hint string
	// check returns why it cannot be so; nil if it can.
	check func() error
}

// markLocalTime reads at p that m is a local time.
func (c *converter) markLocalTime(m *ir.Model, p sourceValue) {
	m.LocalTime = &ir.LocalTime{DateTime: p.child("dateTime").text(), Zone: p.child("zone").text()}
	c.marks = append(c.marks, marked{p, "local-time", "write x-graphslice-local-time: {dateTime: PROPERTY, zone: PROPERTY}",
		func() error { return m.LocalTime.Check(m) }})
}

// markSession reads at p how m opens the way for a large content.
func (c *converter) markSession(m *ir.Model, p sourceValue) {
	m.Upload = &ir.UploadSession{URL: p.child("url").text(), Ranges: p.child("ranges").text(), Result: p.child("result").text()}
	c.marks = append(c.marks, marked{p, "upload-session", "write x-graphslice-upload-session: {url: PROPERTY, ranges: PROPERTY}",
		func() error { return m.Upload.Check(m) }})
}

// markSubscription reads at p how m makes the service tell of changes.
func (c *converter) markSubscription(m *ir.Model, p sourceValue) {
	m.Subscription = &ir.Subscription{Path: p.child("path").text(), Expires: p.child("expires").text(), Resource: p.child("resource").text()}
	var longest []ir.LongestLife
	for _, l := range p.child("longest").entries() {
		longest = append(longest, ir.LongestLife{Pattern: l.name(), Life: l.text()})
	}
	m.Subscription.SetLongest(longest)
	first := c.subscription
	c.subscription = cmp.Or(first, m)
	c.marks = append(c.marks, marked{p, "subscription", "write x-graphslice-subscription: {path: /PATH, expires: PROPERTY}", func() error {
		if first != nil && first != m {
			return fmt.Errorf("%s is the type of subscriptions already, and a package has one", first.Name)
		}
		return m.Subscription.Check(m)
	}})
}

// checkMarks reports the models that name what they do not have.
func (c *converter) checkMarks() {
	for _, mark := range c.marks {
		if err := mark.check(); err != nil {
			c.diags.Add(diag.Diagnostic{Pos: mark.at.pos(), Severity: diag.Error, Code: mark.code, Message: err.Error(), Hint: mark.hint})
		}
	}
}
