package pick

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Options say how a page is served.
type Options struct {
	Project Project
	// Ready is told the address of the page, which is to be kept secret, and another that opens it once, as soon as both work.
	Ready func(address, once string)
	// Port is the port to listen at; 0 lets the system choose.
	Port int
}

// Serve serves the page until it is closed or ctx is done, which both are no error. The error is a diag.List, or a fault of the
// generator itself.
func Serve(ctx context.Context, opts Options) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp4", fmt.Sprintf("127.0.0.1:%d", opts.Port))
	if err != nil {
		return faultf("cannot-listen", "%v", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	desk := newDesk(opts.Project)
	port := listener.Addr().(*net.TCPAddr).Port
	g := newGuard(desk.handler(), port)
	server := &http.Server{Handler: g, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 32 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 2)
	var all sync.WaitGroup
	all.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	})
	all.Go(func() {
		if err := desk.load(ctx); err != nil {
			failed <- err
		}
	})
	opts.Ready(g.address(port), g.once(port))
	select {
	case <-ctx.Done():
	case <-desk.life.ended:
	case err = <-failed:
	}
	if ctx.Err() != nil {
		err = nil
	}
	cancel()
	closing, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer done()
	if server.Shutdown(closing) != nil {
		_ = server.Close()
	}
	all.Wait()
	desk.wait()
	return err
}

// newGuard guards what is behind a new secret.
func newGuard(next http.Handler, port int) *guard {
	g := &guard{secret: newSecret(), next: next, hosts: []string{fmt.Sprintf("127.0.0.1:%d", port), fmt.Sprintf("localhost:%d", port)}}
	var once sync.Once
	ticket := newSecret()
	g.ticket = func(given string) bool {
		valid := false
		if subtle.ConstantTimeCompare([]byte(given), []byte(ticket)) == 1 {
			once.Do(func() { valid = true })
		}
		return valid
	}
	g.opens = ticket
	return g
}

func (g *guard) address(port int) string {
	return fmt.Sprintf("http://127.0.0.1:%d/%s/", port, g.secret)
}

func (g *guard) once(port int) string {
	return fmt.Sprintf("http://127.0.0.1:%d%s%s", port, ticketPath, g.opens)
}
