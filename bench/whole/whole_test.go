// Package whole measures what others need to load a whole document, for comparison. Only bench runs it.
package whole

import (
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// documentVariable is the environment variable that names the document.
const documentVariable = "GRAPHSLICE_BENCH_DOCUMENT"

func BenchmarkKinOpenAPI(b *testing.B) {
	path := os.Getenv(documentVariable)
	if path == "" {
		b.Skipf("SKIPPED: name a document in %s", documentVariable)
	}
	for b.Loop() {
		if _, err := openapi3.NewLoader().LoadFromFile(path); err != nil {
			b.Fatal(err)
		}
	}
}
