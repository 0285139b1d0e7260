package page

import (
	"context"
	"errors"
	"log"
	"net/http"
	"net/http/httptest"

	"example.com/program/internal/graph"
)

var (
	ctx              context.Context
	client           *graph.Client
	tokens           graph.TokenSource
	newest           func(context.Context) (string, error)
	transport        http.RoundTripper
	server           *httptest.Server
	id, userID, link string
	chat             *graph.Chat
	err              error
)
