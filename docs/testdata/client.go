package page

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/program/internal/graph"
)

var (
	ctx      context.Context
	client   *graph.Client
	tokens   graph.TokenSource
	newest   func(context.Context) (string, error)
	token    string
	id       string
	userID   string
	topic    string
	since    time.Time
	address  string
	response graph.Response
	out      any
	retries  atomic.Int64
	task     *graph.PlannerTask
	group    *graph.Group
	chat     *graph.Chat
	err      error
)

// tracer and codes are like those of any tracing library.
var tracer interface {
	Start(ctx context.Context, name string) (context.Context, span)
}

type span interface {
	SetStatus(code int, text string)
	End()
}

var codes struct{ Error int }
