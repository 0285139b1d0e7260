package graphtest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// running is an operation that the store says takes long.
type running struct {
	mu     guard
	asked  int
	done   bool
	status map[string]any
}

// later answers 202 with the place of an operation, which runs when it has been asked after often enough. What cannot
// be, because there is nothing at the path, is refused at once.
func (m *memory) later(p *plan, in *request, steps []step) *answer {
	m.mu.Lock()
	_, err := m.walk(steps, false)
	m.mu.Unlock()
	if err != nil {
		return m.run(p, in, steps)
	}
	o := &running{status: map[string]any{"status": "running"}}
	link := m.server.newPlace(in, "operations", func(*http.Request, []byte) *answer {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.asked++; o.asked >= m.polls && !o.done {
			o.done = true
			o.end(m.run(p, in, steps))
		}
		return operationAnswer(o.status)
	})
	_, o.status["id"], _ = strings.Cut(link, "/graphtest/operations/")
	return answerWith(http.StatusAccepted, "Location", link)
}

// end notes what has become of the operation.
func (o *running) end(a *answer) {
	if a == nil {
		a = answerError(unanswered)
	}
	if a.status >= http.StatusBadRequest {
		var body struct {
			Error json.RawMessage `json:"error"`
		}
		_ = json.Unmarshal(a.body, &body) // the store wrote it
		o.status["status"], o.status["error"] = "failed", body.Error
		return
	}
	o.status["status"] = "succeeded"
	if made := a.header.Get("Location"); made != "" {
		o.status["targetResourceLocation"] = made
		o.status["targetResourceId"] = lastKey(made)
	}
}
