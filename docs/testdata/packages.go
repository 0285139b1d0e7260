package page

import (
	"context"
	"errors"
	"net/http/httptest"

	"example.com/program/shared/graph"
	"example.com/program/shared/graphbeta"
)

var (
	ctx     context.Context
	tokens  graph.TokenSource
	client  *graph.Client
	preview *graphbeta.Client
	server  *httptest.Server
	user    *graph.User
)
