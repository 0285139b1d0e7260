package sharing

import (
	"go/types"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// exported are the identifiers of the runtime that packages of whatever slice may use, or that stand in the signature of what they
// have of it: those of the package, and below a type T.name its fields and methods, T.* for all fields. A test holds them to what
// the golden cases use.
var exported = strings.Fields(`
	Batch Client InBatch NewClient service

	all allFrom anyBody argument bare bindKey cancelUpload changed codeAnyRefs codeAnys codeMap codeOptEnum codeOptFloat codeOptInt codeRefs
	codeSlice codec count errNoLocalTime exec funcArg getOne getOpt getStream getText getValue growing hasFlags isKnown jsonReader jsonWriter
	keyArg knownBits knownFlags knownNumber list listArgument listFrom listReader listWriter localTimeOf longestLife mapBody mapReader mapWriter
	marshal model modelArgument modelBody newNotificationReceiver notifiedPath nulls objectReader objectWriter optWriter optionalBody
	orNull overload pointer query queryOf queryOpt readAny readEnum readFloat readInt readNone readNotifications readReference ref
	referenceBody resource rest send sendForStream sendForText sendForValue sendPage standInAs step subscribe subscriptionKind timeIn
	unmarshal updateBody upload uploadState writeEnumValue writeFloatValue writeIntValue writeTextArgument

	Client.at Client.notified
	codec.anyRef codec.atMost codec.models codec.optAny codec.optBool codec.optBytes codec.optDate codec.optDecimal
	codec.optDuration codec.optModel codec.optString codec.optTime codec.optTimeOfDay codec.raw codec.ref codec.string codec.strings
	jsonReader.bool jsonReader.bytes jsonReader.date jsonReader.decimal jsonReader.duration jsonReader.null jsonReader.object
	jsonReader.raw jsonReader.string jsonReader.time jsonReader.timeOfDay
	jsonWriter.boolValue jsonWriter.bytesValue jsonWriter.dateValue jsonWriter.decimalValue jsonWriter.durationValue
	jsonWriter.rawValue jsonWriter.stringValue jsonWriter.timeOfDayValue jsonWriter.timeValue
	query.string
	resource.add resource.byAlternateKey resource.byKey resource.byKeyInParens resource.byPath resource.byTemplate resource.call
	resource.closed resource.needsHeaders resource.needsOptions resource.needsQuery resource.paced resource.sending
	resource.sendingText resource.with resource.withTarget

	keyArg.* longestLife.* notifiedPath.* overload.* rest.* service.* subscriptionKind.* uploadState.*
`)

// spoken are methods by which the runtime speaks with types of the packages, or the packages' functions with its types: T.name for
// every method of that name and signature.
var spoken = strings.Fields(`
	Step.inBatch RetryPolicy.policy
	abstract.abstract derived.derived keyed.key model.properties model.rest polymorphic.resolve querier.query
	subscriptionModel.expire subscriptionModel.life uploadSession.uploadState
`)

// mark begins what is exported for packages alone. Names in X are the last in an index.
const mark = "X"

// table gives out the names.
type table struct {
	pkg *types.Package
	// spoken are the methods' signatures by their names.
	spoken map[string]*types.Signature
	// owner are the names of the types that fields are of.
	owner map[*types.Var]string
}

// newTable is the table for a package that has the runtime in it, or is it.
func newTable(pkg *types.Package) *table {
	t := &table{pkg: pkg, spoken: map[string]*types.Signature{}, owner: map[*types.Var]string{}}
	for _, entry := range spoken {
		owner, name, _ := strings.Cut(entry, ".")
		if object := pkg.Scope().Lookup(owner); object != nil { // some packages lack parts of the runtime
			method, _, _ := types.LookupFieldOrMethod(types.NewPointer(object.Type()), false, pkg, name)
			if types.IsInterface(object.Type()) {
				method, _, _ = types.LookupFieldOrMethod(object.Type(), false, pkg, name)
			}
			if f, ok := method.(*types.Func); ok {
				t.spoken[name] = f.Signature()
			}
		}
	}
	for _, name := range pkg.Scope().Names() {
		if object, ok := pkg.Scope().Lookup(name).(*types.TypeName); ok && !object.IsAlias() {
			if s, ok := object.Type().Underlying().(*types.Struct); ok {
				for i := range s.NumFields() {
					t.owner[s.Field(i)] = name
				}
			}
		}
	}
	return t
}

// name is what an object of the runtime is called where packages share it, "" if as ever.
func (t *table) name(object types.Object) string {
	if object == nil || object.Pkg() != t.pkg {
		return ""
	}
	switch o := object.(type) {
	case *types.Func:
		if o.Signature().Recv() != nil {
			return t.method(o.Origin())
		}
	case *types.Var:
		if o.IsField() {
			return t.field(o.Origin())
		}
	}
	if object.Parent() != t.pkg.Scope() {
		return ""
	}
	return t.outer(object.Name())
}

// outer is name for what is declared by the package itself.
func (t *table) outer(name string) string {
	if !slices.Contains(exported, name) {
		return ""
	}
	return mark + capital(name)
}

func (t *table) method(f *types.Func) string {
	if s := t.spoken[f.Name()]; s != nil && types.Identical(s, f.Signature()) {
		return mark + capital(f.Name())
	}
	return t.member(receiver(f), f.Name())
}

func (t *table) field(f *types.Var) string {
	if f.Embedded() {
		return t.outer(f.Name())
	}
	return t.member(t.owner[f], f.Name())
}

// member is the name of what a type has: marked unless that of the type is.
func (t *table) member(owner, name string) string {
	isListed := slices.Contains(exported, owner+"."+name) || t.isField(owner, name) && slices.Contains(exported, owner+".*")
	switch {
	case !isListed:
		return ""
	case slices.Contains(exported, owner):
		return capital(name)
	}
	return mark + capital(name)
}

func (t *table) isField(owner, name string) bool {
	object := t.pkg.Scope().Lookup(owner)
	if object == nil {
		return false
	}
	s, ok := object.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range s.NumFields() {
		if s.Field(i).Name() == name {
			return true
		}
	}
	return false
}

// receiver is the name of the type that has a method, "" for that of an interface without a name.
func receiver(f *types.Func) string {
	t := types.Unalias(f.Signature().Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// capital is a name with a capital in front, as Go writes it.
func capital(name string) string {
	for _, initialism := range [][2]string{{"json", "JSON"}, {"odata", "OData"}} {
		if rest, ok := strings.CutPrefix(name, initialism[0]); ok {
			return initialism[1] + rest
		}
	}
	first, size := utf8.DecodeRuneInString(name)
	if name == "etag" {
		return "ETag"
	}
	return string(unicode.ToUpper(first)) + name[size:]
}
