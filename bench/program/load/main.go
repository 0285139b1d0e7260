// Load reads an OpenAPI document with kin-openapi alone, without the places in the file: what any generator that builds on it pays
// before it starts.
package main

import (
	"fmt"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if _, err := openapi3.NewLoader().LoadFromFile(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}
