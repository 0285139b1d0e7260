package sharing

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/gosource"
)

func TestRuntimeTmp(t *testing.T) {
	files, err := gosource.RuntimeFiles("msgraph")
	if err != nil {
		t.Fatal(err)
	}
	out, err := Runtime(Parts(files), "msgraph")
	if err != nil {
		t.Fatal(err)
	}
	dir := "/tmp/rt/msgraph"
	os.RemoveAll(dir)
	os.MkdirAll(dir, 0o777)
	os.WriteFile("/tmp/rt/go.mod", []byte("module example.com/rt\n\ngo 1.24\n"), 0o666)
	for _, f := range out {
		os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666)
	}
}
