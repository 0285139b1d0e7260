package index

import "testing"

// wholeName is a whole document of Graph: 21.5 MB, 5,760 paths.
const wholeName = "2022-05/beta/all.yaml"

func BenchmarkOpenYAML(b *testing.B) { benchmarkOpen(b, sharedFile(b, wholeName)) }

func BenchmarkOpenJSON(b *testing.B) {
	benchmarkOpen(b, toJSON(b, parseWhole(b, sharedFile(b, wholeName)), "  "))
}

func BenchmarkOpenCompactJSON(b *testing.B) {
	benchmarkOpen(b, toJSON(b, parseWhole(b, sharedFile(b, wholeName)), ""))
}

func benchmarkOpen(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		open(b, "doc", data)
	}
}

func BenchmarkSelectYAML(b *testing.B) { benchmarkSelect(b, sharedFile(b, wholeName)) }

func BenchmarkSelectJSON(b *testing.B) {
	benchmarkSelect(b, toJSON(b, parseWhole(b, sharedFile(b, wholeName)), "  "))
}

// benchmarkSelect cuts a slice from an open document.
func benchmarkSelect(b *testing.B, data []byte) {
	doc := open(b, "doc", data)
	include := set(b, "/chats/**")
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := doc.Select(include, nil, nil); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}

// BenchmarkRefs finds all references of a document, as for the chains from operations to types.
func BenchmarkRefs(b *testing.B) {
	data := sharedFile(b, wholeName)
	doc := open(b, "doc", data)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		for _, e := range doc.Top() {
			if _, diags := doc.Refs(e); len(diags) > 0 {
				b.Fatal(diags)
			}
		}
	}
}
