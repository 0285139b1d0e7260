package openapi

import (
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v4"
)

// assemble makes the one document that is converted: the operations selected and the components reached.
//
// Its values are built straight from the nodes, by builder: kin-openapi itself reads text, or nodes into everything that OpenAPI knows,
// which takes several times as long as all that is built here. Pieces have nothing to do with each other, and are built at the same
// time.
func assemble(src *merged, selected []selectedOperation, refs *resolver) *openapi3.T {
	doc := &openapi3.T{OpenAPI: "3.0.3", Info: &openapi3.Info{}, Components: &openapi3.Components{}, Paths: openapi3.NewPaths()}
	b := &builder{refs: refs}
	var work pieces
	b.schemas = components[openapi3.Schema](&work, src, refs, "schemas", b.fillSchema)
	b.parameters = components[openapi3.Parameter](&work, src, refs, "parameters", b.fillParameter)
	b.responses = components[openapi3.Response](&work, src, refs, "responses", b.fillResponse)
	b.requestBodies = components[openapi3.RequestBody](&work, src, refs, "requestBodies", b.fillRequestBody)
	for _, op := range selected {
		item := doc.Paths.Value(op.path)
		if item == nil {
			item = &openapi3.PathItem{}
			doc.Paths.Set(op.path, item)
		}
		operation := &openapi3.Operation{}
		item.SetOperation(strings.ToUpper(op.method), operation)
		work = append(work, func() { b.fillOperation(operation, op) })
	}
	work.do()
	doc.Components.Schemas = make(openapi3.Schemas, len(b.schemas))
	for name, schema := range b.schemas {
		doc.Components.Schemas[name] = &openapi3.SchemaRef{Value: schema}
	}
	return doc
}

// components are the components of a section that are reached, by name. Each is there at once, for references, and filled as a piece
// of work. One that is a reference to another is the other.
func components[T any](work *pieces, src *merged, refs *resolver, section string, fill func(*T, sourceValue)) map[string]*T {
	all := make(map[string]*T, len(refs.reached[section]))
	get := func(name string) *T {
		if all[name] == nil {
			all[name] = new(T)
		}
		return all[name]
	}
	for _, name := range slices.Sorted(maps.Keys(refs.reached[section])) {
		at, other := refs.end(src.sections[section][name])
		if other != "" {
			all[name] = get(other)
			continue
		}
		component := get(name)
		*work = append(*work, func() { fill(component, at) })
	}
	return all
}

// end follows references to the value that p is in the end, and the last component on the way to it; "" if there is none.
func (r *resolver) end(p sourceValue) (sourceValue, string) {
	name := ""
	for node := refNode(p.node); node != nil; node = refNode(p.node) {
		t, ok := r.targets[node]
		if !ok {
			break
		}
		p = t.sourceValue
		if !t.inline {
			name = t.name()
		}
	}
	return p, name
}

// pieces are parts of a document that have nothing to do with each other.
type pieces []func()

// do builds the pieces, as many at a time as there are processors.
func (p pieces) do() {
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(p))
	faults := make([]error, workers)
	for worker := range workers {
		wait.Go(func() {
			defer func() {
				if fault := recover(); fault != nil { // Load turns it into a diagnostic, but only where it runs itself
					faults[worker] = fmt.Errorf("%v\n%s", fault, debug.Stack())
				}
			}()
			for i := worker; i < len(p); i += workers {
				p[i]()
			}
		})
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			panic(err)
		}
	}
}

// builder makes kin-openapi's values of nodes, with the fields that convert asks for. All others, and what kin-openapi does not keep,
// are read from the nodes.
type builder struct {
	refs          *resolver
	schemas       map[string]*openapi3.Schema
	parameters    map[string]*openapi3.Parameter
	responses     map[string]*openapi3.Response
	requestBodies map[string]*openapi3.RequestBody
}

// built is the value at p: a component if references lead to one, else one of its own.
func built[T any](b *builder, p sourceValue, components map[string]*T, fill func(*T, sourceValue)) *T {
	at, name := b.refs.end(p)
	if name != "" {
		return components[name]
	}
	value := new(T)
	fill(value, at)
	return value
}

