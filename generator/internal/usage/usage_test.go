package usage

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// newProgram copies testdata/program and the committed package of v1.0 into a module elsewhere.
func newProgram(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/program")); err != nil {
		t.Fatal(err)
	}
	copyPackage(t, filepath.Join(dir, "graph"))
	return dir
}

// copyPackage copies the committed package of v1.0, without its examples, which import it by its own path.
func copyPackage(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS("../../../generated/v1.0/graph")); err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range examples {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

// wanted reads the comments behind lines: file:line and the operation, with what is said of it.
func wanted(t *testing.T, dir string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || filepath.Base(filepath.Dir(path)) == "graph" {
			return err
		}
		text, err := os.ReadFile(path)
		relative, _ := filepath.Rel(dir, path)
		for i, line := range strings.Split(string(text), "\n") {
			if _, says, ok := strings.Cut(line, " // "); ok {
				all[filepath.ToSlash(relative)+":"+strconv.Itoa(i+1)+" "+says] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// got are the operations in the form of wanted.
func got(uses *Uses) map[string]bool {
	all := map[string]bool{}
	for _, p := range uses.Packages {
		for _, u := range p.Operations {
			for _, at := range u.Places {
				text := at.File + ":" + strconv.Itoa(at.Line) + " " + u.ID
				if at.Test {
					text += " (test)"
				}
				if u.NotCalled {
					text += " (not called)"
				}
				all[text] = true
			}
		}
	}
	return all
}

func ids(list []Use) []string {
	var all []string
	for _, u := range list {
		all = append(all, u.ID)
	}
	return all
}

func TestFind(t *testing.T) {
	dir := newProgram(t)
	want := wanted(t, dir)
	uses, err := Find(context.Background(), Request{Dir: dir, Tags: []string{"extra"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got(uses)))); diff != "" {
		t.Errorf("operations: -want +got:\n%s", diff)
	}
	p := uses.Packages[0]
	if len(uses.Packages) != 1 || p.Path != "example.com/program/graph" || p.Dir != "graph" {
		t.Errorf("packages: %+v", uses.Packages)
	}
	for name, test := range map[string]struct{ want, got []string }{
		"properties": {[]string{"microsoft.graph.aadUserConversationMember/user", "microsoft.graph.chat/chatType", "microsoft.graph.chat/members",
			"microsoft.graph.chat/topic", "microsoft.graph.chat/webUrl", "microsoft.graph.conversationMember/roles"}, ids(p.Properties)},
		"types": {[]string{"microsoft.graph.aadUserConversationMember", "microsoft.graph.chat", "microsoft.graph.conversationMember",
			"microsoft.graph.teamsAppInstallation", "microsoft.graph.user"}, ids(p.Types)},
		"binds":  {[]string{"users"}, ids(p.Binds)},
		"values": {[]string{"role/owner"}, ids(p.Values)},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	var unknown []string
	for _, u := range uses.Unknown {
		unknown = append(unknown, u.Kind+" "+u.Go+" "+u.What)
	}
	want2 := []string{"value Chat microsoft.graph.chat", "wait Result.Wait ", "value Chat microsoft.graph.chat", "value Chat microsoft.graph.chat",
		"raw Client.Do GET /me/messages/…", "address BindPath me", "reflection TeamsRequests ", "property Property microsoft.graph.chat"}
	if diff := cmp.Diff(want2, unknown); diff != "" {
		t.Errorf("unknown: -want +got:\n%s", diff)
	}
	i := slices.IndexFunc(p.UsesOf("operation"), func(u Use) bool { return u.ID == "POST /chats" })
	if i < 0 || len(p.Operations[i].Places) != 1 || p.Operations[i].Places[0].Line != 55 {
		t.Errorf("POST /chats is used at %v", p.Operations)
	}
	plain, err := Find(context.Background(), Request{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(want, func(text string, _ bool) bool { return strings.HasPrefix(text, "tagged.go") })
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got(plain)))); diff != "" {
		t.Errorf("without tags: -want +got:\n%s", diff)
	}
}
