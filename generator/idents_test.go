package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/overrides"
)

var shorthand = strings.NewReplacer(
	"ONE(", "responses: {2XX: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.",
	")ONE", "'}}}}}",
	"MANY(", "responses: {2XX: {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.",
	")MANY", "'}}}}}}}}",
	"REF(", "{$ref: '#/components/schemas/microsoft.graph.", ")REF", "'}",
	"PATH(", "{in: path, required: true, schema: {type: string}, name: ", "QUERY(", "{in: query, schema: {type: string}, name: ", ")P", "}",
	"THING", "{type: object, properties: {id: {type: string}}}",
)

// specOf is a slice of paths and schemas, in shorthand, one a line.
func specOf(paths, schemas []string) string {
	var b strings.Builder
	b.WriteString("openapi: 3.0.3\ninfo: {title: t, version: v1.0}\nservers: [{url: https://graph.microsoft.com/v1.0}]\npaths:\n")
	for _, line := range paths {
		b.WriteString("  " + shorthand.Replace(line) + "\n")
	}
	b.WriteString("components:\n  schemas:\n")
	for _, line := range schemas {
		b.WriteString("    microsoft.graph." + shorthand.Replace(line) + "\n")
	}
	return b.String()
}

var (
	chats = "/chats: {get: {MANY(chat)MANY}}"
	chat  = "chat: {type: object, properties: {id: {type: string}, topic: {type: string}}}"
	// A base, declared by a property, of which the metadata says that it is one of several, and one derived from it.
	polymorphic = []string{chat + " # of no matter", "part: {type: object, x-graphslice-polymorphic: true, x-graphslice-abstract: true, properties: {'@odata.type': {type: string}}, " +
		"discriminator: {propertyName: '@odata.type', mapping: {'#microsoft.graph.leaf': '#/components/schemas/microsoft.graph.leaf'}}}"}
)

