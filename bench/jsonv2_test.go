//go:build goexperiment.jsonv2

package main

import (
	jsonv1 "encoding/json"
	"encoding/json/v2"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// BenchmarkV2Decode50Chats is BenchmarkDecode50Chats beside what will once be Go's own: encoding/json/v2, called as itself.
func BenchmarkV2Decode50Chats(b *testing.B) {
	decode50Chats(b, func(data []byte, chat *plainChat) error { return json.Unmarshal(data, chat) })
}

// Both versions read the same.
func TestV2SameChats(t *testing.T) {
	for _, data := range chats(t) {
		var first, second plainChat
		if err := errors.Join(jsonv1.Unmarshal(data, &first), json.Unmarshal(data, &second)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("-v1 +v2:\n%s", diff)
		}
	}
}
