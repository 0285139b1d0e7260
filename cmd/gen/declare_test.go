package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// agents is a slice of users. What is abstract says so, and derived adds a type below user.
func agents(abstract, polymorphic string, derived bool) string {
	below, mapping := "", ""
	if derived {
		mapping = "\n      discriminator: {propertyName: '@odata.type', mapping: {'#micro.agentUser': '#/components/schemas/micro.agentUser'}}"
		below = `
    micro.agentUser:
      allOf: [{$ref: '#/components/schemas/micro.user'}, {title: agentUser, type: object, properties: {parentId: {type: string}}}]`
	}
	return `openapi: 3.0.3
info: {title: Users, version: v1.0}
servers: [{url: 'https://users.example/v1.0'}]
paths:
  /users/{user-id}:
    get:
      parameters: [{name: user-id, in: path, required: true, schema: {type: string}}]
      responses: {2XX: {description: A user., content: {application/json: {schema: {$ref: '#/components/schemas/micro.user'}}}}}
components:
  schemas:
    micro.user:
      title: user
      type: object
      properties: {id: {type: string}, '@odata.type': {type: string}}` + mapping + abstract + polymorphic + below + "\n"
}

// TestDeclaredAsBefore: neither the first type that derives from another nor one that becomes abstract changes what the other's
// values are declared as in a package that is there already, unless the input says so.
func TestDeclaredAsBefore(t *testing.T) {
	const isAbstract, asked, refused = "\n      x-graphslice-abstract: true", "\n      x-graphslice-polymorphic: true", "\n      x-graphslice-polymorphic: false"
	const pointer, iface = "(*MicroUser, error)", "(AnyMicroUser, error)"
	for name, test := range map[string]struct {
		first, then     string
		before, after   string
		anewInsteadThen string // "" if it is after
	}{
		"the first derived type":      {first: agents("", "", false), then: agents("", "", true), before: pointer, after: pointer},
		"abstract now":                {first: agents("", "", true), then: agents(isAbstract, "", true), before: pointer, after: pointer, anewInsteadThen: iface},
		"not abstract any more":       {first: agents(isAbstract, "", true), then: agents("", "", true), before: iface, after: iface, anewInsteadThen: pointer},
		"abstract without any below":  {first: agents(isAbstract, "", false), then: agents(isAbstract, "", true), before: iface, after: iface},
		"an interface, as was said":   {first: agents("", "", true), then: agents("", asked, true), before: pointer, after: iface},
		"a pointer, as was said":      {first: agents(isAbstract, "", true), then: agents(isAbstract, refused, true), before: iface, after: pointer},
		"what was said does not last": {first: agents("", asked, true), then: agents("", "", true), before: iface, after: iface, anewInsteadThen: pointer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			declared := func(spec string, args ...string) string {
				if err := os.WriteFile("spec.yaml", []byte(spec), 0o666); err != nil {
					t.Fatal(err)
				}
				mustGen(t, append([]string{"--spec", "spec.yaml", "--package", "users"}, args...)...)
				code, err := os.ReadFile(filepath.Join(args[1], "users_requests.go"))
				if err != nil {
					t.Fatal(err)
				}
				for _, result := range []string{pointer, iface} {
					if strings.Contains(string(code), result) {
						return result
					}
				}
				return string(code)
			}
			if got := declared(test.first, "--out", "out"); got != test.before {
				t.Errorf("at first %s, want %s", got, test.before)
			}
			if got := declared(test.then, "--out", "out"); got != test.after {
				t.Errorf("then %s, want %s", got, test.after)
			}
			if got, want := declared(test.then, "--out", "anew"), test.anewInsteadThen; got != want && (want != "" || got != test.after) {
				t.Errorf("anew %s, want %s", got, want)
			}
		})
	}
}

// TestDeclaredByOverride: an override decides, whatever the slice and the lock say.
func TestDeclaredByOverride(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"spec.yaml": agents("", "", true), "o.yaml": "types: {micro.user: {polymorphic: true}}\n"} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	mustGen(t, "--spec", "spec.yaml", "--out", "out", "--package", "users")
	mustGen(t, "--spec", "spec.yaml", "--out", "out", "--package", "users", "--overrides", "o.yaml")
	code, err := os.ReadFile(filepath.Join("out", "users_requests.go"))
	if err != nil || !strings.Contains(string(code), "(AnyMicroUser, error)") {
		t.Errorf("%v\n%s", err, code)
	}
}
