// Package api writes down what a package's API looks like, as the elements of the lock, and reads it back: to compare two
// generations without their specs, and to keep for a while what an API has dropped.
package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// The kinds of elements.
const (
	KindType      = "type"
	KindProperty  = "property"
	KindEnum      = "enum"
	KindMember    = "member"
	KindConstant  = "constant"
	KindPath      = "path"
	KindOperation = "operation"
	KindParameter = "parameter"
	// KindService is the service itself, of which there is one; see ServiceID.
	KindService = "service"
)

// Common are the facts that elements of every kind have.
type Common struct {
	Deprecated *Deprecation `json:"deprecated,omitempty"`
	// Kept: the API has dropped the element, it is here for one more generation.
	Kept bool `json:"kept,omitempty"`
	// NotIn are the clouds that lack the element.
	NotIn []string `json:"notIn,omitempty"`
	// Doc is the beginning of a hash of the documentation, 8 hexadecimal digits; "" if there is none.
	Doc string `json:"doc,omitempty"`
}

// Deprecation says why something is going to be removed, and when (2027-03-01, "" if that is not known).
type Deprecation struct {
	Text    string `json:"text,omitempty"`
	Removal string `json:"removal,omitempty"`
}

// Type are the facts of an entity type, a complex type or an inline object.
type Type struct {
	// Base is the ID of the type that it is derived from.
	Base     string `json:"base,omitempty"`
	Abstract bool   `json:"abstract,omitempty"`
	Open     bool   `json:"open,omitempty"`
	// Discriminator: one tells its descendants apart. Any: values declared with it are an interface in Go; Pointer: they are
	// pointers to its struct. Neither: nothing is declared with it but references.
	Discriminator bool `json:"polymorphic,omitempty"`
	Any           bool `json:"any,omitempty"`
	Pointer       bool `json:"pointer,omitempty"`
	// Reference: only the key is described.
	Reference bool `json:"reference,omitempty"`
	// TypeNames are what @odata.type calls the type, without a #, first the one that is sent; nil if that is its ID alone.
	TypeNames []string `json:"typeNames,omitempty"`
	// LocalTime are the two properties that make a local time of the type, Upload those by which it takes a large content, with the
	// type of the result; nil if it is no such type.
	LocalTime *ir.LocalTime     `json:"localTime,omitempty"`
	Upload    *ir.UploadSession `json:"upload,omitempty"`
	// Subscription is how it makes the service tell of changes; nil if it does not.
	Subscription *ir.Subscription `json:"subscription,omitempty"`
	// EntitySet is what a bind points into; "" if there is none.
	EntitySet string `json:"entitySet,omitempty"`
	// InheritedKeys are the properties of bases that are the type's key, or a part of it, without being the base's.
	InheritedKeys []string `json:"inheritedKeys,omitempty"`
	Common
}

// Property are the facts of a property.
type Property struct {
	// Type is in the spelling of OData, such as "Collection(Edm.String)"; types that have no name are called by their ID.
	Type     string `json:"type"`
	Nullable bool   `json:"nullable,omitempty"`
	// ItemsNullable: null can be an item of the collection.
	ItemsNullable bool `json:"itemsNullable,omitempty"`
	Key           bool `json:"key,omitempty"`
	ReadOnly      bool `json:"readOnly,omitempty"`
	Required      bool `json:"required,omitempty"`
	Navigation    bool `json:"navigation,omitempty"`
	Contained     bool `json:"contained,omitempty"`
	// Binds is the entity set that a bind of the navigation property points into; "" if it cannot be bound.
	Binds    string `json:"binds,omitempty"`
	MaxItems int    `json:"maxItems,omitempty"`
	// Constants is what the well-known values of the string are of, such as "role".
	Constants string `json:"constants,omitempty"`
	Common
}

// Enum are the facts of an enumeration.
type Enum struct {
	Flags bool `json:"flags,omitempty"`
	// Integer is the type of an enumeration of integers, such as "Edm.Int32"; "" for one of text.
	Integer string `json:"integer,omitempty"`
	Common
}

// Value are the facts of a member or a constant. Order is a member's place, from 0.
type Value struct {
	Order int `json:"order,omitempty"`
	Common
}

// ServiceID is the ID of the service.
const ServiceID = "service"

