package graphtest

import "sync"

// guard is a mutex. Like other small functions that are called all over the package its methods say that they are not to be
// copied to where they are called: that would be a tenth of the code, which all who test with the package compile.
type guard struct{ mutex sync.Mutex }

//go:noinline
func (g *guard) Lock() { g.mutex.Lock() }

//go:noinline
func (g *guard) Unlock() { g.mutex.Unlock() }
