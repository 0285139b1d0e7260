//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// creating compares the creation of a chat on loopback with the same call written by hand.
func creating(work string) ([]row, error) {
	binary := filepath.Join(work, "endtoend.test")
	if _, err := goCommand(nil, "test", "-c", "-o", binary, "."); err != nil {
		return nil, err
	}
	u, err := execute(0, binary, "-test.run", "^$", "-test.bench", "^BenchmarkCreateChat", "-test.count", "5")
	if err != nil {
		return nil, err
	}
	results := parseBenchmarks(u.output)
	ours, plain := results["CreateChat/graphslice"], results["CreateChat/plain"]
	times := results["CreateChatInTurn"].reported
	oursNs, plainNs := times["graphslice-ns"], times["plain-ns"]
	if plain.allocs == 0 || len(oursNs) == 0 || len(oursNs) != len(plainNs) {
		return nil, fmt.Errorf("no figures in:\n%s", u.output)
	}
	ratios := make([]float64, len(oursNs))
	for i := range ratios {
		ratios[i] = oursNs[i] / plainNs[i]
	}
	slices.Sort(ratios)
	return []row{
		{"creating a chat on loopback: time", ratios[len(ratios)/2], 1.15, "of the call by hand",
			fmt.Sprintf("%.0f µs and %.0f µs, called in turn; median of %d", slices.Min(oursNs)/1e3, slices.Min(plainNs)/1e3, len(ratios))},
		{"creating a chat on loopback: allocations", ours.allocs / plain.allocs, 1.5, "of the call by hand",
			fmt.Sprintf("%.0f and %.0f", ours.allocs, plain.allocs)},
	}, nil
}

// What listing goes over.
const (
	listedChats   = 100_000
	chatsOfAPage  = 50
	membersOfChat = 5
)

// listing measures the live heap of a program that goes over many chats.
func listing(work string) ([]row, error) {
	binary := filepath.Join(work, "listing")
	if _, err := goCommand(nil, "build", "-o", binary, "./program/listing"); err != nil {
		return nil, err
	}
	service := httptest.NewServer(http.HandlerFunc(answerPage))
	defer service.Close()
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), "ROOT="+service.URL+"/v1.0")
	u, err := measure(cmd, 0)
	if err != nil {
		return nil, err
	}
	var chats, members int
	var heap float64
	if _, err := fmt.Sscan(u.output, &chats, &members, &heap); err != nil || chats != listedChats || members != chats*membersOfChat {
		return nil, fmt.Errorf("listing printed %q, %v", u.output, err)
	}
	return []row{{"listing 100,000 chats: live heap", heap / 1e6, 30, "MB",
		fmt.Sprintf("%.1f s, largest resident set %.0f MB", u.seconds, u.megabytes)}}, nil
}

// answerPage answers a page of chats with a link to the next, as long as there are more.
func answerPage(w http.ResponseWriter, r *http.Request) {
	first, _ := strconv.Atoi(r.URL.Query().Get("$skiptoken")) // 0 for the first page, which has none
	var page bytes.Buffer
	page.WriteString(`{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#chats","@odata.count":50,`)
	if next := first + chatsOfAPage; next < listedChats {
		fmt.Fprintf(&page, `"@odata.nextLink":"http://%s/v1.0/chats?$top=50&$skiptoken=%d",`, r.Host, next)
	}
	page.WriteString(`"value":[`)
	for i := range chatsOfAPage {
		if i > 0 {
			page.WriteByte(',')
		}
		writeChat(&page, first+i)
	}
	page.WriteString("]}")
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.Copy(w, &page) // listing notices what is missing
}

func writeChat(page io.Writer, i int) {
	fmt.Fprintf(page, `{"id":"19:82fe7758-5bb3-4f0d-a43f-e555fd%06d@unq.gbl.spaces","topic":"Topic %d","chatType":"group",`+
		`"createdDateTime":"2020-12-04T23:10:28.51Z","lastUpdatedDateTime":"2020-12-04T23:10:28.51Z",`+
		`"webUrl":"https://teams.microsoft.com/l/chat/%d/0","tenantId":"b33cbe9f-8ebe-4f2a-912b-7e2a427f477f","members":[`, i, i, i)
	for m := range membersOfChat {
		if m > 0 {
			_, _ = io.WriteString(page, ",")
		}
		fmt.Fprintf(page, `{"@odata.type":"#microsoft.graph.aadUserConversationMember","id":"MCMj%d.%d=","roles":["owner"],"displayName":"Member %d",`+
			`"visibleHistoryStartDateTime":"0001-01-01T00:00:00Z","userId":"8b081ef6-4792-4def-b2c9-c363a1%06d","email":"member%d@contoso.com",`+
			`"tenantId":"b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"}`, i, m, m, i, m)
	}
	_, _ = io.WriteString(page, "]}")
}

// runtimeLines counts what a generated package has beside what is made of the slice: lines that are neither blank nor a comment.
func runtimeLines(folder string) (int, error) {
	files, err := filepath.Glob(filepath.Join(folder, "runtime_*.go"))
	if err != nil {
		return 0, err
	}
	lines := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				lines++
			}
		}
	}
	return lines, nil
}
