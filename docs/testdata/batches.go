package page

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log"
	"mime/multipart"
	"os"

	"example.com/program/internal/graph"
)

var (
	ctx             context.Context
	client          *graph.Client
	tokens          graph.TokenSource
	id, old, saved  string
	driveID, itemID string
	file            *os.File
	size            int64
	newChat         *graph.Chat
	forget          func(id string)
	remember        func(*graph.User)
	err             error
)
