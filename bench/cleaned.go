//go:build unix

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
)

// What a program is cut from: the metadata as Microsoft cleans it, and its tables of permissions.
const (
	cleanedMetadata  = "../shared/graph-csdl/v1.0-clean-2026-08.xml"
	permissionsTable = "../shared/graph-permissions/permissions.json"
	permissionIDs    = "../shared/graph-permissions/provisioningInfo.json"
	// peerDocument is what kin-openapi loads beside it.
	peerDocument = "../shared/graph-openapi/" + largestTeams
)

// cleaned measures the cutting of a slice from the cleaned metadata with permissions, and the list of all that is there. They and
// kin-openapi's loading of a document take turns.
func cleaned(work string) ([]row, error) {
	if unavailable("the cleaned metadata", cleanedMetadata, permissionsTable, permissionIDs, peerDocument) {
		return nil, nil
	}
	if err := buildTools(work, "load"); err != nil {
		return nil, err
	}
	const runs = 7
	gen, sources := filepath.Join(work, "gen"), []string{"--metadata", cleanedMetadata, "--permissions", permissionsTable, "--permissions", permissionIDs}
	calls := [][]string{
		append([]string{gen, "slice", "--quiet", "--service-root", "https://graph.microsoft.com/v1.0", "--include", "/chats/**", "--out", filepath.Join(work, "cleaned.yaml")}, sources...),
		// Its ten megabytes of text are not kept here: a process is told to be at least as large as the one that started it.
		append([]string{"sh", "-c", `exec "$0" "$@" >/dev/null`, gen, "paths"}, sources...),
		{filepath.Join(work, "load"), peerDocument},
	}
	figures := make([][]figure, len(calls))
	for range runs {
		for i, call := range calls {
			u, err := execute(0, call[0], call[1:]...)
			if err != nil {
				return nil, err
			}
			figures[i] = append(figures[i], u.figure())
		}
	}
	cut, paths, kin := medians(figures[0]), medians(figures[1]), medians(figures[2])
	note := func(f figure) string { return fmt.Sprintf("median of %d; %.2f s of processor time", runs, f.CPU) }
	of := fmt.Sprintf("kin-openapi loads %s in %.2f s", largestTeams, kin.Seconds)
	return []row{
		{"/chats/** of cleaned metadata with permissions and ids: time", cut.Seconds, 0.6, "s", note(cut)},
		{"… memory", cut.Megabytes, 150, "MB", "largest resident set"},
		{"… of the time that kin-openapi needs to load a document", cut.Seconds / kin.Seconds, 0.5, "", of},
		{"gen paths of it: time", paths.Seconds, 1.5, "s", note(paths)},
		{"… of the time that kin-openapi needs to load a document", paths.Seconds / kin.Seconds, 1.2, "", of},
	}, nil
}

// endless measures a source that never ends: it is read up to the limit, of 256 MiB.
func endless(work string) ([]row, error) {
	const limit = 256 << 20 / 1e6 // megabytes
	chunk := make([]byte, 1<<20)
	for i := range chunk {
		chunk[i] = ' '
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(chunk); err != nil {
				return // the caller has gone away
			}
		}
	}))
	defer server.Close()
	best, err := best(3, func() (usage, error) {
		return execute(1, filepath.Join(work, "gen"), "slice", "--quiet", "--metadata", server.URL+"/metadata.xml", "--include", "/chats/**",
			"--service-root", "https://graph.microsoft.com/v1.0", "--out", filepath.Join(work, "endless.yaml"))
	})
	if err != nil {
		return nil, err
	}
	return []row{{"a source without end is refused: memory", best.megabytes / limit, 1.5, "of the limit",
		fmt.Sprintf("%.0f MB, largest of 3; %.1f s", best.megabytes, best.seconds)}}, nil
}
