//go:build ignore

package graph

import (
	"context"
	"fmt"

	"msgraph"
)

type Client msgraph.XClient

// core is the client as its runtime knows it.
func (c *Client) core() *msgraph.XClient { return (*msgraph.XClient)(c) }

func NewClient(tokens TokenSource, options ...ClientOption) (*Client, error) {
	service := msgraph.XService{Root: defaultServiceRoot, Version: serviceVersion, Generator: generatorVersion}
	c, err := msgraph.XNewClient(service, tokens, options...)
	return (*Client)(c), err
}

// Connection returns how the client reaches its service, for NewClient of another package with the same runtime.
func (c *Client) Connection() *msgraph.Connection { return c.core().Connection() }

func (c *Client) Do(
	ctx context.Context, method, path string, in, out any, opts ...CallOption,
) (*Response, error) {
	return c.core().Do(ctx, method, path, in, out, opts...)
}

func (c *Client) WaitFor(ctx context.Context, response *Response) error {
	return c.core().WaitFor(ctx, response)
}

func (c Client) Format(f fmt.State, verb rune) { c.core().Format(f, verb) }
