// Package output stands for what oapi-codegen writes: bench puts it beside this file, in a copy of this module. What it
// imports is imported here, so that go.mod has it and it can be built in advance.
package output

import (
	_ "github.com/oapi-codegen/nullable"
	_ "github.com/oapi-codegen/runtime"
	_ "github.com/oapi-codegen/runtime/types"
)
