package generator

import "github.com/graphslice/graphslice/generator/internal/names"

// Version is graphslice's version. It is part of what is generated, so it is written here and not taken from the build:
// a clone, a module download and a test must generate the same.
const Version = "0.1.0"

// NamesRules is the number of the rules by which names are given out, as it stands in the lock.
const NamesRules = names.Rules
