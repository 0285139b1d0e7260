package graphtest

import "context"

// Trouble is what goes wrong on order.
type Trouble struct{}

func (s *Server) trouble(ctx context.Context, method string, in *request) (*answer, error) {
	return nil, nil
}
