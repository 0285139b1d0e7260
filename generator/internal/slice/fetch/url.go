package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

const maxRedirects = 10

func (r *reader) readURL(ctx context.Context) ([]byte, diag.List) {
	u, err := url.Parse(r.source)
	switch {
	case err != nil || u.Host == "":
		return r.fail(codeURL, "", "this is not a URL")
	case u.User != nil:
		return r.fail(codeURL, "leave it out", "the URL has a user name or password in it")
	case !isSafe(u):
		return r.fail(codeURL, "write https://", "%q is not https", u.Scheme)
	}
	ctx, cancel := context.WithTimeout(ctx, r.opts.Timeout)
	defer cancel()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	silence := time.AfterFunc(r.opts.Silence, func() { giveUp(errSilent) })
	defer silence.Stop()
	r.heard = func() { silence.Reset(r.opts.Silence) }
	data, err := r.get(ctx, u)
	if err != nil {
		if errors.Is(context.Cause(ctx), errSilent) {
			err = errSilent
		}
		return r.fail(codeURL, r.hint(err), "%s", r.explain(err))
	}
	return data, r.diags
}

// hint is what to do about an error: that of the error itself or, where the server was not reached or did not get to an end, the way
// around it.
func (r *reader) hint(err error) string {
	var own hinted
	var sent *url.Error
	switch {
	case errors.As(err, &own):
		return own.hint
	case errors.Is(err, context.Canceled), err != errSilent && !errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &sent):
		return ""
	}
	return "if it cannot be had from here, fetch it elsewhere, and give the file: " + r.fromFlag(withoutQuery(Shown(r.source)))
}

// errSilent: the server sends nothing any more.
var errSilent = errors.New("silent")

// get asks for the document, or takes it from the cache if the server says that it is still the same.
func (r *reader) get(ctx context.Context, u *url.URL) ([]byte, error) {
	cache := openCache(r.opts.CacheDir, u)
	if etag := cache.etag(r.opts.MaxSize); etag != "" {
		resp, err := r.ask(ctx, u, etag)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusNotModified {
			return r.receive(resp, cache)
		}
		if data := cache.read(r.opts.MaxSize); data != nil {
			return data, nil
		} // it was good a moment ago, and is not any more
	}
	resp, err := r.ask(ctx, u, "")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return r.receive(resp, cache)
}

// ask sends the request, with the ETag of what is kept already, if anything is.
func (r *reader) ask(ctx context.Context, u *url.URL, etag string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	// Asked for here rather than by the transport, the length that the server tells is that of what it sends.
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("User-Agent", "graphslice")
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	client := http.Client{Transport: r.opts.Transport, CheckRedirect: checkRedirect}
	return client.Do(req)
}

// receive reads the document from an answer, and keeps it for the next time.
func (r *reader) receive(resp *http.Response, cache cache) ([]byte, error) {
	r.heard()
	data, err := r.body(resp)
	if err != nil {
		return nil, err
	}
	if err := cache.write(data, resp.Header.Get("ETag")); err != nil {
		r.diags.Warnf(diag.Pos{File: Name(r.source)}, "cache", "the document cannot be kept for the next time: %v", err)
	}
	return data, nil
}

// body reads the document from an answer, uncompresses it on the way, and sees to it that it can be a document.
func (r *reader) body(resp *http.Response) ([]byte, error) {
	if err := checkStatus(resp); err != nil {
		return nil, err
	}
	if resp.ContentLength > r.opts.MaxSize {
		return nil, tooLarge("document", r.opts.MaxSize)
	}
	received := progress{reader: resp.Body, terminal: r.opts.Progress, name: resp.Request.URL.Host, total: resp.ContentLength, heard: r.heard}
	data, err := plain(&limited{&received, r.opts.MaxSize}, resp.ContentLength, r.opts.MaxSize)
	received.finish()
	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, hinted{fmt.Errorf("the document was cut short on its way, after %s", size(received.read)), "try again"}
	case errors.Is(err, errTooMuch):
		return nil, tooLarge("document", r.opts.MaxSize)
	case err != nil:
		return nil, err
	case len(data) == 0:
		return nil, errors.New("the server sent an empty document")
	case isHTML(data) || mediaType == "text/html":
		return nil, hinted{errors.New("the server sent a web page (HTML), not a document"),
			"on GitHub, take the address behind the button \"Raw\"; where a network wants a login first, log in"}
	}
	return data, nil
}

// isSafe reports whether a URL may be asked: with https, or with http on this machine.
func isSafe(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// checkRedirect refuses to be led from https to anything else, or on and on.
func checkRedirect(req *http.Request, via []*http.Request) error {
	req.Header.Del("Referer") // the query of an address is nobody else's business
	if req.URL.User != nil {
		return hinted{fmt.Errorf("the server leads on to an address with a user name or password in it, on %s", req.URL.Host), ""}
	}
	if req.URL.Scheme != via[0].URL.Scheme && req.URL.Scheme != "https" || !isSafe(req.URL) {
		return hinted{fmt.Errorf("the server leads on to %s://%s, which is not https", req.URL.Scheme, req.URL.Host), ""}
	}
	if len(via) > maxRedirects {
		return hinted{fmt.Errorf("the server leads on more than %d times", maxRedirects), ""}
	}
	return nil
}

// hinted is an error with what to do about it.
type hinted struct {
	error
	hint string
}

// explain says what went wrong, without the URL, which the message begins with.
func (r *reader) explain(err error) string {
	var urlErr *url.Error
	switch {
	case errors.Is(err, errSilent):
		return fmt.Sprintf("the server has sent nothing for %s", r.opts.Silence)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("the document did not arrive within %s", r.opts.Timeout)
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.As(err, &urlErr):
		err = urlErr.Err
	}
	var dnsErr *net.DNSError
	if errors.As(err, &dnsErr) && dnsErr.IsNotFound {
		return fmt.Sprintf("there is no server called %s", dnsErr.Name)
	}
	return err.Error()
}

// progress counts what is read and shows it.
type progress struct {
	reader      io.Reader
	terminal    io.Writer // nil: none
	name        string
	total       int64 // -1 if unknown
	read, shown int64
	heard       func() // called when something arrives
}

// progressStep is how many bytes are read between two changes of the line.
const progressStep = 1 << 20

func (p *progress) Read(b []byte) (int, error) {
	n, err := p.reader.Read(b)
	p.read += int64(n)
	if n > 0 && p.heard != nil {
		p.heard()
	}
	if p.terminal != nil && p.read-p.shown >= progressStep {
		p.shown = p.read
		line := fmt.Sprintf("%s: %s", diag.Printable(p.name), size(p.read))
		if p.total > 0 {
			line += fmt.Sprintf(" of %s", size(p.total))
		}
		fmt.Fprint(p.terminal, "\r"+line+strings.Repeat(" ", 4))
	}
	return n, err
}

// finish removes the line.
func (p *progress) finish() {
	if p.shown > 0 {
		fmt.Fprint(p.terminal, "\r\x1b[K")
	}
}
