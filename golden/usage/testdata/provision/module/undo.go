//go:build undo

package main

import "context"

// undo removes a team with its group.
func (s *script) undo(ctx context.Context, id string) error {
	return s.directory.Groups().ByID(id).Delete(ctx)
}

var _ = (*script).undo
