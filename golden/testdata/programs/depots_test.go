// Package programs runs clients that were generated from golden cases against a service that is strict: it knows what it
// knows, to the byte, and answers anything else with 404. It is compiled and run in a module where those packages are.
package programs

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	depots "example.com/golden/keys_in_parentheses"
)

// answer is what a service says to one request.
type answer struct {
	status   int
	body     string
	location string
}

// strict is a service that has an answer to each request that it knows, by method and the path and query as they were sent.
type strict struct {
	*httptest.Server
	answers map[string]answer
	bodies  []string
}

func serve(t *testing.T, answers map[string]answer) *strict {
	s := &strict{answers: answers}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := s.answers[r.Method+" "+r.RequestURI]
		if !ok {
			t.Errorf("the service does not know %s %s", r.Method, r.RequestURI)
			http.NotFound(w, r)
			return
		}
		if r.Header.Get("Authorization") != "Bearer a-token" {
			t.Errorf("%s %s: without the token", r.Method, r.RequestURI)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if len(body) > 0 {
			s.bodies = append(s.bodies, string(body))
		}
		w.Header().Set("Content-Type", "application/json")
		if a.location != "" {
			w.Header().Set("Location", a.location)
		}
		w.WriteHeader(a.status)
		io.WriteString(w, a.body)
	}))
	t.Cleanup(s.Close)
	return s
}

