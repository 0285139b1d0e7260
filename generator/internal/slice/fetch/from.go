package fetch

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// ParseFrom reads what says that an address is answered from a file: ADDRESS=FILE. An address may have = in it, so that the
// last one counts.
func ParseFrom(text string) (address, file string, err error) {
	i := strings.LastIndexByte(text, '=')
	if i < 0 || i == len(text)-1 {
		return "", "", fmt.Errorf("%q is not of the form ADDRESS=FILE", withoutQuery(text))
	}
	address, file = text[:i], text[i+1:]
	switch {
	case !IsURL(address):
		return "", "", fmt.Errorf("%q is not an address: it has no https:// in front", address)
	case IsURL(file):
		return "", "", fmt.Errorf("%q is an address, not a file", withoutQuery(file))
	}
	return address, file, nil
}

// answer returns the file that answers for the address, if one does: the address as it is, or without its query, which may hold
// a signature that changes from day to day. What it returns as the key is the address that was given.
func (o Options) answer(address string) (key, file string, ok bool) {
	for _, key := range []string{address, withoutQuery(address)} {
		if file, ok := o.From[key]; ok {
			return key, file, true
		}
	}
	return "", "", false
}

// readOffline answers an address without the network. Done is false if the network may be asked.
func (r *reader) readOffline() (data []byte, done bool) {
	key, file, ok := r.opts.answer(r.source)
	switch {
	case ok:
		if r.opts.Answered != nil {
			r.opts.Answered(key)
		}
		r.source = file
		data, _ = r.readFile()
		return data, true
	case r.opts.Offline || len(r.opts.From) > 0:
		address := withoutQuery(Shown(r.source))
		r.source = address
		r.fail("offline", "give a file that holds it: "+r.fromFlag(address), "this run is offline, and no %s answers this address", r.flag())
		return nil, true
	}
	return nil, false
}

// flag is the one that says From.
func (r *reader) flag() string { return "--" + cmp.Or(r.opts.Flag, "from") }

// fromFlag is what has a file answer an address, to be pasted, but for the file.
func (r *reader) fromFlag(address string) string {
	return r.flag() + " " + diag.ShellQuoted(address+"=FILE")
}

// withoutQuery is an address without its query and what follows it.
func withoutQuery(address string) string {
	if !IsURL(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil || u.RawQuery == "" && u.Fragment == "" {
		return address
	}
	i := strings.IndexAny(address, "?#")
	return address[:i]
}
