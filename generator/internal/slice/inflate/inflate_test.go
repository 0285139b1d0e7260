package inflate_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/slice/inflate"
)

func TestBytes(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(strings.Repeat("text ", 1<<20))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	gz := b.String()
	tests := map[string]struct {
		data  string
		limit int64
		want  int // length
		err   string
	}{
		"text":               {data: "text", limit: 2, want: 4},
		"empty":              {},
		"gzip":               {data: gz, limit: 5 << 20, want: 5 << 20},
		"over the limit":     {data: gz, limit: 5<<20 - 1, err: "the gzip file holds more than 4 MiB"},
		"cut short":          {data: gz[:len(gz)/2], limit: 5 << 20, err: "the gzip file ends early"},
		"cut in its trailer": {data: gz[:len(gz)-1], limit: 5 << 20, err: "the gzip file ends early"},
		"cut in its header":  {data: gz[:4], limit: 5 << 20, err: "the gzip file ends early"},
		"wrong checksum":     {data: gz[:len(gz)-8] + "\x00\x00\x00\x00" + gz[len(gz)-4:], limit: 5 << 20, err: "the gzip file is damaged: gzip: invalid checksum"},
		"wrong size told":    {data: gz[:len(gz)-4] + "\xff\xff\xff\xff", limit: 5 << 20, err: "the gzip file is damaged: gzip: invalid checksum"},
	}
	for name, test := range tests {
		data, err := inflate.Bytes([]byte(test.data), test.limit)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if len(data) != test.want || got != test.err {
			t.Errorf("%s: got %d bytes and %q, want %d and %q", name, len(data), got, test.want, test.err)
		}
	}
}
