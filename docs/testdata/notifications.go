package page

import (
	"context"
	"crypto"
	"log"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/program/internal/graph"
)

var (
	ctx             context.Context
	client          *graph.Client
	id, saved       string
	secret          string
	appID, tenantID string
	data            []byte
	keys            func(certificateID string) crypto.Decrypter
	privateKeys     map[string]crypto.Decrypter
	subscription    *graph.KeptSubscription
	kept            atomic.Pointer[graph.KeptSubscription]
	remember        func(id string)
	catchUp         func(ctx context.Context)
	err             error
)
