package emit

import (
	"slices"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// notifications makes what change notifications are received and asked for with, if the package has a type for that.
func (e *emitter) notifications(roots []*ir.Resource) []jen.Code {
	m := e.pkg.Subscription()
	if m == nil {
		return nil
	}
	code := []jen.Code{e.notificationHandler(), e.parseNotifications(), e.subscribe(m), e.subscriptionLife(m), e.expire(m)}
	if e.split == nil {
		code = append(code, e.clientResource(names.ClientResource, roots))
	}
	return append(code, e.notifiedType())
}

// notificationHandler makes
//
//	func NotificationHandler(handle func(ctx context.Context, n Notification) error, options ...NotificationOption) *NotificationReceiver {
//		return newNotificationReceiver(handle, notifiedType, options)
//	}
func (e *emitter) notificationHandler() jen.Code {
	return comment(
		"NotificationHandler is the http.Handler for the address that subscriptions name. It answers the service at once, and calls handle for each "+
			"notification, one after the other unless NotificationQueue says otherwise, from goroutines of its own: Shutdown ends them.",
		"A service on the internet checks who has sent what comes: by NotificationState, and where resource data come by NotificationsBy.",
	).Line().Add(declareFunc(names.NotificationHandler)).Params(
		jen.Id("handle").Add(function(jen.Id("ctx").Qual("context", "Context"), jen.Id("n").Id("Notification"))).Error(),
		jen.Id("options").Op("...").Id("NotificationOption"),
	).Op("*").Id("NotificationReceiver").Block(
		jen.Return(jen.Id("newNotificationReceiver").Call(jen.Id("handle"), id(names.NotifiedType), jen.Id("options"))))
}

// parseNotifications makes
//
//	func ParseNotifications(data []byte, options ...NotificationOption) ([]Notification, error) {
//		return readNotifications(data, notifiedType, options)
//	}
func (e *emitter) parseNotifications() jen.Code {
	return comment(
		"ParseNotifications reads what the service sends otherwise than by HTTP, such as by a queue: it does what a NotificationReceiver does before it "+
			"calls its handler. The error tells of those that were refused or could not be decrypted; the others are returned beside it.",
	).Line().Add(declareFunc(names.ParseNotifications)).Params(
		jen.Id("data").Index().Byte(), jen.Id("options").Op("...").Id("NotificationOption"),
	).Params(jen.Index().Id("Notification"), jen.Error()).Block(
		jen.Return(jen.Id("readNotifications").Call(jen.Id("data"), id(names.NotifiedType), jen.Id("options"))))
}

// subscribe makes
//
//	func Subscribe(ctx context.Context, client *Client, subscription WarehouseWatch, options ...SubscribeOption) (*KeptSubscription, error) {
//		return subscribe(ctx, client, subscriptionKind{"/watches", "until", []longestLife{
//			{"/depots/{id}/parts", 90 * time.Minute},
//			{"/depots/**", 4320 * time.Minute},
//		}}, &subscription, options)
//	}
func (e *emitter) subscribe(m *ir.Model) jen.Code {
	s, longest := m.Subscription, jen.Nil()
	if len(s.Longest) > 0 {
		var lives []jen.Code
		for _, l := range s.Longest {
			lives = append(lives, jen.Line().Values(jen.Lit(l.Pattern), jen.Lit(int(l.Duration()/time.Minute)).Op("*").Qual("time", "Minute")))
		}
		longest = jen.Index().Id("longestLife").Values(append(lives, jen.Line())...)
	}
	name := e.names.Model(m)
	return comment(
		"Subscribe makes a subscription and keeps it until ctx ends: it is renewed before it ends, and when the service asks for that; one that is gone is "+
			"made anew, and OnMissed told. Lifecycle notifications, which it has to be given by KeptSubscription.Handle, come if the subscription has an address for them.",
		"The address of the notifications has to answer before Subscribe is called, since the service asks it at once.",
	).Line().Add(declareFunc(names.Subscribe)).Params(
		jen.Id("ctx").Qual("context", "Context"), jen.Id("client").Op("*").Id("Client"), jen.Id("subscription").Add(id(name)),
		jen.Id("options").Op("...").Id("SubscribeOption"),
	).Params(jen.Op("*").Id("KeptSubscription"), jen.Error()).Block(
		jen.Return(jen.Id("subscribe").Call(jen.Id("ctx"), jen.Id("client"),
			jen.Id("subscriptionKind").Values(jen.Lit(s.Path), jen.Lit(s.Expires), longest),
			jen.Op("&").Id("subscription"), jen.Id("options"))))
}

// subscriptionLife makes
//
//	func (v *WarehouseWatch) life() (id, resource string, expires time.Time) {
//		return v.ID, v.Target.Or(""), v.Until.Or(time.Time{})
//	}
func (e *emitter) subscriptionLife(m *ir.Model) jen.Code {
	watched := jen.Lit("")
	if p := m.Property(m.Subscription.Resource); p != nil {
		watched = e.text(p)
	}
	return e.method(m, names.Life).Params().Params(jen.List(jen.Id("id"), jen.Id("resource")).String(), jen.Id("expires").Qual("time", "Time")).Block(
		jen.Return(e.text(keyOf(m)), watched,
			jen.Id("v").Dot(e.names.Field(m.Property(m.Subscription.Expires)).String()).Dot("Or").Call(jen.Qual("time", "Time").Values())))
}

// expire makes
//
//	func (v *WarehouseWatch) expire(at time.Time) { v.Until = Some(at) }
func (e *emitter) expire(m *ir.Model) jen.Code {
	return e.method(m, names.Expire).Params(jen.Id("at").Qual("time", "Time")).Add(oneLine(
		jen.Id("v").Dot(e.names.Field(m.Property(m.Subscription.Expires)).String()).Op("=").Id("Some").Call(jen.Id("at"))))
}

// clientResource makes
//
//	func (c *Client) Resource(n Notification) any {
//		return c.notified(n.Resource, []notifiedPath{
//			{"/depots", func(r *resource) any { return (*DepotsRequests)(r) }},
//			…
//			{"/depots/{depot-id}", func(r *resource) any { return (*DepotRequests)(r) }},
//			…
//		})
//	}
func (e *emitter) clientResource(name names.Ident, roots []*ir.Resource) jen.Code {
	var known []jen.Code
	for _, r := range readable(roots) {
		builder := function(jen.Id("r").Op("*").Id("resource")).Any().Add(oneLine(
			jen.Return(jen.Parens(pointerTo(e.names.Requests(r))).Call(jen.Id("r")))))
		known = append(known, jen.Line().Values(jen.Lit(r.Path()), builder))
	}
	return comment(
		name.String() + " is the builder for the path that a notification names, a pointer to the type of requests, such as the one that the client's own methods lead " +
			"to: what has changed can be read by it. It is nil for a path that this package cannot read, and if there is none. The path is read in all forms " +
			"that services write.",
	).Line().Add(declareMethod(jen.Id("c").Op("*").Id("Client"), name)).Params(jen.Id("n").Id("Notification")).Any().Block(
		jen.Return(jen.Id("c").Dot("notified").Call(jen.Id("n").Dot("Resource"), jen.Index().Id("notifiedPath").Values(append(known, jen.Line())...))))
}

// readable are the resources that can be read at paths of names and single keys.
func readable(resources []*ir.Resource) []*ir.Resource {
	var found []*ir.Resource
	for _, r := range resources {
		s := r.Segment
		if s.Kind != ir.Static && (s.Kind != ir.Key || len(s.Keys) > 0) {
			continue
		}
		if slices.ContainsFunc(r.Operations, func(op *ir.Operation) bool { return op.Kind == ir.List || op.Kind == ir.Get }) {
			found = append(found, r)
		}
		found = append(found, readable(r.Children)...)
	}
	return found
}

// notifiedType makes
//
//	func notifiedType(odataType string) model {
//		switch odataType {
//		case "warehouse.depot":
//			return new(WarehouseDepot)
//		…
//		}
//		return nil
//	}
func (e *emitter) notifiedType() jen.Code {
	var cases []jen.Code
	seen := map[string]bool{}
	for _, m := range e.pkg.Models {
		if m.Name == "" || !isEntity(m) {
			continue
		}
		var texts []jen.Code
		for _, name := range typeNames(m) {
			if !seen[name] {
				texts, seen[name] = append(texts, jen.Lit(name)), true
			}
		}
		if len(texts) > 0 {
			cases = append(cases, jen.Case(texts...).Block(jen.Return(jen.New(id(e.names.Model(m))))))
		}
	}
	return comment("notifiedType returns a new value of the entity type that @odata.type names; nil for others.").Line().
		Add(declareFunc(names.NotifiedType)).Params(jen.Id("odataType").String()).Id("model").Block(
		jen.Switch(jen.Id("odataType")).Block(cases...), jen.Return(jen.Nil()))
}