// fillOperation fills an operation, with the parameters of its path item.
func (b *builder) fillOperation(operation *openapi3.Operation, op selectedOperation) {
	for _, p := range op.parameters {
		operation.Parameters = append(operation.Parameters, &openapi3.ParameterRef{Value: built(b, p, b.parameters, b.fillParameter)})
	}
	for key, field := range op.fields(operationKind) {
		switch key {
		case "operationId":
			operation.OperationID = field.text()
		case "summary":
			operation.Summary = field.text()
		case "description":
			operation.Description = field.text()
		case "requestBody":
			operation.RequestBody = &openapi3.RequestBodyRef{Value: built(b, field, b.requestBodies, b.fillRequestBody)}
		case "responses":
			operation.Responses = openapi3.NewResponsesWithCapacity(len(field.node.Content) / 2)
			for status, response := range field.fields(responseMap) {
				operation.Responses.Set(status, &openapi3.ResponseRef{Value: built(b, response, b.responses, b.fillResponse)})
			}
		}
	}
}

func (b *builder) fillParameter(parameter *openapi3.Parameter, p sourceValue) {
	for key, field := range p.fields(parameterKind) {
		switch key {
		case "name":
			parameter.Name = field.text()
		case "in":
			parameter.In = field.text()
		case "description":
			parameter.Description = field.text()
		case "required":
			parameter.Required = field.isTrue()
		case "schema":
			parameter.Schema = b.schema(field)
		case "content":
			parameter.Content = b.content(field)
		}
	}
}

func (b *builder) fillRequestBody(body *openapi3.RequestBody, p sourceValue) {
	body.Required = p.child("required").isTrue()
	body.Content = b.content(p.child("content"))
}

func (b *builder) fillResponse(response *openapi3.Response, p sourceValue) {
	response.Content = b.content(p.child("content"))
}

// content are the media types of a body.
func (b *builder) content(p sourceValue) openapi3.Content {
	content := openapi3.Content{}
	for mediaType, body := range p.fields(contentMap) {
		content[mediaType] = &openapi3.MediaType{}
		if schema := body.child("schema"); schema.exists() {
			content[mediaType].Schema = b.schema(schema)
		}
	}
	return content
}

func (b *builder) schema(p sourceValue) *openapi3.SchemaRef {
	return &openapi3.SchemaRef{Value: built(b, p, b.schemas, b.fillSchema)}
}

func (b *builder) fillSchema(schema *openapi3.Schema, p sourceValue) {
	for key, field := range p.fields(schemaKind) {
		switch key {
		case "type":
			schema.Type = &openapi3.Types{field.text()}
		case "format":
			schema.Format = field.text()
		case "title":
			schema.Title = field.text()
		case "description":
			schema.Description = field.text()
		case "nullable":
			schema.Nullable = field.isTrue()
		case "enum":
			for _, value := range field.items() {
				schema.Enum = append(schema.Enum, value.text())
			}
		case "items":
			schema.Items = b.schema(field)
		case "maxItems":
			schema.MaxItems = field.number()
		case "additionalProperties":
			schema.AdditionalProperties.Schema = b.schema(field)
		case "properties":
			schema.Properties = make(openapi3.Schemas, len(field.node.Content)/2)
			for name, property := range field.fields(schemaMap) {
				schema.Properties[name] = b.schema(property)
			}
		case "required":
			schema.Required = field.texts()
		case "allOf":
			schema.AllOf = b.schemaList(field)
		case "anyOf":
			schema.AnyOf = b.schemaList(field)
		case "oneOf":
			schema.OneOf = b.schemaList(field)
		case "discriminator":
			schema.Discriminator = &openapi3.Discriminator{PropertyName: field.child("propertyName").text()}
		}
	}
}

func (b *builder) schemaList(p sourceValue) openapi3.SchemaRefs {
	var list openapi3.SchemaRefs
	for _, item := range p.items() {
		list = append(list, b.schema(item))
	}
	return list
}

// fields are the fields of an object of kind k that are read, in the order of the file.
func (p sourceValue) fields(k kind) func(yield func(string, sourceValue) bool) {
	return func(yield func(string, sourceValue) bool) {
		if p.node == nil || p.node.Kind != yaml.MappingNode {
			return
		}
		above := p
		for i := 0; i+1 < len(p.node.Content); i += 2 {
			key := p.node.Content[i].Value
			if _, ok := fieldKind(k, key, p.node.Content[i+1]); ok && !yield(key, p.entry(&above, i)) {
				return
			}
		}
	}
}