// clashes are slices in which something gets the identifier of something else, by what is derived for a package beside the names that
// stand in the slice. Where the rules tell the two apart, want is "".
var clashes = map[string]struct {
	paths, schemas []string
	overrides      string
	want           string
}{
	"a type, the options of a path": {
		[]string{"/chats: {get: {parameters: [QUERY(from)P], MANY(chatsListOptions)MANY}}"}, []string{"chatsListOptions: THING"}, "",
		"the options of path /chats and type microsoft.graph.chatsListOptions both become the Go name ChatsListOptions"},
	"a type, the constant of a property": {
		[]string{chats, "/others: {get: {MANY(chatPropertyTopic)MANY}}"}, []string{chat, "chatPropertyTopic: THING"}, "",
		"the constant of property topic of type microsoft.graph.chat and type microsoft.graph.chatPropertyTopic both become"},
	"a type, a bind helper": {
		[]string{chats, "/binds: {get: {MANY(bindChat)MANY}}"},
		[]string{"chat: {type: object, x-graphslice-entity-set: chats, properties: {id: {type: string}}}", "bindChat: THING"}, "",
		"the bind helper of type microsoft.graph.chat and type microsoft.graph.bindChat both become the Go name BindChat"},
	"the bind helpers of a type and of a property": {
		[]string{"/teams: {get: {MANY(team)MANY}}", "/others: {get: {MANY(teamTemplate)MANY}}"},
		[]string{"team: {type: object, properties: {id: {type: string}, template: {allOf: [REF(teamTemplate)REF], x-ms-navigationProperty: true, x-graphslice-entity-set: sets}}}",
			"teamTemplate: {type: object, x-graphslice-entity-set: teamTemplates, properties: {id: {type: string}}}"}, "",
		"the bind helper of type microsoft.graph.teamTemplate and the bind helper of property template of type microsoft.graph.team both become"},
	"a type, a builder": {
		[]string{"/chats: {get: {MANY(chatsRequests)MANY}}"}, []string{"chatsRequests: THING"}, "",
		"path /chats and type microsoft.graph.chatsRequests both become the Go name ChatsRequests"},
	"a type, the interface of a base": {
		[]string{"/parts: {get: {MANY(part)MANY}}", "/others: {get: {MANY(anyPart)MANY}}"},
		append(polymorphic, "leaf: {allOf: [REF(part)REF, {type: object}]}", "anyPart: THING"), "",
		"the interface of type microsoft.graph.part and type microsoft.graph.anyPart both become the Go name AnyPart"},
	"a field, the method for a base": {
		[]string{"/parts: {get: {MANY(part)MANY}}"},
		append(polymorphic, "leaf: {allOf: [REF(part)REF, {type: object, properties: {getPart: {type: string}}}]}"), "",
		"the method of type microsoft.graph.part and property getPart of type microsoft.graph.leaf both become the Go name GetPart"},
	"a field, the method for the time": {
		[]string{"/chats: {get: {MANY(when)MANY}}"},
		[]string{"when: {type: object, x-graphslice-local-time: {dateTime: d, zone: z}, properties: {d: {type: string}, z: {type: string}, time: {type: string}}}"}, "",
		"the method for the time of type microsoft.graph.when and property time of type microsoft.graph.when both become the Go name Time"},
	"a type, a constructor": {
		[]string{"/chats: {get: {MANY(when)MANY}}", "/others: {get: {MANY(newWhen)MANY}}"},
		[]string{"when: {type: object, x-graphslice-local-time: {dateTime: d, zone: z}, properties: {d: {type: string}, z: {type: string}}}", "newWhen: THING"}, "",
		"the constructor of type microsoft.graph.when and type microsoft.graph.newWhen both become the Go name NewWhen"},
	"two members after casing": {
		[]string{chats}, []string{"chat: {type: object, properties: {id: {type: string}, kind: REF(kind)REF}}", "kind: {type: string, enum: [a-b, aB]}"}, "",
		"member a-b of enum microsoft.graph.kind and member aB of enum microsoft.graph.kind both become the Go name KindAB"},
	"a member, a type": {
		[]string{chats, "/others: {get: {MANY(kindPair)MANY}}"},
		[]string{"chat: {type: object, properties: {id: {type: string}, kind: REF(kind)REF}}", "kind: {type: string, enum: [pair]}", "kindPair: THING"}, "",
		"type microsoft.graph.kindPair and member pair of enum microsoft.graph.kind both become the Go name KindPair"},
	"a well-known value, a type": {
		[]string{chats, "/others: {get: {MANY(roleOwner)MANY}}"},
		[]string{"chat: {type: object, properties: {id: {type: string}, role: {type: string, x-ms-enum: {name: role, modelAsString: true, values: [{value: owner}]}}}}", "roleOwner: THING"}, "",
		"type microsoft.graph.roleOwner and value owner of role both become the Go name RoleOwner"},
	"an operation, the iterator of a list": {
		[]string{"/chats: {get: {MANY(chat)MANY}, post: {ONE(chat)ONE}}"}, []string{chat}, "operations: {POST /chats: {rename: All}}",
		"the iterator of GET /chats and POST /chats both become the Go name All"},
	"a function, the method for the links of another": {
		[]string{"/chats/delta(): {get: {MANY(chat)MANY}}", "/chats/deltaFrom(): {get: {ONE(chat)ONE}}"}, []string{chat}, "",
		"the method for the links of function delta of /chats and function deltaFrom of /chats both become the Go name DeltaFrom"},
	"a function, the way to a path": {
		[]string{"/chats: {get: {MANY(chat)MANY}}", "/chats/pins: {get: {MANY(chat)MANY}}", "/chats/pins(): {get: {ONE(chat)ONE}}"}, []string{chat}, "",
		"path /chats/pins and function pins of /chats both become the Go name Pins"},
	"functions of the client and a root": {
		[]string{"/pins: {get: {MANY(chat)MANY}}", "/pins(): {get: {ONE(chat)ONE}}"}, []string{chat}, "",
		"path /pins and function pins both become the Go name Pins"},
	"two arguments of one name in the forms of a function": {
		[]string{"/chats/get(period='{period}'): {get: {parameters: [PATH(period)P], ONE(chat)ONE}}",
			"/chats/get(period='{p}',top='{top}'): {get: {parameters: [PATH(p)P, PATH(top)P], ONE(chat)ONE}}"}, []string{chat}, "",
		"both become the Go name Period"},
	"an argument, a parameter": {
		[]string{"/chats/get(period='{period}'): {get: {parameters: [PATH(period)P, QUERY(period)P], ONE(chat)ONE}}"}, []string{chat}, "",
		"argument {period} of function get of /chats and parameter period both become the Go name Period"},
	"an argument, the embedded options": {
		[]string{"/chats/get(listOptions='{o}'): {get: {parameters: [PATH(o)P], MANY(chat)MANY}}"}, []string{chat}, "", ""},
	"a parameter, the embedded options": {
		[]string{"/chats: {get: {parameters: [QUERY(listOptions)P, QUERY(from)P], MANY(chat)MANY}}"}, []string{chat}, "parameters: {\"GET /chats?from\": {rename: ListOptions}}",
		"the embedded ListOptions and parameter from both become the Go name ListOptions"},
	"two types, the reader of one": {
		[]string{"/a: {get: {MANY(int)MANY}}", "/b: {get: {MANY(intModel)MANY}}"}, []string{"int: THING", "intModel: THING"}, "",
		"the reader of type microsoft.graph.int and the reader of type microsoft.graph.intModel both become the Go name readIntModel"},
	"types as functions of the runtime": {
		[]string{"/a: {get: {MANY(some)MANY}}", "/b: {get: {MANY(newClient)MANY}}", "/c: {get: {MANY(error)MANY}}"},
		[]string{"some: THING", "newClient: THING", "error: THING"}, "", ""},
	"types as functions of the package": {
		[]string{"/a: {get: {x-graphslice-application-permissions: [A.B], MANY(applicationScopes)MANY}}", "/b: {get: {MANY(upload)MANY}}"},
		[]string{"applicationScopes: THING", "upload: THING"}, "", ""},
	"properties as fields and methods of every type": {
		[]string{chats}, []string{"chat: {type: object, properties: {id: {type: string}, eTag: {type: string}, marshalJSON: {type: string}, additionalProperties: {type: string}, key: {type: string}, rest: {type: string}}}"}, "", ""},
	"forms of a function that are called apart": {
		[]string{"/chats/get(a='{a}'): {get: {parameters: [PATH(a)P, QUERY(x)P], ONE(chat)ONE}}", "/chats/get(b='{b}'): {get: {parameters: [PATH(b)P, QUERY(y)P], ONE(chat)ONE}}"},
		[]string{chat}, "operations: {\"GET /chats/get(b='{b}')\": {rename: GetByB}}", ""},
}

