package graph

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestDate(t *testing.T) {
	for _, test := range []struct {
		text string
		want Date
		ok   bool
	}{
		{"2024-02-29", Date{2024, time.February, 29}, true},
		{"0001-01-01", Date{1, time.January, 1}, true},
		{"9999-12-31", Date{9999, time.December, 31}, true},
		{"2023-02-29", Date{}, false},
		{"2023-13-01", Date{}, false},
		{"2023-00-01", Date{}, false},
		{"2023-01-32", Date{}, false},
		{"2023-1-1", Date{}, false},
		{"20230101", Date{}, false},
		{"2023/01/01", Date{}, false},
		{"-023-01-01", Date{}, false},
		{"2023-01-01T", Date{}, false},
		{"２０23-01-01", Date{}, false},
		{"", Date{}, false},
	} {
		got, err := ParseDate(test.text)
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("ParseDate(%q) = %v, %v", test.text, got, err)
		}
		if test.ok && got.String() != test.text {
			t.Errorf("%q is written as %q", test.text, got)
		}
	}
	berlin := time.FixedZone("", 3600)
	at := Date{2024, time.May, 1}.In(berlin)
	if !at.Equal(time.Date(2024, 4, 30, 23, 0, 0, 0, time.UTC)) || DateOf(at) != (Date{2024, time.May, 1}) || DateOf(at.UTC()) != (Date{2024, time.April, 30}) {
		t.Errorf("In and DateOf: %v", at)
	}
}

func TestTimeOfDay(t *testing.T) {
	for _, test := range []struct {
		text, short string
		want        TimeOfDay
		ok          bool
	}{
		{"08:30:05", "08:30:05", TimeOfDay{8, 30, 5, 0}, true},
		{"08:30", "08:30:00", TimeOfDay{8, 30, 0, 0}, true},
		{"08:30:00.0000000", "08:30:00", TimeOfDay{8, 30, 0, 0}, true},
		{"08:30:00.120", "08:30:00.12", TimeOfDay{8, 30, 0, 12e7}, true},
		{"23:59:59.999999999999", "23:59:59.999999999", TimeOfDay{23, 59, 59, 999999999}, true},
		{"00:00:00.000000001", "00:00:00.000000001", TimeOfDay{0, 0, 0, 1}, true},
		{"24:00:00", "", TimeOfDay{}, false},
		{"23:60:00", "", TimeOfDay{}, false},
		{"23:59:60", "", TimeOfDay{}, false},
		{"8:30:00", "", TimeOfDay{}, false},
		{"08-30-00", "", TimeOfDay{}, false},
		{"08:30:00,5", "", TimeOfDay{}, false},
		{"08:30:00.", "", TimeOfDay{}, false},
		{"08:30:00.x", "", TimeOfDay{}, false},
		{"08:30:00.1234567890123", "", TimeOfDay{}, false},
		{"", "", TimeOfDay{}, false},
	} {
		got, err := ParseTimeOfDay(test.text)
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("ParseTimeOfDay(%q) = %v, %v", test.text, got, err)
		}
		if test.ok && got.String() != test.short {
			t.Errorf("%q is written as %q, want %q", test.text, got, test.short)
		}
	}
}

func TestDurationOf(t *testing.T) {
	for _, test := range []struct {
		in   time.Duration
		want Duration
	}{
		{0, "PT0S"},
		{time.Second, "PT1S"},
		{90 * time.Minute, "PT1H30M"},
		{36 * time.Hour, "P1DT12H"},
		{48 * time.Hour, "P2D"},
		{1500 * time.Millisecond, "PT1.5S"},
		{1, "PT0.000000001S"},
		{10 * time.Second, "PT10S"},
		{-time.Minute - 500*time.Millisecond, "-PT1M0.5S"},
		{math.MaxInt64, "P106751DT23H47M16.854775807S"},
		{math.MinInt64, "-P106751DT23H47M16.854775808S"},
	} {
		got := DurationOf(test.in)
		if got != test.want {
			t.Errorf("DurationOf(%v) = %q, want %q", test.in, got, test.want)
		}
		if back, ok := got.Std(); back != test.in || !ok {
			t.Errorf("%q.Std() = %v, %v; want %v", got, back, ok, test.in)
		}
	}
}

func TestDuration(t *testing.T) {
	const day = 24 * time.Hour
	for _, test := range []struct {
		text  string
		valid bool
		std   time.Duration
		exact bool
	}{
		{"P1D", true, day, true},
		{"P2W", true, 14 * day, true},
		{"P1W2DT3H4M5.006S", true, 9*day + 3*time.Hour + 4*time.Minute + 5006*time.Millisecond, true},
		{"+PT5M", true, 5 * time.Minute, true},
		{"-P1DT1H", true, -25 * time.Hour, true},
		{"P0Y0M1D", true, day, true},
		{"PT0S", true, 0, true},
		{"PT0.000000001000S", true, 1, true},
		{"PT007S", true, 7 * time.Second, true},
		{"P1Y", true, 0, false},
		{"P1M", true, 0, false},
		{"PT0.0000000001S", true, 0, false},
		{"P106752D", true, 0, false},
		{"P999999999999999999999D", true, 0, false},
		{"PT9223372036S", true, 9223372036 * time.Second, true},
		{"PT9223372036.854775808S", true, 0, false},
		{"-PT9223372036.854775808S", true, math.MinInt64, true},
		{"", false, 0, false},
		{"P", false, 0, false},
		{"PT", false, 0, false},
		{"P1DT", false, 0, false},
		{"1D", false, 0, false},
		{"P1", false, 0, false},
		{"P1H", false, 0, false},
		{"PT1D", false, 0, false},
		{"P1D1Y", false, 0, false},
		{"PT1S1S", false, 0, false},
		{"PT1.S", false, 0, false},
		{"PT.5S", false, 0, false},
		{"PT1.5H", false, 0, false},
		{"P-1D", false, 0, false},
		{"--P1D", false, 0, false},
		{"P1DT1HT1S", false, 0, false},
		{"p1d", false, 0, false},
		{"P1D' or true", false, 0, false},
	} {
		d, err := ParseDuration(test.text)
		if (err == nil) != test.valid || test.valid && string(d) != test.text {
			t.Errorf("ParseDuration(%q) = %q, %v", test.text, d, err)
		}
		if std, exact := Duration(test.text).Std(); std != test.std || exact != test.exact {
			t.Errorf("%q.Std() = %v, %v; want %v, %v", test.text, std, exact, test.std, test.exact)
		}
	}
}

