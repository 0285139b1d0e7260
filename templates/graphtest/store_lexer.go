package graphtest

import (
	"fmt"
	"regexp"
	"strings"
)

// tokenKind is what a token of $filter is.
type tokenKind uint8

const (
	endToken    tokenKind = iota
	wordToken             // a path, an operator, the name of a function
	stringToken           // 'text', without its quotes
	bareToken             // a number, a date, a GUID
	typedToken            // duration'PT1H': text is what stands in the quotes, prefix what stands in front
	punctuation           // ( ) , :
)

type token struct {
	kind         tokenKind
	text, prefix string
	at           int
}

var (
	wordForm = regexp.MustCompile(`^[A-Za-z_$][\w$.]*(?:/[A-Za-z_$][\w$.]*)*`)
	guidForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}`)
	bareForm = regexp.MustCompile(`^[-+]?[0-9][0-9A-Za-z.:+-]*`)
)

// tokens cuts the text of $filter.
func tokens(text string) ([]token, error) {
	var all []token
	for at := 0; ; {
		for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n') {
			at++
		}
		t := token{kind: endToken, at: at}
		if at == len(text) {
			return append(all, t), nil
		}
		rest := text[at:]
		switch {
		case strings.IndexByte("(),:", rest[0]) >= 0:
			t.kind, t.text = punctuation, rest[:1]
			at++
		case rest[0] == '\'':
			n, ok := quotedEnd(rest)
			if !ok {
				return nil, syntaxError(at, "a quote is not closed")
			}
			t.kind = stringToken
			t.text, _ = unquote(rest[:n])
			at += n
		default:
			n, err := t.bare(rest)
			if err != nil {
				return nil, err
			}
			at += n
		}
		all = append(all, t)
	}
}

// bare reads a token that starts with no quote, and returns its length.
func (t *token) bare(rest string) (int, error) {
	if guid := guidForm.FindString(rest); guid != "" {
		t.kind, t.text = bareToken, guid
		return len(guid), nil
	}
	if number := bareForm.FindString(rest); number != "" {
		t.kind, t.text = bareToken, number
		return len(number), nil
	}
	word := wordForm.FindString(rest)
	if word == "" {
		return 0, syntaxError(t.at, fmt.Sprintf("%q is not expected", rest[:1]))
	}
	t.kind, t.text = wordToken, word
	if n, ok := quotedEnd(rest[len(word):]); ok {
		t.kind, t.prefix = typedToken, word
		t.text, _ = unquote(rest[len(word) : len(word)+n])
		return len(word) + n, nil
	}
	return len(word), nil
}

// quotedEnd returns the length of the string that a text starts with; false if it starts with none.
//
//go:noinline
func quotedEnd(text string) (int, bool) {
	if text == "" || text[0] != '\'' {
		return 0, false
	}
	for i := 1; i < len(text); i++ {
		if text[i] != '\'' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			i++
			continue
		}
		return i + 1, true
	}
	return 0, false
}

//go:noinline
func syntaxError(at int, what string) error {
	return invalid(fmt.Sprintf("Invalid filter clause: Syntax error at position %d: %s.", at, what))
}

// unknown says that the store has no idea of something that the service may understand.
//
//go:noinline
func unknown(what string) error {
	return notKnown("The store does not know " + what +
		" in $filter; a handler can answer the call.")
}
