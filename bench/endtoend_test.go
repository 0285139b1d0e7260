package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// createdChat is the documented answer to the creation of a chat, in the length that the service sends it.
const createdChat = `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#chats/$entity",` +
	`"id":"19:82fe7758-5bb3-4f0d-a43f-e555fd399c6f_8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca@unq.gbl.spaces","topic":null,` +
	`"createdDateTime":"2020-12-04T23:10:28.51Z","lastUpdatedDateTime":"2020-12-04T23:10:28.51Z","chatType":"oneOnOne",` +
	`"webUrl":"https://teams.microsoft.com/l/chat/19%3A82fe7758-5bb3-4f0d-a43f-e555fd399c6f_8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca@unq.gbl.spaces/0?tenantId=b33cbe9f-8ebe-4f2a-912b-7e2a427f477f",` +
	`"tenantId":"b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"}`

func answerChat(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("request-id", "4b0a2f9c-2a9a-4f1c-8d5d-3f1f0a2f9c4b")
	w.WriteHeader(http.StatusCreated)
	_, _ = io.WriteString(w, createdChat)
}

// serviceVariable tells this test binary that it is the service: in a process of its own, what the service allocates is not
// counted.
const serviceVariable = "GRAPHSLICE_BENCH_SERVICE"

func TestMain(m *testing.M) {
	if os.Getenv(serviceVariable) == "" {
		os.Exit(m.Run())
	}
	server := httptest.NewServer(http.HandlerFunc(answerChat))
	fmt.Println(server.URL)
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
}

// startService starts the service in a process of its own and returns its address.
func startService(b *testing.B) string {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serviceVariable+"=1")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		stdin.Close()
		_ = cmd.Wait()
	})
	line := make([]byte, 100)
	n, err := stdout.Read(line)
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(string(line[:n]))
}

// createByHand is the call as one writes it with net/http and encoding/json, with errors, but without anything for the day on
// which the service does not answer so.
func createByHand(ctx context.Context, client *http.Client, root string, chat *plainChat) (*plainChat, error) {
	body, err := json.Marshal(chat)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, root+"/chats", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer token")
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return nil, fmt.Errorf("POST /chats: %s", resp.Status)
	}
	created := new(plainChat)
	return created, json.NewDecoder(resp.Body).Decode(created)
}

func newGraphClient(tb testing.TB, root string) *graph.Client {
	client, err := graph.NewClient(graph.StaticToken("token"), graph.WithServiceRoot(root))
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// TestSameCall holds that the benchmark compares the same call: what is sent and what is read.
func TestSameCall(t *testing.T) {
	var sent []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent = append(sent, r.Method+" "+r.RequestURI+" "+r.Header.Get("Authorization")+" "+r.Header.Get("Content-Type"), string(body))
		answerChat(w, r)
	}))
	defer server.Close()
	ours, err := newGraphClient(t, server.URL+"/v1.0").Chats().Create(t.Context(), newChat())
	if err != nil {
		t.Fatal(err)
	}
	byHand, err := createByHand(t.Context(), server.Client(), server.URL+"/v1.0", newPlainChat())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sent[0], sent[2]); diff != "" {
		t.Errorf("-ours +by hand:\n%s", diff)
	}
	root := strings.NewReplacer(server.URL, "https://graph.microsoft.com")
	compareJSON(t, []byte(sent[3]), []byte(root.Replace(sent[1])))
	again, err := ours.Value.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	compareJSON(t, []byte(createdChat), again)
	if byHand.ID != ours.ID() || *byHand.WebURL != ours.Value.WebURL.Or("") {
		t.Errorf("by hand: %v", byHand)
	}
}

// BenchmarkCreateChat reports the allocations of both ways. Its times depend on what else the machine does meanwhile; see
// BenchmarkCreateChatInTurn.
func BenchmarkCreateChat(b *testing.B) {
	ours, byHand := bothWays(b)
	b.Run("graphslice", func(b *testing.B) { benchmarkCall(b, ours) })
	b.Run("plain", func(b *testing.B) { benchmarkCall(b, byHand) })
}

func benchmarkCall(b *testing.B, call func()) {
	b.ReportAllocs()
	for b.Loop() {
		call()
	}
}

// BenchmarkCreateChatInTurn makes the call in both ways in turn, and reports the median of how long each takes.
func BenchmarkCreateChatInTurn(b *testing.B) {
	ours, byHand := bothWays(b)
	var oursTook, byHandTook []time.Duration
	for b.Loop() {
		start := time.Now()
		ours()
		middle := time.Now()
		byHand()
		oursTook, byHandTook = append(oursTook, middle.Sub(start)), append(byHandTook, time.Since(middle))
	}
	b.ReportMetric(median(oursTook), "graphslice-ns")
	b.ReportMetric(median(byHandTook), "plain-ns")
}

func median(took []time.Duration) float64 {
	slices.Sort(took)
	return float64(took[len(took)/2])
}

// bothWays starts a service and returns the call in both ways.
func bothWays(b *testing.B) (ours, byHand func()) {
	root := startService(b) + "/v1.0"
	client, plain := newGraphClient(b, root), new(http.Client)
	ours = func() {
		if created, err := client.Chats().Create(b.Context(), newChat()); err != nil || created.ID() == "" {
			b.Fatal(err)
		}
	}
	byHand = func() {
		if created, err := createByHand(b.Context(), plain, root, newPlainChat()); err != nil || created.ID == "" {
			b.Fatal(err)
		}
	}
	return ours, byHand
}
