package graphtest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Upload returns the address of an upload session, for an answer that says where to upload. Content that
// comes there in pieces, in order and without a token, is given to done as a whole; what that returns is the answer to
// the last piece, with 201, and without a body if it is nil. Its error is as that of a handler. The address is for those
// who use Client or HTTPClient.
func (s *Server) Upload(done func(content []byte) (any, error)) string {
	u := &upload{server: (*fake)(s), done: done, size: -1}
	return (*fake)(s).newOutside(uploadHost, u.answer)
}

// upload is an upload session.
type upload struct {
	server *fake
	done   func([]byte) (any, error)

	mu      guard
	content []byte
	size    int64 // -1: nobody has said
	isGone  bool  // finished or cancelled
}

const (
	pieceUnit = 320 << 10 // what the size of a piece has to be a multiple of, but for the last
	maxPiece  = 60 << 20
)

func (u *upload) answer(r *http.Request, body []byte) *answer {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case u.isGone:
		return failure(http.StatusNotFound, "itemNotFound", "The upload session was not found.")
	case r.Method == http.MethodGet:
		return u.state(http.StatusOK)
	case r.Method == http.MethodDelete:
		u.isGone = true
		return nothing()
	case r.Method != http.MethodPut:
		return failure(http.StatusMethodNotAllowed, "MethodNotAllowed", "An upload session takes PUT, GET and DELETE.")
	}
	return u.take(r, body)
}

// state says what is expected.
func (u *upload) state(status int) *answer {
	state := map[string]any{"expirationDateTime": time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339)}
	for _, t := range u.server.schema.tables.types {
		if t.ranges != "" {
			state[t.ranges] = []string{strconv.Itoa(len(u.content)) + "-"}
		}
	}
	return jsonAnswer(status, state)
}

// take takes a piece.
func (u *upload) take(r *http.Request, piece []byte) *answer {
	first, last, size, ok := contentRange(r.Header.Get("Content-Range"))
	next := int64(len(u.content))
	var why string
	switch {
	case !ok:
		why = fmt.Sprintf("The Content-Range header is missing or malformed: '%.40s'.", r.Header.Get("Content-Range"))
	case last-first+1 != int64(len(piece)):
		why = fmt.Sprintf("The Content-Range header tells %d bytes, and %d have come.", last-first+1, len(piece))
	case u.size >= 0 && size != u.size:
		why = fmt.Sprintf("The Content-Range header tells that the whole has %d bytes, and did tell %d.", size, u.size)
	case first != next:
		return failure(http.StatusRequestedRangeNotSatisfiable, "invalidRange",
			fmt.Sprintf("Byte %d is expected, and the piece begins with %d.", next, first))
	case u.server.lenient:
	case len(piece) > maxPiece:
		why = "The piece has more than 60 MiB."
	case last+1 < size && len(piece)%pieceUnit != 0:
		why = fmt.Sprintf("The piece has %d bytes, which is not a multiple of 320 KiB.", len(piece))
	}
	if why != "" {
		u.server.refuse(r.Method, &request{path: r.URL.String()}, bad("%s", why))
		return failure(http.StatusBadRequest, "invalidRequest", why)
	}
	u.size = size
	if u.content = append(u.content, piece...); last+1 < size {
		return u.state(http.StatusAccepted)
	}
	u.isGone = true
	return u.finish()
}

// finish hands over the content.
func (u *upload) finish() *answer {
	made, err := u.done(u.content)
	if err != nil {
		return (&request{server: u.server, base: u.server.root.String()}).answerError(err)
	}
	if made == nil {
		return &answer{status: http.StatusCreated, header: http.Header{}}
	}
	return jsonAnswer(http.StatusCreated, made)
}

// contentRange reads "bytes 0-25/128".
func contentRange(text string) (first, last, size int64, ok bool) {
	text, ok = strings.CutPrefix(text, "bytes ")
	ends, whole, hasSize := strings.Cut(text, "/")
	from, to, hasEnd := strings.Cut(ends, "-")
	first, err := strconv.ParseInt(from, 10, 64)
	if ok = ok && hasSize && hasEnd && err == nil; ok {
		last, err = strconv.ParseInt(to, 10, 64)
		ok = err == nil
	}
	if ok {
		size, err = strconv.ParseInt(whole, 10, 64)
		ok = err == nil && first >= 0 && first <= last && last < size
	}
	return first, last, size, ok
}
