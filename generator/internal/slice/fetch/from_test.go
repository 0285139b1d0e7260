package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// noNetwork fails a test that asks it for anything.
type noNetwork struct{ t *testing.T }

func (n noNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("the network was asked for %s", r.URL)
	return nil, http.ErrNotSupported
}

// An address is answered from its file, and nothing is fetched then.
func TestFrom(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("doc.xml", []byte("document"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("empty.xml", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	const address = "https://docs.example/$metadata"
	from := map[string]string{address: "doc.xml", "https://docs.example/empty": "empty.xml", "https://docs.example/gone": "gone.xml"}
	tests := map[string]struct {
		source   string
		opts     Options
		want     string
		wantErr  string
		answered []string
	}{
		"answered":            {address, Options{From: from}, "document", "", []string{address}},
		"answered, offline":   {address, Options{From: from, Offline: true}, "document", "", []string{address}},
		"the query aside":     {address + "?sig=secret#x", Options{From: from}, "document", "", []string{address}},
		"a file stays a file": {"doc.xml", Options{From: from, Offline: true}, "document", "", nil},
		"an empty file":       {"https://docs.example/empty", Options{From: from}, "", "empty.xml: error: the file is empty (unreadable-file)", []string{"https://docs.example/empty"}},
		"no such file":        {"https://docs.example/gone", Options{From: from}, "", "gone.xml: error: there is no such file (unreadable-file)", []string{"https://docs.example/gone"}},
		"not covered": {"https://docs.example/it's?sig=secret", Options{From: from}, "",
			"https://docs.example/it's: error: this run is offline, and no --from answers this address (offline)\n" +
				"\thint: give a file that holds it: --from 'https://docs.example/it'\\''s=FILE'", nil},
		"offline": {address, Options{Offline: true}, "",
			address + ": error: this run is offline, and no --from answers this address (offline)\n" +
				"\thint: give a file that holds it: --from '" + address + "=FILE'", nil},
		"a password is not shown": {"https://me:secret@docs.example/x", Options{Offline: true}, "",
			"https://docs.example/x: error: this run is offline, and no --from answers this address (offline)\n" +
				"\thint: give a file that holds it: --from 'https://docs.example/x=FILE'", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var answered []string
			test.opts.Answered = func(address string) { answered = append(answered, address) }
			test.opts.Transport = noNetwork{t}
			test.opts.CacheDir = filepath.Join(t.TempDir(), "cache")
			data, diags := Read(context.Background(), test.source, test.opts)
			got := ""
			if len(diags) > 0 {
				got = diags.Error()
			}
			if diff := cmp.Diff(test.wantErr, got); diff != "" || string(data) != test.want {
				t.Errorf("got %q, want %q; error (-want +got):\n%s", data, test.want, diff)
			}
			if diff := cmp.Diff(test.answered, answered); diff != "" {
				t.Errorf("answered (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseFrom(t *testing.T) {
	tests := map[string][3]string{
		"https://a.example/x=b.xml":              {"https://a.example/x", "b.xml", ""},
		"https://a.example/x?y=z=dir/b.xml":      {"https://a.example/x?y=z", "dir/b.xml", ""},
		"https://a.example/x":                    {"", "", `"https://a.example/x" is not of the form ADDRESS=FILE`},
		"https://a.example/x=":                   {"", "", `"https://a.example/x=" is not of the form ADDRESS=FILE`},
		"a.xml=b.xml":                            {"", "", `"a.xml" is not an address: it has no https:// in front`},
		"https://a.example/x=https://b.example/": {"", "", `"https://b.example/" is an address, not a file`},
		"https://a.example/x?sig=https://b/?c":   {"", "", `"https://b/" is an address, not a file`},
	}
	for text, want := range tests {
		address, file, err := ParseFrom(text)
		got := [3]string{address, file, ""}
		if err != nil {
			got[2] = err.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// elsewhere is the hint of an address that cannot be read from here.
func elsewhere(address string) string {
	return "\n\thint: if it cannot be had from here, fetch it elsewhere, and give the file: --from '" + address + "=FILE'"
}

// fails is a transport that has an error for everything.
type fails struct{ err error }

func (f fails) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// Where the network is closed, the way around it is told in words to paste, without what may be a secret.
func TestClosedNetwork(t *testing.T) {
	const address = "https://docs.contoso.com/doc"
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"no name":     {&net.OpError{Op: "dial", Err: &net.DNSError{Name: "docs.contoso.com", IsNotFound: true}}, "there is no server called docs.contoso.com (unreadable-url)" + elsewhere(address)},
		"no way":      {&net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connect: connection refused")}, "dial tcp: connect: connection refused (unreadable-url)" + elsewhere(address)},
		"a proxy":     {errors.New("Forbidden"), "Forbidden (unreadable-url)" + elsewhere(address)},
		"interrupted": {context.Canceled, "cancelled (unreadable-url)"},
	} {
		_, diags := Read(t.Context(), address+"?sig=secret", Options{Transport: fails{test.err}, CacheDir: t.TempDir()})
		if diff := cmp.Diff(address+": error: "+test.want, diags.Error()); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	_, diags := Read(t.Context(), address, Options{Transport: fails{io.EOF}, CacheDir: t.TempDir(), Flag: "source"})
	if want := strings.Replace(elsewhere(address), "--from", "--source", 1); !strings.HasSuffix(diags.Error(), want) {
		t.Errorf("%s does not end with %s", diags.Error(), want)
	}
}
