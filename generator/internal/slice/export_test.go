package slice

import "flag"

// Update is set by: go test ./generator/internal/slice -update
var Update = flag.Bool("update", false, "rewrite the golden files")
