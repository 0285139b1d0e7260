package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/microsoft/kiota-abstractions-go/serialization"
	serializer "github.com/microsoft/kiota-serialization-json-go"
	"github.com/microsoftgraph/msgraph-sdk-go/models"
)

func BenchmarkEncode(b *testing.B) {
	chat := newChat("https://graph.microsoft.com/v1.0")
	b.ReportAllocs()
	for b.Loop() {
		if err := encode(chat); err != nil {
			b.Fatal(err)
		}
	}
}

func encode(value serialization.Parsable) error {
	writer := serializer.NewJsonSerializationWriter()
	defer writer.Close()
	if err := writer.WriteObjectValue("", value); err != nil {
		return err
	}
	_, err := writer.GetSerializedContent()
	return err
}

// variable names the file that bench writes the chats to.
const variable = "GRAPHSLICE_BENCH_CHATS"

func BenchmarkDecode(b *testing.B) {
	path := os.Getenv(variable)
	if path == "" {
		b.Skipf("SKIPPED: name a file with a JSON array of chats in %s", variable)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	var all []json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range all {
			node, err := serializer.NewJsonParseNode(data)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := node.GetObjectValue(models.CreateChatFromDiscriminatorValue); err != nil {
				b.Fatal(err)
			}
		}
	}
}
