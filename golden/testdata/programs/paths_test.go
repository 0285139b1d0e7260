package programs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	paths "example.com/golden/path_arguments"
)

func pathClient(t *testing.T, s *strict) *paths.Client {
	t.Helper()
	client, err := paths.NewClient(paths.StaticToken("a-token"), paths.WithServiceRoot(s.URL+"/v1.0"), paths.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// call is a call of the client and the request that it makes.
type call struct {
	request string
	send    func(ctx context.Context, c *paths.Client) error
}

// calls have one of each kind of path.
var calls = []call{
	{"GET /v1.0/me/drive/root:/Documents/a%20b%231.txt", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByPath("Documents/a b#1.txt").Get(ctx, nil)
		return err
	}},
	{"PATCH /v1.0/me/drive/root:/Documents/a%20b%231.txt:", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByPath("Documents/a b#1.txt").Update(ctx, &paths.DriveItem{Name: paths.Some("c")})
		return err
	}},
	{"GET /v1.0/me/drive/root:/Documents/a%20b%231.txt:/content", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByPath("Documents/a b#1.txt").Content().Get(ctx, nil)
		return err
	}},
	{"PUT /v1.0/me/drive/root:/x%3A/y%27z%25%3F%3B:/content", func(ctx context.Context, c *paths.Client) error {
		return c.Me().Drive().Root().ByPath("x:/y'z%?;").Content().Replace(ctx, strings.NewReader("text"))
	}},
	{"GET /v1.0/me/drive/root:/a:/children", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByPath("a").Children().List(ctx, nil)
		return err
	}},
	{"GET /v1.0/me/drive/root:/a:/children/1%2F2", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByPath("a").Children().ByID("1/2").Get(ctx, nil)
		return err
	}},
	{"GET /v1.0/me/drive/root:/a:/microsoft.graph.search(q='o''neil')", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByPath("a").Search(ctx, &paths.MeDriveRootByPathSearchOptions{Q: paths.Some("o'neil")})
		return err
	}},
	{"GET /v1.0/me/drive/items/01AB!2:/x/y:/children", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Items().ByID("01AB!2").ByPath("x/y").Children().List(ctx, nil)
		return err
	}},
	{"GET /v1.0/me/drive/root:/Archive/2026/%C3%A5/b.txt:/content", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Me().Drive().Root().ByArchiveYearAndNameTxt(2026, "å/b").Content().Get(ctx, nil)
		return err
	}},
	{"GET /v1.0/sites/contoso.sharepoint.com:/teams/hr:/drive", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Sites().ByID("contoso.sharepoint.com").ByPath("teams/hr").Drive().Get(ctx, nil)
		return err
	}},
	{"GET /v1.0/books/a%2F%7Bb%7D.json", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Books().ByBookIDJSON("a/{b}").Get(ctx, nil)
		return err
	}},
	{"GET /v1.0/books/2026-7/pages", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Books().ByYearAndNumber(2026, 7).Pages().List(ctx, nil)
		return err
	}},
	{"GET /v1.0/files/%7Bext%7D.tar.gz", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Files().ByNameAndExt("{ext}", "tar.gz").Get(ctx, nil)
		return err
	}},
	{"GET /v1.0/workbook/range()", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Workbook().Range(ctx, nil)
		return err
	}},
	{"GET /v1.0/workbook/range(address='A1:B2')", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Workbook().Range(ctx, &paths.WorkbookRangeOptions{Address: paths.Some("A1:B2")})
		return err
	}},
	{"GET /v1.0/workbook/range(address='A1:B2')/format/font", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Workbook().RangePath(&paths.WorkbookRangeOptions{Address: paths.Some("A1:B2")}).Format().Font().Get(ctx, nil)
		return err
	}},
	{"GET /v1.0/workbook/range()/format/font", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Workbook().RangePath(nil).Format().Font().Get(ctx, nil)
		return err
	}},
	{"PATCH /v1.0/workbook/cell(row=4)", func(ctx context.Context, c *paths.Client) error {
		_, err := c.Workbook().PatchCell(ctx, &paths.WorkbookCellOptions{Row: paths.Some(int32(4))}, &paths.Range{})
		return err
	}},
	{"GET /v1.0/workbook/names/n/range()/row(row=2)/microsoft.graph.range/format", func(ctx context.Context, c *paths.Client) error {
		row := &paths.WorkbookNamesItemRangeRowOptions{Row: paths.Some(int32(2))}
		_, err := c.Workbook().Names().ByID("n").RangePath().RowPath(row).AsRange().Format().Get(ctx, nil)
		return err
	}},
}

func TestPaths(t *testing.T) {
	for _, c := range calls {
		t.Run(c.request, func(t *testing.T) {
			s := serve(t, map[string]answer{c.request: {status: 200, body: `{"id":"1","value":[]}`}})
			if err := c.send(t.Context(), pathClient(t, s)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A path that would not lead down, or that says something else, is refused before anything is sent.
func TestRefusedPaths(t *testing.T) {
	client := pathClient(t, serve(t, nil))
	for _, path := range []string{"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/.", "$value", "a/$value", `..\..\x`, `a\..`, "a\x00", "a\xff"} {
		var answered *paths.Error
		if _, err := client.Me().Drive().Root().ByPath(path).Get(t.Context(), nil); err == nil || errors.As(err, &answered) {
			t.Errorf("%q: %v", path, err)
		}
	}
	for _, parts := range [][2]string{{"", "txt"}, {"a", ""}, {"$value", "txt"}, {"a\x00", "txt"}, {"a", "\xff"}} {
		var answered *paths.Error
		if _, err := client.Files().ByNameAndExt(parts[0], parts[1]).Get(t.Context(), nil); err == nil || errors.As(err, &answered) {
			t.Errorf("%q: %v", parts, err)
		}
	}
}

// An address and a template are what logs show, not what is in them.
func TestPathsInObservers(t *testing.T) {
	var seen []string
	s := serve(t, map[string]answer{"GET /v1.0/me/drive/root:/secret/x:/children": {status: 200, body: `{"value":[]}`},
		"GET /v1.0/files/secret.txt": {status: 200, body: `{}`}})
	client, err := paths.NewClient(paths.StaticToken("a-token"), paths.WithServiceRoot(s.URL+"/v1.0"), paths.NoRetry,
		paths.WithTrace(func(ctx context.Context, call paths.CallInfo) (context.Context, func(paths.CallResult)) {
			seen = append(seen, call.Path)
			return ctx, nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Me().Drive().Root().ByPath("secret/x").Children().List(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if _, err := client.Files().ByNameAndExt("secret", "txt").Get(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if want := []string{"/me/drive/root:/{item-path}:/children", "/files/{name}.{ext}"}; !slices.Equal(seen, want) {
		t.Errorf("%q", seen)
	}
}
