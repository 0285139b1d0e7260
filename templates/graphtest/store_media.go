package graphtest

import (
	"net/http"
)

func init() { atContent = (*memory).atContent }

// atContent does what a call asks for at …/$value and at properties that are streams.
func (m *memory) atContent(in *request, steps []step) (*answer, error) {
	switch in.op.method {
	case http.MethodGet:
		return m.download(in, steps)
	case http.MethodDelete:
		return m.erase(in, steps)
	case http.MethodPost:
		return nil, unanswered
	}
	return m.upload(in, steps)
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
	a := answerWith(http.StatusOK, "Content-Type", content.contentType)
	a.body = content.data
	return a, nil
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
	contentType := in.head("Content-Type")
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	at.record.media[at.prop] = medium{contentType, append([]byte(nil), in.body...)}
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
