package swap

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Replace writes every file or none, and leaves nothing else behind.
func TestReplace(t *testing.T) {
	tests := map[string]struct {
		files []File
		want  map[string]string
		fault string
	}{
		"new and replaced": {
			[]File{{Name: "old.yaml", Data: []byte("new")}, {Name: "a/b/c.yaml", Data: []byte("c")}},
			map[string]string{"old.yaml": "new", "a/b/c.yaml": "c", "folder/x": "x"}, "",
		},
		"no folder can be made": {
			[]File{{Name: "old.yaml", Data: []byte("new")}, {Name: "a/b.yaml", Data: []byte("b")}, {Name: "old.yaml/c.yaml", Data: []byte("c")}},
			map[string]string{"old.yaml": "old", "folder/x": "x"}, "old.yaml: error: not a directory (io)",
		},
		"nothing": {nil, map[string]string{"old.yaml": "old", "folder/x": "x"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for path, text := range map[string]string{"old.yaml": "old", "folder/x": "x"} {
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			fault := ""
			if err := Replace(test.files); err != nil {
				fault, _, _ = strings.Cut(err.Error(), "\n")
			}
			if diff := cmp.Diff(test.fault, fault); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, filesBelow(t)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

// filesBelow returns the texts of the files below the working folder; an empty folder is one with a text of its own.
func filesBelow(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(".", func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			data, err := os.ReadFile(path)
			files[filepath.ToSlash(path)] = string(data)
			return err
		}
		entries, err := os.ReadDir(path)
		if len(entries) == 0 {
			files[filepath.ToSlash(path)] = "(empty folder)"
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
