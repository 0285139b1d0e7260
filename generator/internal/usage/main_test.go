package usage

import (
	"os"
	"strings"
	"testing"
)

// TestMain lets the programs that the go command is asked about be compiled once: with -trimpath, what is the same to the byte is the
// same in the folder of another test, or run.
func TestMain(m *testing.M) {
	if err := os.Setenv("GOFLAGS", strings.TrimSpace(os.Getenv("GOFLAGS")+" -trimpath")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
