package jsonvalue

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKept(t *testing.T) {
	for _, test := range []struct{ arrived, sent, want string }{
		{`{"a":1,"b":[null,{"c":"d"}]}`, ` {"b":[null,{"c":"d"}],"a":1}`, ""},
		{`null`, `null`, ""},
		{`{"id":""}`, `{}`, ""},
		{`{"n":"5","m":1.50,"f":0.1000000001}`, `{"n":5,"m":1.5,"f":0.1}`, ""},
		{`{"t":"2020-12-04T23:10:28.1234567891Z"}`, `{"t":"2020-12-04T23:10:28.123456789Z"}`, ""},
		{`{"b":"-_8"}`, `{"b":"+/8="}`, ""},
		{`["a",null,null]`, `["a","",0]`, ""},

		{`{"id":"1"}`, `{}`, `"id" is lost`},
		{`{"id":null}`, `{}`, `"id" is lost`},
		{`{}`, `{"id":""}`, `"id" has come from nowhere`},
		{`{"a":{"b":true}}`, `{"a":{"b":false}}`, `"a": "b": "true" became "false"`},
		{`{"a":1}`, `{"a":2}`, `"a": "1" became "2"`},
		{`{"a":1}`, `{"a":"1"}`, `"a": "1" became "1"`},
		{`{"a":"x"}`, `{"a":"y"}`, `"a": "x" became "y"`},
		{`{"a":"12"}`, `{"a":13}`, `"a": "12" became "13"`},
		{`{"a":null}`, `{"a":""}`, `"a": "<nil>" became ""`},
		{`[1]`, `[1,2]`, `1 items became 2`},
		{`["a",null]`, `["a",1]`, `[1]: "<nil>" became "1"`},
		{`{"t":"2020-12-04T23:10:28.1234567Z"}`, `{"t":"2020-12-04T23:10:28.123456Z"}`, `"t": "2020-12-04T23:10:28.1234567Z" became "2020-12-04T23:10:28.123456Z"`},
		{`{`, `{}`, `what arrived: "{" is not JSON`},
		{`{}`, `{} {}`, `what is sent: "{} {}" is not JSON`},
	} {
		got := ""
		if err := Kept([]byte(test.arrived), []byte(test.sent)); err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s and %s (-want +got):\n%s", test.arrived, test.sent, diff)
		}
	}
}
