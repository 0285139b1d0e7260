package emit

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// This file is about operations of which the description says nothing: what can be told of them is in their paths and types.

// hollow is a summary as tools write it that convert metadata: a method's name in other words.
var hollow = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`(?:Call|Invoke action|Invoke function|List|Get|Create|Update|Delete|Count|Set) \S+`,
	`(?:Get|Set|Delete) the content of \S+`,
	`Create an item of \S+`,
	`Create new navigation property(?: ref)? to \S+ for \S+`,
	`(?:Get|Add new) entit(?:y|ies) (?:from|to) \S+(?: by key)?`,
	`(?:Update|Delete) entity (?:in|from) \S+`,
	`(?:Update|Delete) (?:the )?(?:ref of )?navigation property \S+ (?:in|for) \S+`,
	`(?:Get|List) (?:ref of )?\S+ from \S+`,
	`Get the (?:number of the resource|item of type \S+ as \S+|items of type \S+ in the \S+ collection)`,
	`Make \S+ refer to \S+`,
	`Get what \S+ refers to`,
	`Remove a reference of \S+`,
}, "|") + `)\.?$`)

// isHollow reports whether a summary says no more than the method's name and its path do.
func isHollow(summary string) bool { return hollow.MatchString(strings.TrimSpace(summary)) }

// told is what a call does by its path and its types:
//
//	List reads /chats, a page of Chat values at a time.
//	SendMail calls the action sendMail of /me with Message and SaveToSentItems. It answers without a body.
func (c call) told(name string) string {
	if c.onReferences() {
		return name + " " + c.toldOfReferences()
	}
	path, t := c.op.Path, c.entity()
	switch c.op.Kind {
	case ir.List:
		if t == nil || t.Kind != ir.Collection {
			return fmt.Sprintf("%s reads %s.", name, path)
		}
		return fmt.Sprintf("%s reads %s, a page of %s at a time.", name, path, c.several(t.Elem))
	case ir.Get:
		return fmt.Sprintf("%s reads %s.", name, c.placed(t, path))
	case ir.Create:
		return fmt.Sprintf("%s adds %s to %s.", name, strings.Replace(c.one(c.sent()), "a value of type", "a new", 1), path)
	case ir.Update:
		return fmt.Sprintf("%s changes %s: what the body has replaces what is there.", name, c.placed(c.sent(), path))
	case ir.Replace:
		return fmt.Sprintf("%s replaces %s.", name, c.placed(c.sent(), path))
	case ir.Delete:
		return fmt.Sprintf("%s deletes what is at %s.", name, path)
	case ir.CountOp:
		return fmt.Sprintf("%s says how many items there are at %s.", name, strings.TrimSuffix(path, "/$count"))
	case ir.ActionOp, ir.FunctionOp:
		return c.toldOfCall(name)
	}
	return fmt.Sprintf("%s sends %s %s.%s", name, c.op.Method, path, c.answered())
}

// toldOfReferences is told for a $ref path, without the name.
func (c call) toldOfReferences() string {
	path := strings.TrimSuffix(c.op.Path, "/$ref")
	switch c.op.Kind {
	case ir.List:
		return "reads what " + path + " refers to, a page of references at a time."
	case ir.Get:
		return "reads the reference of " + path + "."
	case ir.Create:
		return "adds a reference to " + path + "."
	case ir.Delete:
		return "removes a reference from " + path + ". What it refers to stays."
	}
	return "makes " + path + " refer to target."
}

// toldOfCall is told for an action or a function.
func (c call) toldOfCall(name string) string {
	segment := c.op.Segments[len(c.op.Segments)-1]
	what, on := "action", strings.TrimSuffix(c.op.Path, segment.Text())
	if c.op.Kind == ir.FunctionOp {
		what = "function"
	}
	text := fmt.Sprintf("%s calls the %s %s", name, what, segment.Name[strings.LastIndexByte(segment.Name, '.')+1:])
	if on != "" {
		text += " of " + on
	}
	return text + c.given() + "." + c.answered()
}

// few is how many parameters a comment names.
const few = 6

// given names what an action is sent: " with Message and SaveToSentItems".
func (c call) given() string {
	if c.op.Request == nil {
		return ""
	}
	t := c.op.Request.Type
	if t.Kind != ir.ModelKind || t.Model.Inline == nil {
		return " with " + c.one(c.sent())
	}
	var fields []string
	for _, p := range t.Model.AllProperties() {
		fields = append(fields, c.names.Field(p).String())
	}
	switch n := len(fields); {
	case n == 0 || n > few:
		return ""
	case n == 1:
		return " with " + fields[0]
	default:
		return " with " + strings.Join(fields[:n-1], ", ") + " and " + fields[n-1]
	}
}

// answered is a sentence of what a call answers with, with a space in front.
func (c call) answered() string {
	body := c.op.Response
	switch {
	case body == nil && c.op.LongRunning:
		return ""
	case body == nil:
		return " It answers without a body."
	case body.Type.Kind == ir.Collection:
		return " It answers with " + c.several(body.Type.Elem) + "."
	}
	return " It answers with " + c.one(body.Type) + "."
}

// sent is the type of what a call sends, nil if that is not known.
func (c call) sent() *ir.Type {
	if c.op.Request == nil {
		return nil
	}
	return c.op.Request.Type
}

// placed names what is at a path: the Chat at /chats/{chat-id}.
func (c call) placed(t *ir.Type, path string) string {
	switch {
	case t == nil:
		return "what is at " + path
	case t.Kind == ir.ModelKind && t.Model.Inline == nil:
		return "the " + c.names.Model(t.Model).String() + " at " + path
	case t.Kind == ir.Stream:
		return "the bytes at " + path
	}
	return "the value at " + path
}

// one names a value of a type: a value of type Chat.
func (c call) one(t *ir.Type) string {
	switch {
	case t == nil:
		return "a value"
	case t.Kind == ir.Collection:
		return c.several(t.Elem)
	case t.Kind == ir.Stream:
		return "bytes"
	}
	return "a value of type " + c.typeName(t)
}

// several names values of a type: Chat values.
func (c call) several(t *ir.Type) string { return c.typeName(t) + " values" }

// typeName is the name of a type in Go, without the * of a pointer.
func (c call) typeName(t *ir.Type) string {
	if t.Kind == ir.ModelKind {
		return c.names.Model(t.Model).String()
	}
	return strings.TrimPrefix(fmt.Sprintf("%#v", c.value(t)), "*")
}
