package main

import (
	"testing"

	"github.com/graphslice/graphslice/bench/sample"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

func BenchmarkEncode(b *testing.B) {
	chat := newChat()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := chat.MarshalJSON(); err != nil {
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
			var chat graph.Chat
			if err := chat.UnmarshalJSON(data); err != nil {
				b.Fatal(err)
			}
		}
	}
}