func depotClient(t *testing.T, s *strict) *depots.Client {
	t.Helper()
	client, err := depots.NewClient(depots.StaticToken("a-token"), depots.WithServiceRoot(s.URL+"/odata/v4"), depots.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

const part = "0aa1bb2c-0000-4000-8000-00000000beef"

func TestListAndPages(t *testing.T) {
	s := serve(t, map[string]answer{})
	s.answers["GET /odata/v4/Depots"] = answer{status: 200, body: `{"value":[{"Code":"OSL"},{"Code":"BGO"}],"@odata.nextLink":"` + s.URL + `/odata/v4/Depots?$skiptoken=2"}`}
	s.answers["GET /odata/v4/Depots?$skiptoken=2"] = answer{status: 200, body: `{"value":[{"Code":"TRD"}]}`}
	client := depotClient(t, s)
	page, err := client.Depots().List(t.Context(), nil)
	if err != nil || len(page.Items) != 2 {
		t.Fatal(page, err)
	}
	if page, err = page.Next(t.Context()); err != nil || len(page.Items) != 1 || page.Items[0].Code.Or("") != "TRD" {
		t.Error(page, err)
	}
	var codes []string
	for depot, err := range client.Depots().All(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, depot.Code.Or(""))
	}
	if !slices.Equal(codes, []string{"OSL", "BGO", "TRD"}) {
		t.Error(codes)
	}
}

func TestEntities(t *testing.T) {
	s := serve(t, map[string]answer{
		"POST /odata/v4/Depots":                                       {status: 201, location: "Depots('O''S%20L')"},
		"GET /odata/v4/Depots('O''S%20L')":                            {status: 200, body: `{"Code":"O'S L","City":"Oslo"}`},
		"GET /odata/v4/Depots('a%2Fb%23%3F%25')?$select=City":         {status: 200, body: `{"City":"Bergen"}`},
		"PATCH /odata/v4/Depots('OSL')":                               {status: 204},
		"DELETE /odata/v4/Depots('OSL')":                              {status: 204},
		"GET /odata/v4/Depots('OSL')/Shelves":                         {status: 200, body: `{"value":[{"Number":-3}]}`},
		"POST /odata/v4/Depots('OSL')/Shelves":                        {status: 201, body: `{"Number":4}`},
		"GET /odata/v4/Depots('OSL')/Shelves(-3)":                     {status: 200, body: `{"Number":-3}`},
		"DELETE /odata/v4/Depots('OSL')/Shelves(0)":                   {status: 204},
		"DELETE /odata/v4/Depots('OSL')/Stock.ColdStore/Sensors('t')": {status: 204},
		"GET /odata/v4/Parts(" + part + ")":                           {status: 200, body: `{"ID":"` + part + `"}`},
		"GET /odata/v4/Days(2026-02-28)":                              {status: 200, body: `{}`},
		"GET /odata/v4/Carriers(Name='x')":                            {status: 200, body: `{"Name":"x"}`},
		"GET /odata/v4/Carriers(TaxNumber=9007199254740993)":          {status: 200, body: `{"Name":"x"}`},
	})
	client, ctx := depotClient(t, s), t.Context()
	created, err := client.Depots().Create(ctx, &depots.StockDepot{City: depots.Some("Oslo")})
	if err != nil || created.ID() != "O'S L" || created.Location != s.URL+"/odata/v4/Depots('O''S%20L')" {
		t.Fatal(created, err)
	}
	if depot, err := created.Wait(ctx); err != nil || depot.City.Or("") != "Oslo" {
		t.Error(depot, err)
	}
	if depot, err := client.Depots().ByID("O'S L").Get(ctx, nil); err != nil || depot.Code.Or("") != "O'S L" {
		t.Error(depot, err)
	}
	options := &depots.GetOptions{Select: []string{depots.StockDepotPropertyCity}}
	if depot, err := client.Depots().ByID("a/b#?%").Get(ctx, options); err != nil || depot.City.Or("") != "Bergen" {
		t.Error(depot, err)
	}
	depot := client.Depots().ByID("OSL")
	if _, err := depot.Update(ctx, &depots.StockDepot{City: depots.Null[string]()}); err != nil || s.bodies[len(s.bodies)-1] != `{"City":null}` {
		t.Error(s.bodies, err)
	}
	if page, err := depot.Shelves().List(ctx, nil); err != nil || page.Items[0].Number.Or(0) != -3 {
		t.Error(page, err)
	}
	if shelf, err := depot.Shelves().Create(ctx, &depots.StockShelf{}); err != nil || shelf.Value.Number.Or(0) != 4 {
		t.Error(shelf, err)
	}
	if shelf, err := depot.Shelves().ByID(-3).Get(ctx, nil); err != nil || shelf.Number.Or(0) != -3 {
		t.Error(shelf, err)
	}
	for name, err := range map[string]error{
		"shelf":  depot.Shelves().ByID(0).Delete(ctx),
		"sensor": depot.AsStockColdStore().Sensors().ByID("t").Delete(ctx),
		"depot":  depot.Delete(ctx),
	} {
		if err != nil {
			t.Error(name, err)
		}
	}
	if got, err := client.Parts().ByID(part).Get(ctx, nil); err != nil || got.ID.Or("") != part {
		t.Error(got, err)
	}
	if _, err := client.Days().ByID(depots.Date{Year: 2026, Month: 2, Day: 28}).Get(ctx, nil); err != nil {
		t.Error(err)
	}
	if got, err := client.Carriers().ByID("x").Get(ctx, nil); err != nil || got.Name != "x" {
		t.Error(got, err)
	}
	if got, err := client.Carriers().ByTaxNumber(9007199254740993).Get(ctx, nil); err != nil || got.Name != "x" {
		t.Error(got, err)
	}
}

func TestCompositeKey(t *testing.T) {
	const level = "/odata/v4/Levels(Depot='O''S',Part=" + part + ")"
	s := serve(t, map[string]answer{
		"GET " + level:                              {status: 200, body: `{"Depot":"O'S","Part":"` + part + `","Count":5}`},
		"PATCH " + level:                            {status: 204},
		"DELETE " + level:                           {status: 204},
		"GET " + level + "/Shelves":                 {status: 200, body: `{"value":[{"Number":1}]}`},
		"POST " + level + "/Stock.Recount":          {status: 204},
		"GET " + level + "/Stock.Forecast(days=30)": {status: 200, body: `{"Count":7}`},
	})
	ctx := t.Context()
	item := depotClient(t, s).Levels().ByDepotAndPart("O'S", part)
	if got, err := item.Get(ctx, nil); err != nil || got.Count.Or(0) != 5 {
		t.Error(got, err)
	}
	updated, err := item.Update(ctx, &depots.StockLevel{Count: depots.Some(int32(6))})
	if err != nil || updated.ID() != "" {
		t.Error(updated, err)
	}
	if got, err := updated.Wait(ctx); err != nil || got.Count.Or(0) != 5 { // reads the entity that was updated
		t.Error(got, err)
	}
	if page, err := item.Shelves().List(ctx, nil); err != nil || len(page.Items) != 1 {
		t.Error(page, err)
	}
	if err := item.StockRecount(ctx); err != nil {
		t.Error(err)
	}
	if got, err := item.StockForecast(ctx, &depots.LevelsByDepotAndPartStockForecastOptions{Days: depots.Some(int32(30))}); err != nil || got.Count.Or(0) != 7 {
		t.Error(got, err)
	}
	if err := item.Delete(ctx); err != nil {
		t.Error(err)
	}
}

func TestFunctions(t *testing.T) {
	s := serve(t, map[string]answer{
		"GET /odata/v4/Parts/Stock.WithTags(tags=@tags,limit=@limit)?@tags=%5B%22a%22,%22b'%5C%22c%22%5D&@limit=3":                  {status: 200, body: `{"value":[{"Tags":["a"]}]}`},
		"GET /odata/v4/Parts/Stock.WithTags(tags=@tags)?@tags=%5B%5D":                                                               {status: 200, body: `{"value":[]}`},
		"GET /odata/v4/Parts/Stock.Within(box=@box,sizes=@sizes)?@box=%7B%22Note%22:%22x%26y%22,%22Width%22:2%7D&@sizes=%5B1,-2%5D": {status: 200, body: `{"value":[]}`},
		"GET /odata/v4/Nearest(lat=59.9,lon=-10)":                                                                                   {status: 200, body: `{"Code":"OSL"}`},
		"GET /odata/v4/Nearest(lat=59.9,lon=-10)/Shelves":                                                                           {status: 200, body: `{"value":[{"Number":1}]}`},
		"GET /odata/v4/Busiest()": {status: 200, body: `{"Code":"BGO"}`},
	})
	client, ctx := depotClient(t, s), t.Context()
	page, err := client.Parts().StockWithTags(ctx, &depots.PartsStockWithTagsOptions{Tags: []string{"a", `b'"c`}, Limit: depots.Some(int32(3))})
	if err != nil || len(page.Items) != 1 {
		t.Error(page, err)
	}
	if _, err := client.Parts().StockWithTags(ctx, &depots.PartsStockWithTagsOptions{Tags: []string{}}); err != nil {
		t.Error(err)
	}
	box := &depots.StockBox{Width: depots.Some(int32(2)), Note: depots.Some("x&y")}
	if _, err := client.Parts().StockWithin(ctx, &depots.PartsStockWithinOptions{Box: box, Sizes: []int32{1, -2}}); err != nil {
		t.Error(err)
	}
	here := &depots.NearestOptions{Lat: depots.Some(59.9), Lon: depots.Some(-10.0)}
	if got, err := client.Nearest(ctx, here); err != nil || got.Code.Or("") != "OSL" {
		t.Error(got, err)
	}
	if got, err := client.NearestPath(here).Shelves().List(ctx, nil); err != nil || len(got.Items) != 1 {
		t.Error(got, err)
	}
	if got, err := client.Busiest(ctx, nil); err != nil || got.Code.Or("") != "BGO" {
		t.Error(got, err)
	}
}

// What is no key is refused before anything is sent.
func TestRefusedKeys(t *testing.T) {
	client, ctx := depotClient(t, serve(t, nil)), context.Background()
	for name, call := range map[string]func() error{
		"an empty key":        func() error { return client.Depots().ByID("").Delete(ctx) },
		"a zero byte":         func() error { return client.Depots().ByID("a\x00").Delete(ctx) },
		"a GUID that goes on": func() error { _, err := client.Parts().ByID(part+")/x").Get(ctx, nil); return err },
		"an empty GUID":       func() error { _, err := client.Parts().ByID("").Get(ctx, nil); return err },
		"a second key":        func() error { return client.Levels().ByDepotAndPart("a", "b,Depot='c'").Delete(ctx) },
		"an empty part":       func() error { return client.Levels().ByDepotAndPart("", part).Delete(ctx) },
		"a text with no UTF-8": func() error {
			_, err := client.Parts().StockWithTags(ctx, &depots.PartsStockWithTagsOptions{Tags: []string{"\xff"}})
			return err
		},
		"arguments that lack": func() error { _, err := client.Nearest(ctx, &depots.NearestOptions{Lat: depots.Some(1.0)}); return err },
		"a date that is no day": func() error {
			_, err := client.Days().ByID(depots.Date{Year: 2026, Month: 2, Day: 30}).Get(ctx, nil)
			return err
		},
	} {
		var answered *depots.Error
		if err := call(); err == nil || errors.As(err, &answered) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
