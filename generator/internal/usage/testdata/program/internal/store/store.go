// Package store knows a generated package by an interface alone.
package store

import "context"

// anything is what a value is until it is asked.
type anything any

// Keep asks a value what it can do.
func Keep(ctx context.Context, value anything) error {
	if c, ok := value.(interface{ Path() string }); ok {
		_ = c.Path()
	}
	return nil
}
