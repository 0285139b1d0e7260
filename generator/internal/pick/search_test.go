package pick

import (
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// shelf is one with a list alone.
type shelf []slice.Listed

func (s shelf) List([]string) ([]slice.Listed, []string) { return s, []string{"/me/drive"} }

func (s shelf) Select([]string, []string) ([]slice.Selected, []string) { return nil, nil }

func listed(method, path, summary string, permissions ...string) slice.Listed {
	return slice.Listed{Selected: slice.Selected{Method: method, Path: path}, Summary: summary, Description: "More of " + summary,
		Accepts: ir.Permissions{Delegated: ir.Grants{Least: permissions}}}
}

var mail = shelf{
	listed("GET", "/me/messages", "List messages", "Mail.Read"),
	listed("GET", "/me/drive", "Get drive"),
	listed("POST", "/me/messages/{message-id}/microsoft.graph.send", "Send a draft", "Mail.Send"),
	listed("POST", "/me/microsoft.graph.sendMail", "Send mail", "Mail.Send"),
	listed("POST", "/users/{user-id}/microsoft.graph.sendMail", "Send mail", "Mail.Send"),
	listed("GET", "/groups/{group-id}", "Get group", "Group.Read.All"),
	listed("DELETE", "/groups/{group-id}", "Delete group", "Group.ReadWrite.All"),
	listed("DELETE", "/groupSettings/{groupSetting-id}", "Delete a setting", "Directory.ReadWrite.All"),
	listed("GET", "/groups/{group-id}/members/{directoryObject-id}", "Get a member", "GroupMember.Read.All"),
	listed("GET", "/reports/getMail(period='{period}')", "Straße <b>", "Reports.Read.All"),
}

// What is looked for comes first, in whatever order the words are.
func TestSearch(t *testing.T) {
	c := newCatalog(mail, nil)
	for query, want := range map[string]string{
		"send mail":            "POST /me/microsoft.graph.sendMail; POST /users/{user-id}/microsoft.graph.sendMail; POST /me/messages/{message-id}/microsoft.graph.send",
		"mail send":            "POST /me/microsoft.graph.sendMail; POST /users/{user-id}/microsoft.graph.sendMail; POST /me/messages/{message-id}/microsoft.graph.send",
		"SENDMAIL":             "POST /me/microsoft.graph.sendMail; POST /users/{user-id}/microsoft.graph.sendMail",
		"users sendm":          "POST /users/{user-id}/microsoft.graph.sendMail",
		"delete group":         "DELETE /groups/{group-id}; DELETE /groupSettings/{groupSetting-id}",
		"delete":               "DELETE /groups/{group-id}; DELETE /groupSettings/{groupSetting-id}",
		"/me/messages":         "GET /me/messages; POST /me/messages/{message-id}/microsoft.graph.send",
		"groupmember.read.all": "GET /groups/{group-id}/members/{directoryObject-id}",
		"draft":                "POST /me/messages/{message-id}/microsoft.graph.send",
		"straße <b>":           "GET /reports/getMail(period='{period}')",
		"nothing of it":        "",
		"  ":                   "",
	} {
		f := c.search(query, 10)
		var got []string
		for _, i := range f.numbers {
			got = append(got, c.all[i].Method+" "+c.all[i].Path)
		}
		if text := strings.Join(got, "; "); text != want || f.total != len(got) {
			t.Errorf("%q: got %s (%d), want %s", query, text, f.total, want)
		}
	}
	if f := c.search("m", 2); len(f.numbers) != 2 || f.total < 5 {
		t.Errorf("m: %v", f)
	}
	if f := c.search("drive root", 10); f.total != 0 || strings.Join(f.behind, " ") != "/me/drive" {
		t.Errorf("what may lie behind: %v", f)
	}
}
