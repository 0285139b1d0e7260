// Package ir is what will be emitted, in the vocabulary of OpenAPI and OData: no Go names, no Go types, no I/O.
// Everything that is ordered is a slice; every node carries the place in the input that it came from.
package ir

import "github.com/graphslice/graphslice/generator/internal/diag"

// Package is everything that one generated package is made from.
type Package struct {
	// Title and Version are the slices' info; Version is the API's version, such as "v1.0" or "beta".
	Title, Version string
	// Titles are those of all slices, sorted, each once.
	Titles []string
	// ServiceRoot is the first server's URL without a slash at its end, such as "https://graph.microsoft.com/v1.0".
	ServiceRoot string
	// Models, Enums and Operations are sorted: by qualified name, by qualified name, by path and method.
	// Models holds inline objects too (see Model.Inline).
	Models     []*Model
	Enums      []*Enum
	Operations []*Operation
	// Permissions is what is known of the permissions that the operations accept, sorted by name and kind.
	Permissions []Permission
	// Clouds are the other clouds that the slices were compared with, sorted: what they lack says so (Doc.NotIn).
	Clouds []string
	// PathNames are what overrides ask paths to be called.
	PathNames []PathName
}

// PathName is the Go name of a path, such as "ChatMembers" for /chats/{chat-id}/members. The names of the paths below
// begin with it.
type PathName struct {
	Path, GoName string
	// Accessor is the method that leads to the path, such as Members.
	Accessor string
	// Package is that of the calls below a path of one segment, where each such path has one; PackagePos is where it stands.
	Package    string
	PackagePos diag.Pos
}

// Kind is the closed set of types.
type Kind int

const (
	Untyped    Kind = iota // any JSON value
	String                 // Edm.String and every unknown format of "string"
	Bool                   // Edm.Boolean
	Uint8                  // Edm.Byte
	Int8                   // Edm.SByte
	Int16                  // Edm.Int16
	Int32                  // Edm.Int32
	Int64                  // Edm.Int64
	Float32                // Edm.Single
	Float64                // Edm.Double, with INF, -INF and NaN
	Decimal                // Edm.Decimal, digits kept
	DateTime               // Edm.DateTimeOffset
	Date                   // Edm.Date
	TimeOfDay              // Edm.TimeOfDay
	Duration               // Edm.Duration
	GUID                   // Edm.Guid
	Binary                 // Edm.Binary, base64 in JSON
	Stream                 // Edm.Stream: raw bytes, bodies only
	EnumKind               // Type.Enum
	ModelKind              // Type.Model
	Collection             // Type.Elem
	Map                    // any names, each with a value of Type.Elem
)

// Type is the type of a property, parameter or body.
type Type struct {
	Kind Kind
	// Nullable says that null is a value of this type.
	Nullable bool
	Enum     *Enum  // EnumKind
	Model    *Model // ModelKind
	Elem     *Type  // Collection, Map
}

// Doc is what the input says about a node, for comments.
type Doc struct {
	// Summary is one line; Description may have several paragraphs. Either may be empty.
	Summary, Description string
	// URL is the reference page (externalDocs).
	URL string
	// Deprecated is why, or "" if it is not; "deprecated" if the input gives no reason.
	Deprecated string
	// Removal is the day after which a deprecated node is gone, such as "2027-03-01"; "" if the input names none.
	Removal string
	// Kept: the API has dropped the node, it is emitted for one more generation.
	Kept bool
	// NotIn are the clouds that lack the node, sorted.
	NotIn []string
}

