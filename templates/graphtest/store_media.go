package graphtest

import (
	"net/http"
	"slices"
)

// medium is content that an entity has beside its properties.
type medium struct {
	contentType string
	data        []byte
}

// mediaMethods are what the methods of HTTP do at …/$value and at properties that are streams.
var mediaMethods = map[string]func(*memory, *request, []step) (*answer, error){
	http.MethodGet:    (*memory).download,
	http.MethodPut:    (*memory).upload,
	http.MethodPatch:  (*memory).upload,
	http.MethodDelete: (*memory).erase,
}

// download answers with content, or with the text of a property.
func (m *memory) download(in *request, steps []step) (*answer, error) {
	at, err := m.entity(steps)
	if err != nil {
		return nil, err
	}
	content, ok := at.record.media[at.prop]
	if !ok {
		if value := at.record.field(at.prop); at.prop != "" && value != nil && !isNull(value) {
			return plain(in, stringOf(value)), nil
		}
		return nil, failed(http.StatusNotFound, "ResourceNotFound", "There is no content.")
	}
	return &answer{
		status: http.StatusOK, header: http.Header{"Content-Type": {content.contentType}}, body: content.data,
	}, nil
}

// upload keeps content. A single-valued property that leads nowhere gets the entity that has it.
func (m *memory) upload(in *request, steps []step) (*answer, error) {
	at, err := m.walk(steps, false)
	switch {
	case err != nil:
		return nil, err
	case at.missing && at.shelf.single && at.shelf.owner != nil:
		m.makeAt(at)
	case at.missing:
		return nil, m.absent(at)
	case at.record == nil:
		return nil, unanswered
	}
	if err := at.record.precondition(in.header); err != nil {
		return nil, err
	}
	if at.record.media == nil {
		at.record.media = map[string]medium{}
	}
	contentType := in.header.Get("Content-Type")
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	at.record.media[at.prop] = medium{contentType, slices.Clone(in.body)}
	m.touch(at.record)
	if m.schema.types[in.op.answer] == nil {
		return nothing(), nil
	}
	at.prop = ""
	return m.one(in, at)
}

// erase removes content.
func (m *memory) erase(in *request, steps []step) (*answer, error) {
	at, err := m.entity(steps)
	if err != nil {
		return nil, err
	}
	if err := at.record.precondition(in.header); err != nil {
		return nil, err
	}
	delete(at.record.media, at.prop)
	m.touch(at.record)
	return nothing(), nil
}
