//go:build ignore

package graph

import (
	"context"

	"msgraph"
)

type Batch msgraph.XBatch

// core is the batch as its runtime knows it.
func (b *Batch) core() *msgraph.XBatch { return (*msgraph.XBatch)(b) }

func (c *Client) NewBatch() *Batch { return (*Batch)(c.core().NewBatch()) }

func InBatch[T any](b *Batch, call func(ctx context.Context, c *Client) (T, error), options ...StepOption) *Step[T] {
	if call == nil {
		return msgraph.XInBatch[T](b.core(), nil, options...)
	}
	return msgraph.XInBatch(b.core(), func(ctx context.Context, c *msgraph.XClient) (T, error) {
		return call(ctx, (*Client)(c))
	}, options...)
}

func (b *Batch) Do(call func(ctx context.Context, c *Client) error, options ...StepOption) *Step[None] {
	if call == nil {
		return b.core().Do(nil, options...)
	}
	return b.core().Do(func(ctx context.Context, c *msgraph.XClient) error {
		return call(ctx, (*Client)(c))
	}, options...)
}

func (b *Batch) Send(ctx context.Context) error { return b.core().Send(ctx) }