// Model is an entity type, a complex type or an inline object.
type Model struct {
	// Name is the qualified OData name, such as "microsoft.graph.chat" or "microsoft.graph.callRecords.session".
	// For an inline object it is "" and Inline says what it belongs to.
	Name   string
	Inline *Inline
	// GoName is what an override asks for; "" lets the rules decide.
	GoName string
	Doc    Doc
	Pos    diag.Pos

	Base    *Model
	Derived []*Model // direct, sorted by name
	// Discriminator: one tells this type's descendants apart, and names them.
	Discriminator bool
	// Polymorphic is what the input or an override says of values declared with the type: whether they are interfaces.
	// Nil leaves it to Declare.
	Polymorphic *bool
	// Interface and Pointer are what values declared with the type are in Go, neither if nothing is declared with it but
	// references; see Declare.
	Interface, Pointer bool
	// Used: some property, parameter, body or collection in the package is declared with this very type.
	Used bool
	// Abstract and Open are what the metadata says (x-graphslice-abstract, x-graphslice-open-type).
	Abstract, Open bool
	// Partial: some of the type's properties are not described (x-graphslice-partial).
	Partial bool
	// Reference: the type stands at the border of the slice, only its key is described.
	Reference bool
	// TypeNames are what @odata.type calls the type, without a #, where a discriminator calls it otherwise than Name: first the one
	// that is sent. Nil if it is Name alone.
	TypeNames []string
	// EntitySet is the path below the service root that a bind to this type points into, such as
	// "things" or "areas/things"; "" if it cannot be bound.
	EntitySet string
	// InheritedKeys are the properties of bases that are the type's key, or a part of it, without being the base's.
	InheritedKeys []string
	// LocalTime is set for a type that is a local time and a zone.
	LocalTime *LocalTime
	// Upload is set for what the service opens to take a large content.
	Upload *UploadSession
	// Subscription is set for what makes the service tell of changes.
	Subscription *Subscription
	// Properties are the type's own, without those of Base: the key first, the rest by name.
	// Annotations (names with "@odata.") are not listed: the emitter knows them.
	Properties []*Property
}

// Inline says where an object schema without a name stands.
type Inline struct {
	// Operation and Role are set for a body.
	Operation *Operation
	Role      Role
	// Parent and Property are set for an object inside another.
	Parent   *Model
	Property string
}

// Role is what a body is to its operation.
type Role string

// The bodies of an operation. IDs have these words.
const (
	RequestBody  Role = "request"
	ResponseBody Role = "response"
)

// Property is a structural or navigation property.
type Property struct {
	// Name is as on the wire.
	Name   string
	GoName string // from an override
	Doc    Doc
	Pos    diag.Pos
	Type   *Type
	// Key: part of the entity's key.
	Key bool
	// ReadOnly: computed by the service.
	ReadOnly bool
	// Required: listed in the schema's required.
	Required bool
	// Navigation is set for navigation properties.
	Navigation *Navigation
	// Constants are well-known values of an extensible string (or of its collection's items).
	Constants *Constants
	MaxItems  int // 0: no limit known
}

// Navigation is what makes a property a navigation property.
type Navigation struct {
	// Contained: the target lives below this entity (ContainsTarget) and cannot be bound.
	Contained bool
	// EntitySet overrides the target type's for this property; "" takes Model.EntitySet.
	EntitySet string
}

// Constants are the documented values of a string that may hold others as well (x-ms-enum with modelAsString).
type Constants struct {
	// Name is what the values are of, such as "role".
	Name   string
	Values []EnumMember
	Pos    diag.Pos
}

// Enum is an enumeration; values that are not listed are legal on the wire.
type Enum struct {
	Name   string
	Inline *Inline // for an enum without a name
	GoName string
	Doc    Doc
	Pos    diag.Pos
	Flags  bool
	// Integer is the kind of the values of an enumeration of integers, such as Int32; Untyped for one of text.
	Integer Kind
	// Members are in the order of the input; "unknownFutureValue" is one of them where listed.
	Members []EnumMember
}

// EnumMember is one value.
type EnumMember struct {
	Name string // as on the wire
	// Label is what the input calls a value that is no name itself, as an integer is none; "" if it does not say.
	Label  string
	GoName string // from an override
	Doc    Doc
	Pos    diag.Pos
}

// SegmentKind is the closed set of path segments.
type SegmentKind int

