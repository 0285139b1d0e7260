//go:build ignore

package graph

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// service is what a package calls.
type service struct {
	// root is where requests go unless an option of NewClient says otherwise.
	root string
	// version is the API's version, the last segment of root.
	version string
	// generator is the version of graphslice that made the package.
	generator string
}

// Connection is how a client reaches its service: its http.Client, tokens, retries and what else its options say. It is
// a TokenSource for NewClient of any package that has the same runtime: the client that this makes shares all of it,
// the pace of WithPacing too, and sends its own calls to its own version of the service, in the same cloud or at the
// same server.
//
//	second, err := other.NewClient(client.Connection())
//
// Options given beside it count for the new client alone. Where the service of the other client is another one, or is
// at an address that does not end with its version, WithServiceRoot has to say where the new client sends its calls to;
// the tokens then go there too.
type Connection struct{ client *Client }

// Connection returns how the client reaches its service.
func (c *Client) Connection() *Connection { return &Connection{c} }

// Token returns a token as the client sends it. It is an error if the client has no TokenSource, since its http.Client
// signs in.
func (c *Connection) Token(ctx context.Context) (string, error) {
	if c == nil || c.client.ready() != nil {
		return "", errNoClient
	}
	if c.client.token == nil {
		return "", errors.New("the client has no source of tokens: its http.Client signs in")
	}
	return c.client.bearer(ctx)
}

// connect takes what NewClient is given: a source of tokens, or the connection of another client.
func (c *Client) connect(tokens TokenSource) error {
	if connection, ok := tokens.(*Connection); ok {
		return c.join(connection)
	}
	if tokens != nil {
		c.token = tokens.Token
	}
	if source, ok := tokens.(ClaimsTokenSource); ok {
		c.claims = source.TokenWithClaims
	}
	return WithServiceRoot(c.service.root).apply(c)
}

// join takes everything from the client of a connection but for the service. A step of a batch is no part of it.
func (c *Client) join(connection *Connection) error {
	if connection == nil || connection.client.ready() != nil {
		return errNoClient
	}
	from, own := connection.client, *c
	*c = *from
	c.service, c.step, c.wait = own.service, nil, own.wait
	given, reading := *from.given, *from.reading
	c.http, c.reading = &given, &reading
	c.root = own.service.beside(from.service, from.root)
	return nil
}

// placed returns why nothing can be sent: it is not known where to.
func (c *Client) placed() error {
	if c.root == nil {
		return fmt.Errorf("the connection is to another address than one of %s: say by WithServiceRoot where to send",
			c.service.root)
	}
	return nil
}

// beside is where the service is found if another one of the same place is at an address; nil if that cannot be told.
func (s service) beside(other service, at *url.URL) *url.URL {
	place, ok := strings.CutSuffix(at.String(), "/"+other.version)
	if !ok || strings.TrimSuffix(s.root, "/"+s.version) != strings.TrimSuffix(other.root, "/"+other.version) {
		return nil
	}
	root, err := url.Parse(place + "/" + s.version)
	if err != nil {
		return nil
	}
	return root
}

// rootOf is the service root of the package that a value is of.
func rootOf(v model) string {
	if isNil(v) {
		return ""
	}
	return v.rest().root
}