func FuzzDuration(f *testing.F) {
	for _, seed := range []string{"P1Y2M3W4DT5H6M7.8S", "-PT0S", "PT9223372036.854775808S", "P1DT", "+P0D"} {
		f.Add(seed, int64(1500))
	}
	f.Fuzz(func(t *testing.T, text string, n int64) {
		if std, ok := Duration(text).Std(); ok {
			if again, ok := DurationOf(std).Std(); !ok || again != std {
				t.Errorf("%q is %v, but then %v", text, std, again)
			}
		}
		if std, ok := DurationOf(time.Duration(n)).Std(); !ok || std != time.Duration(n) {
			t.Errorf("%d became %v", n, std)
		}
	})
}

// FuzzTime holds that every time that is read is written as it was, but for what no time.Time can hold.
func FuzzTime(f *testing.F) {
	for _, seed := range []string{
		"2020-12-04T23:10:28.51Z", "0001-01-01T00:00:00Z", "2020-12-04T23:10:28.5000000+05:30", "2020-12-04T23:10:28.0+00:00",
		"9999-12-31T23:59:59.999999999-23:59", "2020-12-04T1:10:28Z", "2020-12-04T23:10:28,5Z", "2020-12-04T23:10:28.0000000010Z", "9999-12-30T23:01:00-24:59", "2020-12-04T23:10:28+01:60",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, form, err := parseTime(text)
		if err != nil {
			return
		}
		written, err := appendTime(nil, at, form)
		if err != nil {
			t.Fatalf("%q cannot be written: %v", text, err)
		}
		again, formAgain, err := parseTime(string(written))
		if err != nil || !again.Equal(at) || formAgain != form {
			t.Errorf("%q became %q: %v", text, written, err)
		}
		want, err := time.Parse(time.RFC3339Nano, text)
		if diff := cmp.Diff(want, at); diff != "" || err != nil {
			t.Errorf("%q (-time.Parse +ours): %s, %v", text, diff, err)
		}
	})
}

// FuzzDate holds that a day or a time of day is written as it was read, in text, in JSON and in a filter.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{
		"2024-02-29", "0000-01-01", "9999-12-31", "2023-02-29", "2024-2-9", "08:30", "23:59:59.999999999", "00:00:00.0000000", "08:30:00.000000001999", "24:00:00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := ParseDate(text); err == nil {
			want, timeErr := time.Parse(time.DateOnly, text)
			if timeErr != nil || !d.In(time.UTC).Equal(want) || d.String() != text || DateOf(d.In(time.UTC)) != d {
				t.Errorf("%q is read as %v; time.Parse: %v, %v", text, d, want, timeErr)
			}
			if literal, err := literal(d); err != nil || literal != text {
				t.Errorf("%q becomes the literal %s, %v", text, literal, err)
			}
		}
		at, form, err := parseTimeOfDay(text)
		if err != nil {
			return
		}
		if again, err := ParseTimeOfDay(at.String()); err != nil || again != at {
			t.Errorf("%q becomes %s and then %s, %v", text, at, again, err)
		}
		if written := string(at.append(nil, form, edmDigits)); written != text && written != text+":00" && !strings.HasPrefix(text, written) {
			t.Errorf("%q is written %s", text, written)
		}
	})
}

// FuzzDecimal holds that a Decimal is what JSON takes for a number, and stays as it is.
func FuzzDecimal(f *testing.F) {
	for _, seed := range []string{"0", "-0.00", "12.50", "1E5", "1e-300", "+1", "01", ".5", "5.", "INF", "1 or true", "١", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		isNumber := json.Valid([]byte(text)) && strings.Trim(text, "-0123456789.eE+") == ""
		literal, err := literal(Decimal(text))
		if (err == nil) != isNumber || isNumber && literal != text {
			t.Errorf("%q: the literal is %q, %v; a number: %v", text, literal, err, isNumber)
		}
		if !isNumber {
			return
		}
		for _, data := range []string{`{"decimal":` + text + `}`, `{"decimal":"` + text + `"}`} {
			var v scalars
			err := v.UnmarshalJSON([]byte(data))
			again, writeErr := v.MarshalJSON()
			if err != nil || writeErr != nil || string(again) != `{"decimal":`+text+`}` {
				t.Errorf("%s became %s, %v, %v", data, again, err, writeErr)
			}
		}
	})
}
