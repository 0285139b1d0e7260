// Package bodies sends what the reference of Microsoft Graph documents, with the packages that the cases slice-* make. It is
// compiled and run by TestDocumentedBodies, in a module where those packages are.
package bodies

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	access "example.com/golden/access_packages"
	channel "example.com/golden/channel_members"
	education "example.com/golden/education_classes"
	groups "example.com/golden/groups"
	roles "example.com/golden/role_assignments"
	team "example.com/golden/team_template"
)

// request is a request as the reference documents it; ROOT stands for the service root in the body.
type request struct{ path, body string }

// serve returns the service root of a server that answers one request with nothing, and what it was sent, body indented.
func serve(t *testing.T) (root string, got *request) {
	got = &request{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got.path = r.Method + " " + r.URL.Path
		got.body = indent(t, string(body))
		w.Header().Set("Location", r.URL.Path+"/new")
		w.WriteHeader(http.StatusCreated)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/v1.0", got
}

// indent writes JSON in one way, its properties in the order they have.
func indent(t *testing.T, text string) string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(text), "", "  "); err != nil {
		t.Errorf("%v in %s", err, text)
	}
	return b.String()
}

// sorted has the properties in order, because the order of the reference's has no meaning.
func sorted(t *testing.T, text string) string {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestBodies(t *testing.T) {
	const user = "8b081ef6-4792-4def-b2c9-c363a1bf41d5"
	cases := map[string]struct {
		want request
		send func(ctx context.Context, root string) error
	}{
		"a group with owners and members": {
			request{"POST /v1.0/groups", `{
				"description": "Group with designated owner and members",
				"displayName": "Operations group",
				"groupTypes": [],
				"mailEnabled": false,
				"mailNickname": "operations2019",
				"securityEnabled": true,
				"owners@odata.bind": ["ROOT/users/26be1845-4119-4801-a799-aea79d09f1a2"],
				"members@odata.bind": ["ROOT/users/ff7cb387-6688-423c-8188-3da9532a73cc", "ROOT/users/69456242-0067-49d3-ba96-9de6f2728e14"]
			}`},
			func(ctx context.Context, root string) error {
				client, err := groups.NewClient(nil, groups.WithServiceRoot(root))
				if err != nil {
					return err
				}
				member := func(id string) groups.Ref[groups.DirectoryObject] {
					return groups.BindPath[groups.DirectoryObject]("users/" + id)
				}
				_, err = client.Groups().Create(ctx, &groups.Group{
					Description: groups.Some("Group with designated owner and members"), DisplayName: groups.Some("Operations group"),
					GroupTypes: []string{}, MailEnabled: groups.Some(false), MailNickname: groups.Some("operations2019"),
					SecurityEnabled: groups.Some(true),
					Owners:          []groups.Ref[groups.DirectoryObject]{member("26be1845-4119-4801-a799-aea79d09f1a2")},
					Members: []groups.Ref[groups.DirectoryObject]{
						member("ff7cb387-6688-423c-8188-3da9532a73cc"), member("69456242-0067-49d3-ba96-9de6f2728e14"),
					},
				})
				return err
			},
		},
		"a team from a template": {
			request{"POST /v1.0/teams", `{
				"template@odata.bind": "ROOT/teamsTemplates('standard')",
				"displayName": "My Sample Team",
				"description": "My Sample Team’s Description"
			}`},
			func(ctx context.Context, root string) error {
				client, err := team.NewClient(nil, team.WithServiceRoot(root))
				if err != nil {
					return err
				}
				_, err = client.Teams().Create(ctx, &team.Team{
					Template: team.BindTeamsTemplate("standard"), DisplayName: team.Some("My Sample Team"),
					Description: team.Some("My Sample Team’s Description"),
				})
				return err
			},
		},
		"a member of a channel": {
			request{"POST /v1.0/teams/ece6f0a1-7ca4-498b-be79-edf6c8fc4d82/channels/19:56eb04e133944cf69e603c5dac2d292e@thread.skype/members", `{
				"@odata.type": "#microsoft.graph.aadUserConversationMember",
				"roles": ["owner"],
				"user@odata.bind": "ROOT/users('8b081ef6-4792-4def-b2c9-c363a1bf41d5')"
			}`},
			func(ctx context.Context, root string) error {
				client, err := channel.NewClient(nil, channel.WithServiceRoot(root))
				if err != nil {
					return err
				}
				members := client.Teams().ByID("ece6f0a1-7ca4-498b-be79-edf6c8fc4d82").Channels().ByID("19:56eb04e133944cf69e603c5dac2d292e@thread.skype").Members()
				_, err = members.Create(ctx, &channel.AadUserConversationMember{Roles: []string{"owner"}, User: channel.BindUser(user)})
				return err
			},
		},
		"a role for the whole directory": {
			request{"POST /v1.0/roleManagement/directory/roleAssignments", `{
				"@odata.type": "#microsoft.graph.unifiedRoleAssignment",
				"roleDefinitionId": "c2cf284d-6c41-4e6b-afac-4b80928c9034",
				"principalId": "f8ca5a85-489a-49a0-b555-0a6d81e56f0d",
				"directoryScopeId": "/"
			}`},
			func(ctx context.Context, root string) error {
				client, err := roles.NewClient(nil, roles.WithServiceRoot(root))
				if err != nil {
					return err
				}
				_, err = client.RoleManagement().Directory().RoleAssignments().Create(ctx, &roles.UnifiedRoleAssignment{
					ODataType: "#microsoft.graph.unifiedRoleAssignment", RoleDefinitionID: roles.Some("c2cf284d-6c41-4e6b-afac-4b80928c9034"),
					PrincipalID: roles.Some("f8ca5a85-489a-49a0-b555-0a6d81e56f0d"), DirectoryScopeID: roles.Some("/"),
				})
				return err
			},
		},
		"a resource of a catalog, bound below this client's root": {
			request{"POST /v1.0/identityGovernance/entitlementManagement/accessPackageResourceRequests",
				strings.Replace(resourceRequest, "ENVIRONMENTS", "ROOT/entitlementManagement/accessPackageResourceEnvironments", 1)},
			func(ctx context.Context, root string) error {
				client, err := access.NewClient(nil, access.WithServiceRoot(root))
				if err != nil {
					return err
				}
				_, err = client.IdentityGovernance().EntitlementManagement().AccessPackageResourceRequests().Create(ctx, &access.AccessPackageResourceRequest{
					CatalogID: access.Some("de9315c1-272b-4905-924b-cc112ca180c7"), RequestType: access.Some("AdminAdd"),
					AccessPackageResource: access.Expanded(&access.AccessPackageResource{
						DisplayName: access.Some("Community Outreach"), Description: access.Some("https://contoso.sharepoint.com/sites/CSR"),
						ResourceType: access.Some("SharePoint Online Site"), OriginID: access.Some("https://contoso.sharepoint.com/sites/CSR"),
						OriginSystem:                     access.Some("SharePointOnline"),
						AccessPackageResourceEnvironment: access.BindAccessPackageResourceEnvironment("615f2218-678f-471f-a60a-02c2f4f80c57").BySegment(),
					}),
				})
				return err
			},
		},
		"a resource of a catalog, with the relative bind as documented": {
			request{"POST /v1.0/identityGovernance/entitlementManagement/accessPackageResourceRequests",
				strings.Replace(resourceRequest, "ENVIRONMENTS", "accessPackageResourceEnvironments", 1)},
			func(ctx context.Context, root string) error {
				client, err := access.NewClient(nil, access.WithServiceRoot(root))
				if err != nil {
					return err
				}
				var body access.AccessPackageResourceRequest // as somebody stored it: what arrives goes back as it is
				documented := strings.Replace(resourceRequest, "ENVIRONMENTS", "accessPackageResourceEnvironments", 1)
				if err := json.Unmarshal([]byte(documented), &body); err != nil {
					return err
				}
				_, err = client.IdentityGovernance().EntitlementManagement().AccessPackageResourceRequests().Create(ctx, &body)
				return err
			},
		},
		"a class": {
			request{"POST /v1.0/education/classes", `{
				"description": "Health Level 1",
				"classCode": "Health 501",
				"displayName": "Health 1",
				"externalId": "11019",
				"mailNickname": "fineartschool.net"
			}`},
			func(ctx context.Context, root string) error {
				client, err := education.NewClient(nil, education.WithServiceRoot(root))
				if err != nil {
					return err
				}
				_, err = client.Education().Classes().Create(ctx, &education.EducationClass{
					Description: education.Some("Health Level 1"), ClassCode: education.Some("Health 501"),
					DisplayName: education.Some("Health 1"), ExternalID: education.Some("11019"), MailNickname: education.Some("fineartschool.net"),
				})
				return err
			},
		},
		"a student of a class": {
			request{"POST /v1.0/education/classes/11018/members/$ref", `{"@odata.id": "ROOT/education/users/13008"}`},
			func(ctx context.Context, root string) error {
				client, err := education.NewClient(nil, education.WithServiceRoot(root))
				if err != nil {
					return err
				}
				return client.Education().Classes().ByID("11018").Members().Ref().Create(ctx, education.BindEducationUser("13008").BySegment())
			},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			root, got := serve(t)
			if err := c.send(context.Background(), root); err != nil {
				t.Fatal(err)
			}
			want := sorted(t, strings.ReplaceAll(c.want.body, "ROOT", root))
			if body := sorted(t, got.body); got.path != c.want.path || body != want {
				t.Errorf("sent %s\n%s\nwant %s\n%s", got.path, body, c.want.path, want)
			}
		})
	}
}

// resourceRequest is the one body of the reference with a relative bind.
const resourceRequest = `{
	"catalogId": "de9315c1-272b-4905-924b-cc112ca180c7",
	"accessPackageResource": {
		"displayName": "Community Outreach",
		"description": "https://contoso.sharepoint.com/sites/CSR",
		"resourceType": "SharePoint Online Site",
		"originId": "https://contoso.sharepoint.com/sites/CSR",
		"originSystem": "SharePointOnline",
		"accessPackageResourceEnvironment@odata.bind": "ENVIRONMENTS/615f2218-678f-471f-a60a-02c2f4f80c57"
	},
	"requestType": "AdminAdd"
}`
