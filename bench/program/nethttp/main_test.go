package main

import (
	"encoding/json"
	"testing"

	"github.com/graphslice/graphslice/bench/sample"
)

func BenchmarkEncode(b *testing.B) {
	chat := newChat("https://graph.microsoft.com/v1.0")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(chat); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	all, err := sample.Chats()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range all {
			var decoded chat
			if err := json.Unmarshal(data, &decoded); err != nil {
				b.Fatal(err)
			}
		}
	}
}
