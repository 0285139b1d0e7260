package graph

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDelta(t *testing.T) {
	s := serve(t,
		reply{body: `{"value":[{"id":"1","name":"n"},{"id":"2","@removed":{"reason":"changed"}}],"@odata.nextLink":"{root}/gadgets/test.delta()?$skiptoken=s%20t"}`},
		reply{body: `{"value":[{"id":"3","@removed":{"reason":"deleted"}},{"id":"4","@removed":{}},{"id":"5","@removed":"odd"},{"id":"6","@removed":null},null],` +
			`"@odata.deltaLink":"{root}/gadgets/test.delta()?$deltatoken=a%2Bb"}`},
		reply{body: `{"value":[],"@odata.deltaLink":"{root}/gadgets/test.delta()?$deltatoken=c"}`})
	page, err := list(t.Context(), s.gadgets().add("/test.delta()"), nil, changed(readGadget), []CallOption{Prefer("return=minimal")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var link string
	for page, err := range page.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range page.Items {
			line := change.Value.ID
			if change.Removed != nil {
				line += " removed " + change.Removed.Reason
			}
			got = append(got, line)
		}
		link = page.DeltaLink
	}
	want := []string{"1", "2 removed changed", "3 removed deleted", "4 removed ", "5 removed ", "6"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	next, err := listFrom(t.Context(), s.gadgets(), link, changed(readGadget), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(next.Items) != 0 || !strings.HasSuffix(next.DeltaLink, "$deltatoken=c") {
		t.Errorf("%d items, delta link %s", len(next.Items), next.DeltaLink)
	}
	lines := []string{
		"GET /v1.0/gadgets/test.delta()",
		"GET /v1.0/gadgets/test.delta()?$skiptoken=s%20t",
		"GET /v1.0/gadgets/test.delta()?$deltatoken=a%2Bb",
	}
	if diff := cmp.Diff(lines, s.lines()); diff != "" {
		t.Error(diff)
	}
}

func TestDeltaLinkTooOld(t *testing.T) {
	const body = `{"error":{"code":"syncStateNotFound","message":"Start anew."}}`
	s := serve(t,
		reply{status: 410, header: location("/gadgets/test.delta()?$deltatoken="), body: body},
		reply{status: 410, body: body})
	for _, want := range []string{s.URL + "/v1.0/gadgets/test.delta()?$deltatoken=", ""} {
		_, err := listFrom(t.Context(), s.gadgets(), s.URL+"/v1.0/gadgets/test.delta()?$deltatoken=old", changed(readGadget), nil)
		var failed *PageError
		if !errors.Is(err, ErrGone) || !errors.As(err, &failed) {
			t.Fatalf("error %v", err)
		}
		if failed.Restart != want {
			t.Errorf("restart at %q, want %q", failed.Restart, want)
		}
		if got, want := err.Error(), "page 1: GET /v1.0/gadgets/test.delta(): 410 syncStateNotFound: Start anew."; got != want {
			t.Errorf("error %q, want %q", got, want)
		}
	}
}
