package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// The same bodies with plain structs and encoding/json, to compare with.

type plainWidget struct {
	ETag    string       `json:"@odata.etag,omitempty"`
	ID      string       `json:"id,omitempty"`
	State   string       `json:"state,omitempty"`
	Title   string       `json:"title,omitempty"`
	Built   time.Time    `json:"built,omitzero"`
	Tags    []string     `json:"tags,omitempty"`
	Context string       `json:"parts@odata.context,omitempty"`
	Sheets  []plainSheet `json:"sheets,omitempty"`
	Parts   []plainWheel `json:"parts,omitempty"`
}

type plainSheet struct {
	Maker string `json:"maker@odata.bind"`
}

type plainWheel struct {
	ODataType string    `json:"@odata.type,omitempty"`
	ID        string    `json:"id,omitempty"`
	Label     string    `json:"label,omitempty"`
	Roles     []string  `json:"roles,omitempty"`
	Since     time.Time `json:"since,omitzero"`
	Code      string    `json:"code,omitempty"`
	Email     string    `json:"email,omitempty"`
	Maker     string    `json:"maker@odata.bind,omitempty"`
}

const (
	idA = "8b081ef6-4792-4def-b2c9-c363a1bf41d5"
	idB = "82af01c5-f7cc-4a2e-a728-3a5df21afd9d"
	idC = "05F59CEC-A742-4A50-A62E-202A57E478A4"
)

func newBody() *widget {
	return &widget{
		State: widgetStateNew,
		Title: Some("One of a kind"),
		Parts: []anyPart{
			&wheel{Roles: []string{"owner"}, Maker: bindMaker(idA)},
			&wheel{Roles: []string{"owner"}, Maker: bindMaker(idB), Code: Some(idA)},
		},
		Sheets: []*sheet{{Maker: bindMaker(idC)}},
	}
}

func newPlainBody() *plainWidget {
	bind := func(id string) string { return defaultServiceRoot + "/makers('" + id + "')" }
	return &plainWidget{
		State: "new",
		Title: "One of a kind",
		Parts: []plainWheel{
			{ODataType: "#shop.wheel", Roles: []string{"owner"}, Maker: bind(idA)},
			{ODataType: "#shop.wheel", Roles: []string{"owner"}, Maker: bind(idB), Code: idA},
		},
		Sheets: []plainSheet{{Maker: bind(idC)}},
	}
}

func BenchmarkEncode(b *testing.B) {
	body := newBody()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := marshal(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodePlain(b *testing.B) {
	body := newPlainBody()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(body); err != nil {
			b.Fatal(err)
		}
	}
}

// answer is a page of 50 widgets with five parts each.
func answer() []byte {
	var b bytes.Buffer
	b.WriteString(`{"value":[`)
	for i := range 50 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"19:meeting_%032d@thread.v2","state":"new","title":"Meeting no. %d — notes","built":"2020-12-04T23:10:28.51Z",
			"tags":["a","b"],"@odata.etag":"W/\"%d\"","parts@odata.context":"https://graph.microsoft.com/v1.0/$metadata#shops('1')/parts","parts":[`, i, i, i)
		for j := range 5 {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"@odata.type":"#shop.wheel","id":"MCMjMjQzMmI1N2ItMGFiZC00M2RiLWFhN2ItMTZlYWRkMTE1ZDM0%d%d==","roles":["owner"],
				"label":"Label %d","since":"0001-01-01T00:00:00Z","code":"%s","email":"someone%d@contoso.com"}`, i, j, j, idA, j)
		}
		b.WriteString(`]}`)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

func readPage(r *jsonReader) []*widget {
	var items []*widget
	r.members(func(string) { readSlice(r, &items, readWidget) })
	return items
}

func BenchmarkDecode(b *testing.B) {
	data := answer()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeValue(data, nil, readPage); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodePlain(b *testing.B) {
	data := answer()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var page struct{ Value []plainWidget }
		if err := json.Unmarshal(data, &page); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseTime(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := parseTime("2020-12-04T23:10:28.51Z"); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAllocations holds what the benchmarks are to show, as far as it does not depend on the machine.
func TestAllocations(t *testing.T) {
	body := newBody()
	if n := testing.AllocsPerRun(100, func() { marshal(body) }); n != 1 {
		t.Errorf("encoding takes %v allocations, want 1", n)
	}
	data := answer()
	ours := testing.AllocsPerRun(10, func() { decodeValue(data, nil, readPage) })
	plain := testing.AllocsPerRun(10, func() { json.Unmarshal(data, &struct{ Value []plainWidget }{}) })
	if ours > plain {
		t.Errorf("decoding takes %v allocations, encoding/json over plain structs %v", ours, plain)
	}
	if n := testing.AllocsPerRun(100, func() { parseTime("2020-12-04T23:10:28.51+02:00") }); n != 0 {
		t.Errorf("reading a time takes %v allocations, want 0", n)
	}
}
