package documented_test

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// The ids of the reference's examples.
const (
	user1       = "8b081ef6-4792-4def-b2c9-c363a1bf41d5"
	user2       = "82af01c5-f7cc-4a2e-a728-3a5df21afd9d"
	groupUser1  = "8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca"
	groupUser2  = "82fe7758-5bb3-4f0d-a43f-e555fd399c6f"
	groupUser3  = "3626a173-f2bc-4883-bcf7-01514c3bfb82"
	guest       = "8ba98gf6-7fc2-4eb2-c7f2-aef9f21fd98g" // no GUID, as documented
	otherTenant = "4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1"
	catalogApp  = "05F59CEC-A742-4A50-A62E-202A57E478A4"

	groupChatID     = "19:1c5b01696d2e4a179c292bc9cf04e63b@thread.v2"
	oneOnOneChatID  = "19:82fe7758-5bb3-4f0d-a43f-e555fd399c6f_8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca@unq.gbl.spaces"
	federatedChatID = "19:82af01c5-f7cc-4a2e-a728-3a5df21afd9d_8b081ef6-4792-4def-b2c9-c363a1bf41d5@unq.gbl.spaces"
	appChatID       = "19:82fe7758-5bb3-4f0d-a43f-e555fd399c6f_bfb5bb25-3a8d-487d-9828-7875ced51a30@unq.gbl.spaces"
	operationID     = "2432b57b-0abd-43db-aa7b-16eadd115d34-861f06db-0208-4815-b67a-965df0d28b7f-10adc8a6-60db-42e2-9761-e56a7e4c7bc9"
	memberChatID    = "19:cf66807577b149cca1b7af0c32eec122@thread.v2"
	memberID        = "MCMjMjQzMmI1N2ItMGFiZC00M2RiLWFhN2ItMTZlYWRkMTE1ZDM0IyMxOTpiZDlkYTQ2MzIzYWY0MjUzOTZkMGZhNjcyMDAyODk4NEB0aHJlYWQudjIjIzQ4YmY5ZDUyLWRjYTctNGE1Zi04Mzk4LTM3Yjk1Y2M3YmQ4Mw=="
	teamID          = "00000000-0000-0000-0000-0000000000aa" // the reference gives none
)

// outcome is what a caller gets out of a Result.
type outcome struct {
	Status   int
	Accepted bool
	Location string // with rootMark
	ID       string
	Value    any
	Waited   any
	WaitErr  string
}

// exchange is one documented exchange, written as a caller would.
type exchange[C any] struct {
	name    string
	send    func(ctx context.Context, client C) (outcome, error)
	answers []answer // to what Wait asks for after the documented answer
	asked   []string // the addresses that Wait reads
	want    outcome
}

// run sends the exchange to a service that answers as documented, and compares both sides.
func (e exchange[C]) run(t *testing.T, version string, client func(*service) C) {
	f := readFixture(t, version, e.name)
	s := serve(t, version, append([]answer{f.answered()}, e.answers...)...)
	s.checkAnswers = true
	got, err := e.send(context.Background(), client(s))
	if err != nil {
		t.Fatal(err)
	}
	seen := []request{f.sent(t)}
	for _, address := range e.asked {
		seen = append(seen, get(address))
	}
	s.wantSeen(seen...)
	got.Location = s.offRoot(got.Location)
	got.WaitErr = s.offRoot(got.WaitErr)
	if diff := cmp.Diff(e.want, got, everyField); diff != "" {
		t.Errorf("outcome (-want +got):\n%s", diff)
	}
}

// everyField compares what cannot be seen from outside as well, such as whether a value is absent or null.
var everyField = cmp.Exporter(func(reflect.Type) bool { return true })

// runAll runs the exchanges, and checks that none of the version's fixtures is left out.
func runAll[C any](t *testing.T, version string, client func(*service) C, exchanges []exchange[C]) {
	t.Helper()
	var names []string
	for _, e := range exchanges {
		names = append(names, e.name)
		t.Run(e.name, func(t *testing.T) { e.run(t, version, client) })
	}
	slices.Sort(names)
	if diff := cmp.Diff(fixtureNames(t, version), names); diff != "" {
		t.Errorf("fixtures (-) and exchanges (+):\n%s", diff)
	}
}

// after adds what Wait has returned.
func (o outcome) after(waited any, err error) outcome {
	o.Waited = waited
	if err != nil {
		o.WaitErr = err.Error()
	}
	return o
}

// v1Outcome waits for a Result and says what it holds.
func v1Outcome[T any](r *v1.Result[T], err error) (outcome, error) {
	if err != nil {
		return outcome{}, err
	}
	o := outcome{Status: r.Response.StatusCode, Accepted: r.Accepted(), Location: r.Location, ID: r.ID(), Value: r.Value}
	return o.after(r.Wait(context.Background())), nil
}

// betaOutcome is v1Outcome for the beta package, whose Result is a type of its own.
func betaOutcome[T any](r *beta.Result[T], err error) (outcome, error) {
	if err != nil {
		return outcome{}, err
	}
	o := outcome{Status: r.Response.StatusCode, Accepted: r.Accepted(), Location: r.Location, ID: r.ID(), Value: r.Value}
	return o.after(r.Wait(context.Background())), nil
}

// instant is a time as the reference writes it.
func instant(text string) time.Time {
	t, err := time.ParseInLocation(time.RFC3339Nano, text, time.UTC)
	if err != nil {
		panic(err)
	}
	return t
}
