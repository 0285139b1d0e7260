package page

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"example.com/program/internal/graph"
	"example.com/program/internal/graph/graphtest"
)

var (
	t        *testing.T
	tokens   graph.TokenSource
	client   *graph.Client
	recorded []byte

	_ httptest.Server
	_ json.RawMessage
)
