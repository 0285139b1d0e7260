package graph

import (
	"errors"
	"fmt"
	"strings"
)

// Filter is an OData $filter expression, such as "name ne null". It is sent as it is: input stands in it as a literal,
// with each ' of it doubled.
type Filter string

// filterFault marks a Filter that could not be made: a byte that no expression has, before and after the reason.
const filterFault = "\x00"

// Filterf returns format with each %s (or %v, %d, %t) replaced by the next argument as an OData literal, and %% by a
// percent sign, so that no argument can change what the expression means. Write input into a Filter so only:
//
//	Filterf("name eq %s and changed ge %s", "Bob's", since)
//	// name eq 'Bob''s' and changed ge 2024-05-01T00:00:00Z
//
// Arguments are strings and enums (quoted), GUID (bare), bools, numbers, Decimal, time.Time, Date, TimeOfDay, Duration,
// time.Duration, []byte, Opt of these, nil (null), a slice of these (a list for "in"), and a Filter (in parentheses).
// Do not quote a placeholder: Filterf does. A fault, such as an argument of another type, is kept in the Filter, and
// the call that it is passed to returns it before anything is sent.
func Filterf(format string, args ...any) Filter {
	var b strings.Builder
	quoted, used := false, 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			quoted = quoted != (format[i] == '\'')
			b.WriteByte(format[i])
			continue
		}
		i++
		switch {
		case strings.HasPrefix(format[i:], "%"):
			b.WriteByte('%')
			continue
		case i == len(format) || strings.IndexByte("svdt", format[i]) < 0:
			return faultyFilter(fmt.Errorf("the %% at byte %d starts no %%s; write %%%% for a percent sign", i-1))
		case quoted:
			return faultyFilter(fmt.Errorf(
				"the %%%c at byte %d stands in quotes; leave them out, strings are quoted by type", format[i], i-1))
		case used == len(args):
			return faultyFilter(fmt.Errorf("the %%%c at byte %d has no argument", format[i], i-1))
		}
		text, err := filterArg(args[used])
		if used++; err != nil {
			return faultyFilter(fmt.Errorf("argument %d: %w", used, err))
		}
		b.WriteString(text)
	}
	switch {
	case quoted:
		return faultyFilter(errors.New("a quote is not closed"))
	case used < len(args):
		return faultyFilter(fmt.Errorf("%d arguments for %d placeholders", len(args), used))
	}
	return Filter(b.String())
}

func filterArg(arg any) (string, error) {
	if f, ok := arg.(Filter); ok {
		return "(" + string(f) + ")", f.err()
	}
	return literal(arg)
}

func faultyFilter(err error) Filter { return Filter(filterFault + err.Error() + filterFault) }

// err returns why f could not be made, also when it has become part of another text; nil if f may be sent.
func (f Filter) err() error {
	_, reason, faulty := strings.Cut(string(f), filterFault)
	if !faulty {
		return nil
	}
	reason, _, _ = strings.Cut(reason, filterFault)
	return fmt.Errorf("filter: %s", reason)
}
