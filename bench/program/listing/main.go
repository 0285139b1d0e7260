// Listing goes over all chats of the service at $ROOT and prints how many there were and the largest live heap on the way, in
// bytes. The service is another process, so that the heap is the client's alone.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// between is how many chats there are between two looks at the heap: no whole number of pages, so that the looks come upon
// pages in every state.
const between = 997

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "listing:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	client, err := graph.NewClient(graph.StaticToken("token"), graph.WithServiceRoot(os.Getenv("ROOT")))
	if err != nil {
		return err
	}
	chats, members, heap := 0, 0, uint64(0)
	for chat, err := range client.Chats().All(ctx, &graph.ListOptions{Top: 50}) {
		if err != nil {
			return err
		}
		chats++
		members += len(chat.Members)
		if chats%between == 1 {
			heap = max(heap, liveHeap())
		}
	}
	fmt.Println(chats, members, heap)
	return nil
}

// liveHeap returns the bytes that are still there after a collection.
func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
