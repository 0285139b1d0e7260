package graph

import "fmt"

// PanicError is the error of a function of the program's that panicked: the call of a step in a batch, or the handler
// of a notification.
type PanicError struct {
	Value any    // what panic was called with
	Stack []byte // of the goroutine, as runtime/debug writes it
}

// Error names the value.
func (e *PanicError) Error() string { return fmt.Sprintf("the call panicked: %v", e.Value) }

// Unwrap returns the value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
