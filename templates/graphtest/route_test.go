package graphtest

import (
	"net/url"
	"strings"
	"testing"
)

// A backslash stands for a slash that is escaped in a request.
func TestRoutes(t *testing.T) {
	routes := newRoutes([]operation{
		{method: "GET", answer: "0", path: "/drive/root:/{path}"},
		{method: "GET", answer: "1", path: "/drive/root:/{path}:/content"},
		{method: "GET", answer: "2", path: "/drive/items/{item-id}:/{path}"},
		{method: "GET", answer: "3", path: "/drive/items/{item-id}/children/{child-id}:/{path}"},
		{method: "GET", answer: "4", path: "/meetings/own.all(by='@by',since=@since,ids=@ids)"},
		{method: "GET", answer: "5", path: "/meetings/own.all(by='@by',since=@since,ids=@ids)/own.delta()"},
		{method: "GET", answer: "6", path: "/jobs/own.of(group='{group}',since=@since)"},
		{method: "GET", answer: "7", path: "/jobs/{name}.{ext}"},
		{method: "GET", answer: "8", path: "/jobs/{job-id}/notes/"},
	})
	tests := map[string]string{
		"/drive/root:/a.txt":                                               "0 path=a.txt",
		"/drive/root:/Documents/My File.docx":                              "0 path=Documents/My File.docx",
		"/drive/root:/Documents/My File.docx:":                             "0 path=Documents/My File.docx",
		"/drive/root:/Documents/a.txt:/content":                            "1 path=Documents/a.txt",
		"/drive/items/01:/a/b":                                             "2 item-id=01 path=a/b",
		"/drive/items/01/children/02:/a/b":                                 "3 item-id=01 child-id=02 path=a/b",
		"/meetings/own.all":                                                "4 by= since= ids=",
		"/meetings/all()":                                                  "4 by= since= ids=",
		"/meetings/all(by='o''neil')":                                      "4 by=o'neil since= ids=",
		"/meetings/all(since=2024-01-01,by='(a,b)')":                       "4 by=(a,b) since=2024-01-01 ids=",
		"/meetings/own.all(by=@by,ids=@p1)?@by='x''y'&@p1=[\"a\",\"b'c\"]": "4 by=x'y since= ids=[\"a\",\"b'c\"]",
		"/meetings/own.all(by=@by,other=@p1)":                              "",
		"/meetings/own.all(by)":                                            "",
		"/meetings/own.all(since=2024-01-01)/own.delta":                    "5 by= since=2024-01-01 ids=",
		"/jobs/of(group='a\\b')":                                           "6 group=a/b since=",
		"/jobs/of(since=2024-01-01)":                                       "",
		"/jobs/a.b":                                                        "7 name=a ext=b",
		"/jobs/1/notes/":                                                   "8 job-id=1",
		"/jobs/1/notes":                                                    "8 job-id=1",
	}
	for request, want := range tests {
		path, query, _ := strings.Cut(request, "?")
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if op, keys, ok := find(routes, "GET", strings.ReplaceAll(path, `\`, hiddenSlash), values); ok {
			got = op.answer
			for _, k := range keys {
				got += " " + k.Name + "=" + k.Value
			}
		}
		if got != want {
			t.Errorf("%s is %q, not %q", request, got, want)
		}
	}
}
