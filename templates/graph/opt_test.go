package graph

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOpt(t *testing.T) {
	for _, test := range []struct {
		name               string
		opt                Opt[string]
		value              string
		some, null, absent bool
		or                 string
	}{
		{"absent", Opt[string]{}, "", false, false, true, "?"},
		{"null", Null[string](), "", false, true, false, "?"},
		{"a value", Some("x"), "x", true, false, false, "x"},
		{"a zero value", Some(""), "", true, false, false, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if want := map[bool]string{true: test.value, false: "<" + test.name + ">"}[test.some]; test.opt.String() != want {
				t.Errorf("printed as %s, want %s", test.opt, want)
			}
			value, some := test.opt.Get()
			got := []any{value, some, test.opt.IsNull(), test.opt.IsZero(), test.opt.Or("?")}
			want := []any{test.value, test.some, test.null, test.absent, test.or}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if one := Some(1); one != Some(1) || Some(0) == (Opt[int]{}) || Null[int]() == Some(0) {
		t.Error("Opts of the same value are not equal, or of different ones are")
	}
}

// TestOptKeepsForm holds that the form that a time arrived in does not change its value.
func TestOptKeepsForm(t *testing.T) {
	var v scalars
	if err := json.Unmarshal([]byte(`{"time":"2020-12-04T23:10:28.5000000+00:00","timeOfDay":"08:00:00.0000000"}`), &v); err != nil {
		t.Fatal(err)
	}
	if at, _ := v.Time.Get(); at != time.Date(2020, 12, 4, 23, 10, 28, 5e8, time.UTC) {
		t.Errorf("time %v", at)
	}
	if at, _ := v.TimeOfDay.Get(); at != (TimeOfDay{Hour: 8}) {
		t.Errorf("time of day %v", at)
	}
}