const (
	Static     SegmentKind = iota // chats, members, me: an entity set, singleton or property
	Key                           // {chat-id}, or in parentheses: ('{chat-id}'), (id={id},version={version}), (appId='{appId}')
	Action                        // microsoft.graph.hideForUser
	Function                      // microsoft.graph.delta(), getX(period='{period}')
	Cast                          // microsoft.graph.user
	Count                         // $count
	Value                         // $value
	RefSegment                    // $ref
	Template                      // {name}.{ext}: a segment that holds parameters inside of text
	Address                       // :/{item-path} in root:/{item-path}:/content: a path inside of the path
)

// Segment is one step of a path. A key in parentheses, "applications(appId='{appId}')", is two segments: Static and Key.
// What follows an Address has a colon in front that ends it.
type Segment struct {
	Kind SegmentKind
	// Name is the segment's text without arguments: "chats", "microsoft.graph.delta", "$count";
	// for a Key the parameter's name ("chat-id"), for a key in parentheses "";
	// for a Template and an Address the text with its parameters: "{name}.{ext}".
	Name string
	// Keys are what stands in the parentheses of a key: (appId='{appId}'). The key of one property may stand there
	// without its name: ('{chat-id}').
	// Args are the arguments of a function, a Template or an Address, in the order of the path.
	Keys, Args []Arg
	// Primary: a key in parentheses that names its only property is the entity's own and no alternate one.
	Primary bool
	// Closed: the Address that a path ends with has its colon behind it, too; what else a path ends with has a slash behind it.
	Closed bool
	// KeyType is the qualified name of the entity type that a Key selects from, or "" if unknown.
	KeyType string
}

// Arg is name='{param}' (Quoted), name={param}, or name='@param' / name=@param (Alias: the value goes in the query).
// Name is "" where the parameter stands alone.
type Arg struct {
	Name   string
	Param  string
	Quoted bool
	Alias  bool
	Type   *Type
}

// OperationKind is the closed set of what an operation does.
type OperationKind int

const (
	List OperationKind = iota
	Get
	Create
	Update  // PATCH
	Replace // PUT
	Delete
	CountOp
	ActionOp
	FunctionOp
	Custom // anything else: named by its method
)

// Operation is one method on one path.
type Operation struct {
	Kind   OperationKind
	Method string // upper case
	// Path is as in the input, such as /chats/{chat-id}/members; Segments is the same, read.
	Path     string
	Segments []Segment
	ID       string // operationId; not unique
	GoName   string // from an override
	Doc      Doc
	Pos      diag.Pos
	// Query are the query parameters declared, in the order of the input. Of header parameters, which call options
	// serve, the names are kept of those that a call cannot do without.
	Query   []*Parameter
	Headers []string

	// Request is the body sent; nil if none.
	Request *Body
	// Response is the body of success; nil if none is described.
	Response *Body
	// Statuses are the success statuses described, such as "201", "202", "2XX", sorted.
	Statuses []string
	// LongRunning: the operation may answer 202 with the Location of an operation to poll.
	LongRunning bool
	// Pageable: Response is a collection that comes in pages.
	Pageable bool
	// Delta: a function that answers with what has changed. Items may be marked as removed, and the last page has a
	// link to later changes.
	Delta       bool
	Permissions Permissions
	// Pause is how long the reference asks to wait between two calls (ISO 8601 duration); "" if it does not.
	Pause string
}

// Body is a request or response body.
type Body struct {
	// ContentType is the media type; bodies of application/json are typed, others are Stream or String.
	ContentType string
	// MediaTypes are all media types of raw content, sorted, where there are several; ContentType is one of them.
	MediaTypes []string
	// Type is what travels. For a collection answer it is the Collection inside "value", not the wrapper;
	// for a primitive answer the type inside "value".
	Type *Type
	// Wrapped: the wire has {"value": Type} around it.
	Wrapped  bool
	Required bool
	Pos      diag.Pos
}

// Parameter is a query parameter.
type Parameter struct {
	// Name is as on the wire, with its $.
	Name   string
	GoName string
	Doc    Doc
	Pos    diag.Pos
	Type   *Type
	// Between is what stands between the items of a list, such as "|"; "" for a comma, "&" where each is a parameter by itself:
	// ids=1&ids=2.
	Between string
	// Required: a call without it is refused before it is sent.
	Required bool
}