// What collides, in whatever is derived, is told at its place, with an override that helps as it stands.
func TestClashes(t *testing.T) {
	for name, test := range clashes {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			spec, own, file := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "own.yaml"), filepath.Join(dir, "overrides.yaml")
			write(t, spec, specOf(test.paths, test.schemas))
			cfg := generator.Config{Specs: []string{spec}, Package: "graph", Version: "1"}
			if test.overrides != "" {
				write(t, own, test.overrides+"\n")
				cfg.Overrides = []string{own}
			}
			result := generate(t, cfg)
			if test.want == "" {
				if len(result.Diagnostics) > 0 {
					t.Fatal(result.Diagnostics)
				}
				checkDeclared(t, cfg, result)
				return
			}
			var found []diag.Override
			for _, d := range result.Diagnostics {
				if d.Code != "name-collision" || !strings.Contains(d.Message, test.want) || d.Pos.Line == 0 || d.Override == nil {
					t.Fatalf("%s; want a place, an override and: %s", d, test.want)
				}
				found = append(found, *d.Override)
			}
			if len(found) == 0 {
				t.Fatal("no collision")
			}
			text, err := overrides.Add(file, found)
			if err != nil {
				t.Fatal(err)
			}
			write(t, file, string(text))
			cfg.Overrides = append(cfg.Overrides, file)
			if result = generate(t, cfg); len(result.Diagnostics) > 0 {
				t.Fatalf("with\n%s%s", text, result.Diagnostics)
			}
			checkDeclared(t, cfg, result)
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func generate(t *testing.T, cfg generator.Config) *generator.Result {
	t.Helper()
	result, err := generator.Generate(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// checkDeclared parses a package and asks names for every identifier that stands in it beside the runtime: package-level ones, fields and
// methods.
func checkDeclared(t *testing.T, cfg generator.Config, result *generator.Result) {
	t.Helper()
	contents, diags, err := generator.Read(t.Context(), cfg)
	if err != nil || contents == nil {
		t.Fatal(err, diags)
	}
	declared := contents.Names.Declared()
	runtime, err := gosource.RuntimeFiles(cfg.Package)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range result.Files {
		if slices.ContainsFunc(runtime, func(r generator.File) bool { return r.Name == f.Name }) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range declaredIn(file) {
			n++
			if in, name := id[0], id[1]; !declared[in][name] {
				t.Errorf("%s: %s has no entry in names (in %q)", f.Name, name, in)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d identifiers were looked at", n)
	}
}

// declaredIn are the identifiers that a file declares, each with the type that it is in, or "".
func declaredIn(file *ast.File) [][2]string {
	var found [][2]string
	add := func(in string, names ...*ast.Ident) {
		for _, name := range names {
			if name.Name != "_" {
				found = append(found, [2]string{in, name.Name})
			}
		}
	}
	fields := func(in string, list *ast.FieldList) {
		for _, f := range list.List {
			add(in, f.Names...)
			if id, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 && id.IsExported() { // embedded
				add(in, id)
			}
		}
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			in := ""
			if decl.Recv != nil {
				receiver := decl.Recv.List[0].Type
				if star, ok := receiver.(*ast.StarExpr); ok {
					receiver = star.X
				}
				in = receiver.(*ast.Ident).Name
			}
			add(in, decl.Name)
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					add("", spec.Names...)
				case *ast.TypeSpec:
					add("", spec.Name)
					switch of := spec.Type.(type) {
					case *ast.StructType:
						fields(spec.Name.Name, of.Fields)
					case *ast.InterfaceType:
						fields(spec.Name.Name, of.Methods)
					}
				}
			}
		}
	}
	return found
}

// The golden slices have a bit of everything that is emitted: all of it has an entry in names.
func TestEverythingHasAnEntry(t *testing.T) {
	for _, dir := range []string{"derived-values", "local-time", "upload", "permissions", "function", "delta", "flags", "integer-enums", "constants", "inline-objects",
		"keys-in-parentheses", "path-arguments", "ugly-names", "ugly-types", "ref", "pageable", "navigation", "derived-key", "singleton", "maps", "raw-bodies", "notifications"} {
		t.Run(dir, func(t *testing.T) {
			cfg := goldenConfig(t, dir)
			result := generate(t, cfg)
			if result.Diagnostics.HasErrors() {
				t.Fatal(result.Diagnostics)
			}
			checkDeclared(t, cfg, result)
		})
	}
}

// Nothing in emit declares anything but by the functions that take what names gives out.
func TestOnlyIdentsAreDeclared(t *testing.T) {
	files, err := filepath.Glob("internal/emit/*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	// Methods of jennifer's statements by which a declaration begins, and what has members with names.
	declares := regexp.MustCompile(`\.(Type|Func|Const|Var|Struct|StructFunc|Interface|InterfaceFunc|Defs|DefsFunc)\(`)
	for _, name := range files {
		if name == filepath.Join("internal", "emit", "declare.go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := declares.FindString(line); m != "" && !strings.HasPrefix(strings.TrimSpace(line), "//") {
				t.Errorf("%s:%d: %s is for declare.go", name, i+1, m)
			}
		}
	}
}
