package slice

import "flag"

// Update is set by: go test ./generator/slice -update
var Update = flag.Bool("update", false, "rewrite the golden files")