// Service are the facts of the service as a whole.
type Service struct {
	// Root is the address that the package sends to unless it is told another one.
	Root string `json:"root,omitempty"`
	Common
}

// Path are the facts of a place that paths lead to.
type Path struct {
	// Accessor is the method that leads there from the path above, such as "Members"; Requests is the request builder.
	Accessor string `json:"accessor,omitempty"`
	Requests string `json:"requests,omitempty"`
	// OldAccessor says that the accessor is one that earlier rules gave out, and not what those of today would give.
	OldAccessor bool `json:"oldAccessor,omitempty"`
	// Package is the package of the calls below a first segment, if each has one of its own: "chats".
	Package string `json:"package,omitempty"`
	// Type is what metadata says is there.
	Type string `json:"type,omitempty"`
	Common
}

// Operation are the facts of an operation.
type Operation struct {
	// Does is "list", "get", "create", "update", "replace", "delete", "count", "action", "function" or "custom".
	Does string `json:"does"`
	// On is the request builder that has the method, such as "ChatMembersRequests"; Options the type of its options.
	On      string `json:"on,omitempty"`
	Options string `json:"options,omitempty"`
	// Request and Response are nil where no body is described.
	Request  *Body `json:"request,omitempty"`
	Response *Body `json:"response,omitempty"`
	// Statuses are the success statuses described, such as "201", "2XX".
	Statuses    []string `json:"statuses,omitempty"`
	Pageable    bool     `json:"pageable,omitempty"`
	LongRunning bool     `json:"longRunning,omitempty"`
	// Delta: it answers with what has changed.
	Delta bool `json:"delta,omitempty"`
	// Pause is how long the reference asks to wait between two calls, as an ISO 8601 duration.
	Pause string `json:"pause,omitempty"`
	// Scopes and AppScopes are the least permissions, all of a list needed together. Permissions is what is known beside that, nil
	// if it is no more.
	Scopes      []string        `json:"scopes,omitempty"`
	AppScopes   []string        `json:"appScopes,omitempty"`
	Permissions *ir.Permissions `json:"permissions,omitempty"`
	// Headers are those that a call cannot do without.
	Headers []string `json:"headers,omitempty"`
	// Segments are the steps of the path.
	Segments []Segment `json:"segments,omitempty"`
	Common
}

// Body are the facts of a request or response body.
type Body struct {
	Type string `json:"type"`
	// ContentType is "" for application/json.
	ContentType string `json:"contentType,omitempty"`
	// MediaTypes are all that the service takes, where there are several.
	MediaTypes []string `json:"mediaTypes,omitempty"`
	Nullable   bool     `json:"nullable,omitempty"`
	Wrapped    bool     `json:"wrapped,omitempty"`
	Required   bool     `json:"required,omitempty"`
}

// Parameter are the facts of a query parameter.
type Parameter struct {
	Type     string `json:"type,omitempty"`
	Nullable bool   `json:"nullable,omitempty"`
	Required bool   `json:"required,omitempty"`
	// System: it is one of OData's own query options, which are in the code whatever a description says of them.
	System bool `json:"system,omitempty"`
	// Between is what stands between the items of a list, "" for a comma; "&": each is a parameter by itself.
	Between string `json:"between,omitempty"`
	// Order is the parameter's place in the operation, from 0.
	Order int `json:"order,omitempty"`
	Common
}

// Encode is the text of facts in a lock: JSON on one line.
func Encode(facts any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(facts); err != nil {
		panic(err) // structs of strings, numbers and booleans
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// Decode reads the facts of an element. An element without facts has the zero ones. The error says which element cannot be
// read.
func Decode[T any](e lock.Element) (T, error) {
	var facts T
	if e.Facts == "" {
		return facts, nil
	}
	if err := json.Unmarshal([]byte(e.Facts), &facts); err != nil {
		return facts, fmt.Errorf("the facts of %s %s cannot be read: %w", e.Kind, e.ID, err)
	}
	return facts, nil
}

// IsKept reports whether the API had dropped the element when the lock was written.
func IsKept(e lock.Element) bool {
	if !strings.Contains(e.Facts, `"kept":true`) {
		return false // nearly always
	}
	facts, err := Decode[Common](e)
	return err == nil && facts.Kept
}
