package graph

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Date is an Edm.Date: a day of the calendar, without a time and without a zone.
type Date struct {
	Year  int // 0 to 9999
	Month time.Month
	Day   int
}

// DateOf returns the day that t stands in, in t's own zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads a date in the form 2006-01-02.
func ParseDate(s string) (Date, error) {
	year, okYear := digits(s, 0, 4)
	month, okMonth := digits(s, 5, 2)
	day, okDay := digits(s, 8, 2)
	d := Date{year, time.Month(month), day}
	if len(s) != 10 || !okYear || !okMonth || !okDay || s[4] != '-' || s[7] != '-' || d.check() != nil {
		return Date{}, errors.New("not a date in the form 2006-01-02")
	}
	return d, nil
}

// String returns d in the form 2006-01-02.
func (d Date) String() string { return string(d.append(nil)) }

// In returns the first instant of d in loc.
func (d Date) In(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// append appends the date without fmt, which would cost an allocation.
func (d Date) append(dst []byte) []byte {
	dst = appendPadded(dst, d.Year, 4)
	dst = appendPadded(append(dst, '-'), int(d.Month), 2)
	return appendPadded(append(dst, '-'), d.Day, 2)
}

// check returns an error if the calendar has no such day.
func (d Date) check() error {
	if d.Year < 0 || d.Year > 9999 || DateOf(d.In(time.UTC)) != d {
		return fmt.Errorf("%s is not a day of the years 0 to 9999", d)
	}
	return nil
}

// TimeOfDay is an Edm.TimeOfDay: a time on the clock, without a date and without a zone.
type TimeOfDay struct {
	Hour, Minute, Second, Nanosecond int
}

// ParseTimeOfDay reads a time in the form 15:04:05 with up to 12 digits of a second's fraction, of which nine are
// kept. The seconds may be left out.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	t, _, err := parseTimeOfDay(s)
	return t, err
}

// parseTimeOfDay also returns the form, for writing the same text again.
func parseTimeOfDay(s string) (TimeOfDay, timeForm, error) {
	fault := errors.New("not a time in the form 15:04:05.999999999")
	if len(s) == len("15:04") {
		s += ":00"
	}
	if len(s) < len("15:04:05") {
		return TimeOfDay{}, 0, fault
	}
	hour, okHour := digits(s, 0, 2)
	minute, okMinute := digits(s, 3, 2)
	second, okSecond := digits(s, 6, 2)
	nanosecond, okFraction := fraction(s[8:])
	t := TimeOfDay{hour, minute, second, nanosecond}
	if !okHour || !okMinute || !okSecond || !okFraction || s[2] != ':' || s[5] != ':' || t.check() != nil {
		return TimeOfDay{}, 0, fault
	}
	return t, formOf(s[8:]), nil
}

// fraction reads "" or a point and up to 12 digits as nanoseconds; what is smaller is cut off.
func fraction(s string) (nanoseconds int, ok bool) {
	if s == "" {
		return 0, true
	}
	if s[0] != '.' || len(s) < 2 || len(s) > 13 {
		return 0, false
	}
	if _, ok := digits(s, 1, len(s)-1); !ok {
		return 0, false
	}
	return digits((s + "00000000")[:10], 1, 9)
}

// String returns t in the form 15:04:05.999999999, without zeros at the fraction's end.
func (t TimeOfDay) String() string { return string(t.append(nil, 0, 9)) }

// append appends the time with no more digits of the fraction than most, unless the form says that it had more.
func (t TimeOfDay) append(dst []byte, form timeForm, most int) []byte {
	dst = appendPadded(dst, t.Hour, 2)
	dst = appendPadded(append(dst, ':'), t.Minute, 2)
	dst = appendPadded(append(dst, ':'), t.Second, 2)
	places, n := 9, t.Nanosecond
	for places > max(most, form.digits()) {
		places, n = places-1, n/10
	}
	for places > form.digits() && n%10 == 0 {
		places, n = places-1, n/10
	}
	if places == 0 {
		return dst
	}
	return appendPadded(append(dst, '.'), n, places)
}

// check returns an error if no clock shows t.
func (t TimeOfDay) check() error {
	if !within(t.Hour, 24) || !within(t.Minute, 60) || !within(t.Second, 60) || !within(t.Nanosecond, 1e9) {
		return errors.New("not a time of day: hours go to 23, minutes and seconds to 59, nanoseconds to 999,999,999")
	}
	return nil
}

func within(n, limit int) bool { return n >= 0 && n < limit }

// Duration is an Edm.Duration as ISO 8601 text, such as P1DT2H30M or -PT0.5S. It keeps the text that arrived.
type Duration string

