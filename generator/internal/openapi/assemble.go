package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// assemble makes the one document that is converted: the operations selected and the components reached.
//
// kin-openapi reads each of them by itself. It reads an object as often as it is nested, so that the document as one
// text would be read several times more; and pieces can be read at the same time.
func assemble(src *merged, selected []selectedOperation, refs *resolver) *openapi3.T {
	doc := &openapi3.T{OpenAPI: "3.0.3", Info: &openapi3.Info{}, Components: &openapi3.Components{}, Paths: openapi3.NewPaths()}
	var work pieces
	for _, op := range selected {
		item := doc.Paths.Value(op.path)
		if item == nil {
			item = &openapi3.PathItem{}
			doc.Paths.Set(op.path, item)
		}
		operation := &openapi3.Operation{}
		item.SetOperation(strings.ToUpper(op.method), operation)
		work.add(operation, func(b []byte) []byte { return appendOperation(b, op, refs) })
	}
	doc.Components.Schemas = components[openapi3.SchemaRef](&work, src, refs, "schemas")
	doc.Components.Parameters = components[openapi3.ParameterRef](&work, src, refs, "parameters")
	doc.Components.Responses = components[openapi3.ResponseRef](&work, src, refs, "responses")
	doc.Components.RequestBodies = components[openapi3.RequestBodyRef](&work, src, refs, "requestBodies")
	work.read()
	if err := openapi3.NewLoader().ResolveRefsIn(doc, nil); err != nil {
		panic(unreadable(err))
	}
	return doc
}

// components adds the components of a section that are reached.
func components[T any](work *pieces, src *merged, refs *resolver, section string) map[string]*T {
	all := make(map[string]*T, len(refs.reached[section]))
	for _, name := range slices.Sorted(maps.Keys(refs.reached[section])) {
		component := new(T)
		all[name] = component
		work.add(component, func(b []byte) []byte {
			return appendJSON(b, src.sections[section][name], sectionKinds[section], refs)
		})
	}
	return all
}

// piece is a part of the document: what it is read into, and what writes it as JSON.
type piece struct {
	into  any
	write func([]byte) []byte
}

// pieces are parts that have nothing to do with each other.
type pieces []piece

func (p *pieces) add(into any, write func([]byte) []byte) { *p = append(*p, piece{into, write}) }

// read reads the pieces, as many at a time as there are processors.
func (p pieces) read() {
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
			var text []byte
			for i := worker; i < len(p) && faults[worker] == nil; i += workers {
				text = p[i].write(text[:0])
				faults[worker] = json.Unmarshal(text, p[i].into)
			}
		})
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			panic(unreadable(err))
		}
	}
}

// unreadable is the fault that remains where kin-openapi fails: what it cannot read has been reported by the steps before.
func unreadable(err error) string { return fmt.Sprintf("kin-openapi: %v", err) }

// appendOperation writes an operation with the parameters of its path item.
func appendOperation(b []byte, op selectedOperation, refs *resolver) []byte {
	b = append(b, `{"parameters":[`...)
	for i, p := range op.parameters {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, p, parameterKind, refs)
	}
	b = append(b, ']')
	for _, child := range op.entries() {
		childKind, ok := fieldKind(operationKind, child.name(), child.node)
		if ok && child.name() != "parameters" && !strings.HasPrefix(child.name(), "x-") {
			b = append(appendText(append(b, ','), child.name()), ':')
			b = appendJSON(b, child, childKind, refs)
		}
	}
	return append(b, '}')
}
