package graph

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

const errNilBody = constError("the body is nil")

// modelBody encodes a struct as a body; nil is an error, for null is no body that a service takes.
//
//go:noinline
func modelBody(v model) encoder { return anyBody(v, declaredSame) }

// optionalBody is modelBody for parameters of which all may be absent: nil sends no body.
//
//go:noinline
func optionalBody(v model) encoder {
	if isNil(v) {
		return nil
	}
	return modelBody(v)
}

// anyBody encodes a value that is declared with a polymorphic type. It says what it is unless it is exactly that.
//
//go:noinline
func anyBody(v model, declared string) encoder {
	return func(w *jsonWriter) {
		if isNil(v) {
			w.fail(errNilBody.Error())
			return
		}
		w.object(v, declared)
	}
}

// valueBody encodes what is no struct of this package: a primitive, a list, or JSON as it is.
func valueBody(v any) encoder {
	return func(w *jsonWriter) {
		data, err := json.Marshal(v)
		if err != nil {
			w.fail(err.Error())
			return
		}
		w.buf = append(w.buf, data...)
	}
}

// with adds query parameters to a request that has no other place for them.
func (r *resource) with(q query) *resource {
	next := r.copied()
	next.query = append(slices.Clip(next.query), q.pairs...)
	if q.err != nil {
		return next.fail(q.err)
	}
	return next
}

// None is the value of a Result that has none.
type None struct{}

func readNone(r *jsonReader) None {
	r.skip()
	return None{}
}

// sendForValue sends a body to an action that answers with a primitive. It is the zero value if the service answers
// without a body, as some do with 204.
func sendForValue[T any](
	ctx context.Context, r *resource, method string, body encoder, decode func(*jsonReader) T, opts []CallOption,
) (T, error) {
	a, err := r.submit(ctx, method, body, opts)
	if err != nil {
		var none T
		return none, err
	}
	if a.isEmpty() {
		var none T
		return none, nil
	}
	return decodeAnswer(a.unwrapped(), decode)
}

// sendForText sends a body to an action that answers with text of any media type.
func sendForText(ctx context.Context, r *resource, method string, body encoder, opts []CallOption) (string, error) {
	a, err := r.submit(ctx, method, body, opts)
	if err != nil {
		return "", err
	}
	return string(a.body), nil
}

// sendForStream sends a body to an action that answers with raw content, which the caller closes.
func sendForStream(
	ctx context.Context, r *resource, method string, body encoder, opts []CallOption,
) (io.ReadCloser, error) {
	x, err := r.exchange(method, query{}, opts)
	if err != nil {
		return nil, err
	}
	if err := x.encodeBody(r.client, body); err != nil {
		return nil, err
	}
	return r.client.stream(ctx, x)
}

// hasFlags reports whether every flag of flags is in v; both are comma-separated.
func hasFlags[T ~string](v, flags T) bool {
	set := splitFlags(string(v))
	for _, flag := range splitFlags(string(flags)) {
		if !slices.Contains(set, flag) {
			return false
		}
	}
	return true
}

// isKnown reports whether v is one of known.
//
//go:noinline
func isKnown(v string, known []string) bool { return slices.Contains(known, v) }

// knownFlags reports whether every flag of v is one of known.
//
//go:noinline
func knownFlags(v string, known []string) bool {
	for _, flag := range splitFlags(v) {
		if !slices.Contains(known, flag) {
			return false
		}
	}
	return true
}

// knownNumber reports whether v is one of known.
func knownNumber[T integer](v T, known ...T) bool { return slices.Contains(known, v) }

// knownBits reports whether every bit of v is set in one of known.
func knownBits[T integer](v T, known ...T) bool {
	for _, flag := range known {
		v &^= flag
	}
	return v == 0
}

// splitFlags returns the flags of "a, b,c"; "" is one empty flag.
func splitFlags(s string) []string {
	flags := strings.Split(s, ",")
	for i, flag := range flags {
		flags[i] = strings.TrimSpace(flag)
	}
	return flags
}

// Target is an entity that a $ref path is told to refer to: every Ref that is bound is one.
type Target interface {
	// targetURL returns the absolute URL, below root where the Ref has none of its own.
	targetURL(root string) (string, error)
}

func (r ref) targetURL(root string) (string, error) {
	if !r.IsBound() {
		return "", errNotBound
	}
	w := newWriter(root)
	writeBind(w, &r)
	data, err := w.finish()
	if err != nil {
		return "", err
	}
	return decodeValue(data, nil, (*jsonReader).string)
}

const errNotBound = constError("the target is not bound: give it by a Bind function, BindPath or BindURL")

// referenceBody encodes a reference to target: {"@odata.id": "https://…"}.
//
//go:noinline
func referenceBody(target Target) encoder {
	return func(w *jsonWriter) {
		address, err := addressOf(target, w.root)
		if err != nil {
			w.fail(err.Error())
			return
		}
		w.buf = append(w.buf, `{"@odata.id":`...)
		w.stringValue(address)
		w.buf = append(w.buf, '}')
	}
}

// addressOf is targetURL for a Target that may be nil.
func addressOf(target Target, root string) (string, error) {
	if target == nil {
		return "", errNotBound
	}
	return target.targetURL(root)
}

// withTarget says in the query which reference of a collection to remove.
func (r *resource) withTarget(target Target) *resource {
	if r.copied().client.ready() != nil {
		return r // the call that follows says so
	}
	var q query
	address, err := addressOf(target, r.client.root.String())
	if err != nil {
		q.fail("@id", err)
	}
	q.add("@id", address)
	return r.with(q)
}

// Reference is what a $ref path answers: the address of an entity.
type Reference struct {
	// URL is the entity's address (@odata.id).
	URL string
	// ID is the last key in URL; "" if it has none.
	ID string
}

// readReference reads {"@odata.id": "…"}, or the address alone as older descriptions have it.
func readReference(r *jsonReader) Reference {
	var address string
	if r.peek() == '"' {
		address = r.string()
	} else {
		r.members(func(name string) {
			if name == "@odata.id" {
				address = r.string()
				return
			}
			r.skip()
		})
	}
	return Reference{URL: address, ID: lastKey(address)}
}
