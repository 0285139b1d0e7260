package page

import (
	"context"
	"encoding/json"
	"net/http/httptest"

	graphbeta "github.com/graphslice/graphslice/generated/beta/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

var (
	tokens   graph.TokenSource
	client   *graph.Client
	server   *httptest.Server
	recorded []byte
	user     *graph.User
)
