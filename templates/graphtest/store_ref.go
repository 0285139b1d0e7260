package graphtest

import (
	"net/http"
)

func init() { atReferences = (*memory).atReferences }

// atReferences does what a call asks for at …/$ref.
func (m *memory) atReferences(in *request, steps []step) (*answer, error) {
	switch in.op.method {
	case http.MethodGet:
		return m.refs(in, steps)
	case http.MethodDelete:
		return m.removeRef(in, steps)
	}
	return m.addRef(in, steps)
}

// refs answers with the addresses of entities.
func (m *memory) refs(in *request, steps []step) (*answer, error) {
	at, err := m.there(steps)
	switch {
	case err != nil:
		return nil, err
	case at.prop != "":
		return nil, unanswered
	case at.record != nil:
		return jsonAnswer(http.StatusOK, map[string]string{"@odata.id": in.base + "/" + at.record.address()}), nil
	}
	return m.list(in, at)
}

// addRef lets a navigation property lead to an entity: a collection to one more, else to another.
func (m *memory) addRef(in *request, steps []step) (*answer, error) {
	at, err := m.collection(steps, true)
	if err != nil {
		return nil, err
	}
	url, err := addressIn(in)
	if err != nil {
		return nil, invalid(err.Error())
	}
	to, err := m.resolve(url)
	if err == nil {
		err = m.fits(at.shelf, to)
	}
	switch {
	case err != nil:
		return nil, err
	case at.shelf.has(to) && !at.shelf.single:
		return nil, failed(http.StatusBadRequest, "Request_BadRequest",
			"One or more added object references already exist for the following modified properties: '"+
				at.shelf.name+"'.")
	}
	m.add(at.shelf, to)
	return nothing(), nil
}

// removeRef takes an entity out of a collection, or lets a single-valued property lead nowhere.
func (m *memory) removeRef(in *request, steps []step) (*answer, error) {
	at, err := m.there(steps)
	switch {
	case err != nil:
		return nil, err
	case at.prop != "":
		return nil, unanswered
	}
	if at.record == nil {
		url, err := addressIn(in)
		if err != nil {
			return nil, invalid(err.Error())
		}
		if url == "" {
			url = in.option("$id")
		}
		if at.record, err = m.resolve(url); err != nil {
			return nil, err
		}
	}
	if !at.shelf.has(at.record) {
		return nil, notFound(at.record.key)
	}
	m.drop(at.shelf, at.record)
	return nothing(), nil
}
