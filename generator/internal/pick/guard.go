package pick

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
)

// This file keeps everybody out but the page that was opened: other machines by the address that is listened at, other programs and
// accounts of this one by a secret in the address, pages of other sites by the names of hosts and origins.

// policy is what the browser may load and do for the page: what this server has, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// newSecret is a word that cannot be guessed.
func newSecret() string {
	b := make([]byte, 24)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// guard lets requests through to what is behind a secret.
type guard struct {
	secret string
	// hosts are how the server may be called, with its port.
	hosts []string
	next  http.Handler
	// ticket opens the address with the secret once, so that the secret does not stand in the list of processes.
	ticket func(given string) bool
	opens  string // the ticket
}

// ticketPath begins the address that opens the page once.
const ticketPath = "/open/"

// ServeHTTP refuses what the page itself has not asked for.
func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // the address has the secret
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if fault := g.refuses(r); fault != "" {
		http.Error(w, fault, http.StatusForbidden)
		return
	}
	if ticket, ok := strings.CutPrefix(r.URL.Path, ticketPath); ok && r.Method == http.MethodGet && g.ticket(ticket) {
		http.Redirect(w, r, "/"+g.secret+"/", http.StatusSeeOther)
		return
	}
	given, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if subtle.ConstantTimeCompare([]byte(given), []byte(g.secret)) != 1 {
		http.Error(w, "Open the address that gen pick has printed.", http.StatusForbidden)
		return
	}
	inside := r.Clone(r.Context())
	inside.URL.Path = "/" + rest
	g.next.ServeHTTP(w, inside)
}

// refuses says why a request is not one of the page, "" if it may be.
func (g *guard) refuses(r *http.Request) string {
	if !slices.Contains(g.hosts, r.Host) { // a name of somebody else's that leads to this machine
		return "This host is not known here."
	}
	origin := r.Header.Get("Origin")
	site := r.Header.Get("Sec-Fetch-Site")
	switch {
	case origin != "" && origin != "http://"+r.Host,
		origin == "" && r.Method != http.MethodGet,
		site != "" && site != "same-origin" && site != "none":
		return "Only the page itself may ask."
	}
	return ""
}