// DurationOf returns d as days, hours, minutes and seconds with a fraction: 36h is P1DT12H, 0 is PT0S.
func DurationOf(d time.Duration) Duration {
	var b strings.Builder
	rest := uint64(d)
	if d < 0 {
		b.WriteByte('-')
		rest = -rest // as unsigned, so that the smallest Duration has an opposite
	}
	b.WriteByte('P')
	write := func(unit time.Duration, letter byte) {
		if n := rest / uint64(unit); n > 0 {
			b.WriteString(strconv.FormatUint(n, 10))
			b.WriteByte(letter)
		}
		rest %= uint64(unit)
	}
	write(24*time.Hour, 'D')
	if rest > 0 || d == 0 {
		b.WriteByte('T')
	}
	write(time.Hour, 'H')
	write(time.Minute, 'M')
	if rest > 0 || d == 0 {
		b.WriteString(strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%09d", rest/1e9, rest%1e9), "0"), "."))
		b.WriteByte('S')
	}
	return Duration(b.String())
}

// ParseDuration returns s as a Duration if it is one: an optional sign, P, and then numbers with Y, M, W, D and, after
// a T, with H, M, S, in this order and at least one; the seconds may have a fraction.
func ParseDuration(s string) (Duration, error) {
	if _, ok := durationParts(s); !ok {
		return "", errors.New("not an ISO 8601 duration such as P1DT2H30M")
	}
	return Duration(s), nil
}

// Std returns d as a time.Duration, counting a day as 24 hours. It returns false if that cannot be exact: years and
// months have no fixed length, a time.Duration ends at 292 years and at nanoseconds; or if d is no duration.
func (d Duration) Std() (time.Duration, bool) {
	parts, ok := durationParts(string(d))
	if !ok {
		return 0, false
	}
	var total int64 // below zero, where the range is larger by one
	for _, p := range parts {
		if total, ok = p.subtractFrom(total); !ok {
			return 0, false
		}
	}
	if strings.HasPrefix(string(d), "-") {
		return time.Duration(total), true
	}
	if total == math.MinInt64 {
		return 0, false
	}
	return time.Duration(-total), true
}

// durationPart is one number of a duration, such as 1.5S.
type durationPart struct {
	whole, fraction string
	unit            time.Duration // 0: of no fixed length
}

// subtractFrom takes the part's nanoseconds from total, and returns false if that is not exact.
func (p durationPart) subtractFrom(total int64) (int64, bool) {
	whole, err := strconv.ParseInt(p.whole, 10, 64)
	fraction := strings.TrimRight(p.fraction, "0")
	if err != nil || len(fraction) > 9 {
		return 0, false
	}
	if p.unit == 0 {
		return total, whole == 0
	}
	nanoseconds, _ := digits((fraction + "000000000")[:9], 0, 9)
	if whole > math.MaxInt64/int64(p.unit) || total < math.MinInt64+whole*int64(p.unit) {
		return 0, false
	}
	total -= whole * int64(p.unit)
	if total < math.MinInt64+int64(nanoseconds) {
		return 0, false
	}
	return total - int64(nanoseconds), true
}

// durationParts reads ISO 8601 text; ok is false if it is not a duration.
func durationParts(s string) (parts []durationPart, ok bool) {
	s = strings.TrimLeft(s[:min(1, len(s))], "+-") + s[min(1, len(s)):]
	date, clock, hasClock := strings.Cut(s, "T")
	date, isPeriod := strings.CutPrefix(date, "P")
	if !isPeriod || hasClock && clock == "" || date == "" && !hasClock {
		return nil, false
	}
	parts, okDate := unitParts(nil, date, "YMWD", []time.Duration{0, 0, 7 * 24 * time.Hour, 24 * time.Hour})
	parts, okClock := unitParts(parts, clock, "HMS", []time.Duration{time.Hour, time.Minute, time.Second})
	return parts, okDate && okClock
}

// unitParts reads numbers that are each followed by one of letters, which keep their order.
func unitParts(parts []durationPart, s, letters string, units []time.Duration) ([]durationPart, bool) {
	for s != "" {
		end := strings.IndexAny(s, letters)
		if end < 0 {
			return nil, false
		}
		at := strings.IndexByte(letters, s[end])
		whole, fraction, pointed := strings.Cut(s[:end], ".")
		if !allDigits(whole) || pointed && (s[end] != 'S' || !allDigits(fraction)) {
			return nil, false
		}
		parts = append(parts, durationPart{whole, fraction, units[at]})
		s, letters, units = s[end+1:], letters[at+1:], units[at+1:]
	}
	return parts, true
}

// Decimal is an Edm.Decimal as the text of a JSON number, such as 12.50; it keeps its digits.
type Decimal string

// check returns an error if d is not a number: it is written without quotes.
func (d Decimal) check() error {
	if n := numberLen(string(d)); n == 0 || n != len(d) {
		return errors.New("a Decimal is a number such as -12.50")
	}
	return nil
}

// timeForm remembers how a time was written that says the same in fewer bytes, so that it is written back as it came:
// 08:00:00.0000000, or +00:00 for Z. Its zero value is the short form.
type timeForm uint8

const (
	formDigits     timeForm = 0x0f // mask: the number of the fraction's digits, if zeros are at its end
	formZeroOffset timeForm = 0x10 // the offset is written +00:00

	// What follows is not RFC 3339.
	formNoOffset timeForm = 0x20
	formBlank    timeForm = 0x40 // in place of the T
	formDate     timeForm = 0x80 // a date alone, for its midnight in UTC
)

func (f timeForm) digits() int { return int(f & formDigits) }

// formOf returns the form of a second's fraction: "" or a point and digits.
func formOf(fraction string) timeForm {
	fraction = fraction[:min(len(fraction), len(".999999999"))] // what follows is not kept, and so has no form
	if !strings.HasSuffix(fraction, "0") && len(fraction) <= len(".9999999") {
		return 0
	}
	return timeForm(len(fraction) - 1)
}

// parseTime reads an RFC 3339 time, with any number of digits in the fraction of which nine are kept. Its offset is
// kept too. (time.Parse has a fast path for just this layout, and does not allocate for whole-hour offsets.)
func parseTime(s string) (time.Time, timeForm, error) {
	// In UTC rather than time.Parse, so that the result does not depend on the machine's zone.
	t, err := time.ParseInLocation(time.RFC3339Nano, s, time.UTC)
	if err != nil || !isRFC3339(s) {
		return time.Time{}, 0, errors.New("not a time in the form 2006-01-02T15:04:05Z")
	}
	return t, timeFormOf(s), nil
}

// isRFC3339 refuses what time.Parse takes beside RFC 3339, and what would not be written as it came: an hour of one
// digit, a comma before the fraction, an offset of 24 hours or with 60 minutes.
func isRFC3339(s string) bool {
	const hour, seconds = len("2006-01-02T15"), len("2006-01-02T15:04:05")
	zone := s[len(s)-len("00:00"):]
	return s[hour] == ':' && s[seconds] != ',' && (zone[len(zone)-1] == 'Z' || zone[:2] < "24" && zone[3:] < "60")
}

// timeFormOf returns the form of s, which is an RFC 3339 time.
func timeFormOf(s string) timeForm {
	const seconds = len("2006-01-02T15:04:05")
	form, zone := timeForm(0), len(s)-len("Z")
	if s[zone] != 'Z' {
		zone = len(s) - len("+00:00")
	}
	if s[zone:] == "+00:00" {
		form = formZeroOffset
	}
	if zone > seconds {
		form |= formOf(s[seconds:zone])
	}
	return form
}

// appendTime appends t in RFC 3339, with a fraction as long as it needs to be and its own offset.
func appendTime(dst []byte, t time.Time, form timeForm) ([]byte, error) {
	if _, offset := t.Zone(); offset%60 != 0 || offset <= -24*3600 || offset >= 24*3600 {
		t = t.UTC() // RFC 3339 cannot say such an offset, which zones had before 1900
	}
	if year := t.Year(); year < 0 || year > 9999 {
		return dst, errors.New("a time's year is from 0 to 9999")
	}
	if form == 0 {
		return t.AppendFormat(dst, "2006-01-02T15:04:05.9999999Z07:00"), nil
	}
	layout := "2006-01-02T15:04:05"
	if form&formBlank != 0 {
		layout = "2006-01-02 15:04:05"
	}
	if n := form.digits(); n > 0 {
		layout += ".000000000"[:1+n]
	} else {
		layout += ".9999999" // Edm's 100 ns
	}
	switch {
	case form&formDate != 0:
		layout = "2006-01-02"
	case form&formNoOffset != 0:
	case form&formZeroOffset != 0:
		layout += "-07:00"
	default:
		layout += "Z07:00"
	}
	return t.AppendFormat(dst, layout), nil
}

// edmDigits is how many digits of a second's fraction go out, since Edm counts in 100 ns.
const edmDigits = 7

// digits reads n decimal digits at s[at:]; ok is false if they are not there. n is at most 12.
func digits(s string, at, n int) (value int, ok bool) {
	if len(s) < at+n {
		return 0, false
	}
	for i := range n {
		c := s[at+i]
		if c < '0' || c > '9' {
			return 0, false
		}
		value = value*10 + int(c-'0')
	}
	return value, true
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// appendPadded appends n with zeros in front up to the width.
func appendPadded(dst []byte, n, width int) []byte {
	start := len(dst)
	dst = strconv.AppendInt(dst, int64(n), 10)
	for len(dst)-start < width {
		dst = append(dst[:start], append([]byte("0"), dst[start:]...)...)
	}
	return dst
}
