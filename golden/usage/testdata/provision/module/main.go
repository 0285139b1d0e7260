// Provision makes teams as a plan says.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"example.com/provision/internal/directory"
	"example.com/provision/internal/teams"
	"example.com/provision/plan"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// script has the clients of the two packages.
type script struct {
	teams     *teams.Client
	directory *directory.Client
	out       io.Writer
}

func run(ctx context.Context, root string, out io.Writer) error {
	t, err := teams.NewClient(teams.StaticToken("secret"), teams.WithServiceRoot(root), teams.WithRetry(teams.NoRetry))
	if err != nil {
		return err
	}
	d, err := directory.NewClient(directory.StaticToken("secret"), directory.WithServiceRoot(root), directory.WithRetry(directory.NoRetry))
	if err != nil {
		return err
	}
	s := &script{t, d, out}
	for _, wanted := range plan.Teams {
		if err := s.provision(ctx, wanted); err != nil {
			return fmt.Errorf("%s: %w", wanted.Name, err)
		}
	}
	return s.tags(ctx)
}

// provision makes one team, its channels and its members.
func (s *script) provision(ctx context.Context, wanted plan.Team) error {
	members, err := s.members(ctx, wanted.Members)
	if err != nil {
		return err
	}
	made, err := s.teams.Teams().Create(ctx, &teams.Team{
		DisplayName: teams.Some(wanted.Name),
		Template:    teams.BindTeamsTemplate("standard"),
		Members:     members[:1],
	})
	if err != nil {
		return err
	}
	ready, err := made.Wait(ctx)
	if err != nil {
		return err
	}
	id := ready.ID
	fmt.Fprintf(s.out, "%s is %s\n", wanted.Name, id)
	team := s.teams.Teams().ByID(id)
	for _, name := range wanted.Channels {
		channel, err := team.Channels().Create(ctx, &teams.Channel{DisplayName: teams.Some(name)})
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "  channel %s is %s\n", name, channel.ID())
	}
	if len(members) > 1 {
		added, err := team.Members().Add(ctx, &teams.TeamMembersAddParameters{Values: members[1:]})
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "  %d more members\n", len(added.Items))
	}
	if wanted.Archived {
		return team.Archive(ctx, nil)
	}
	return nil
}

// members finds people by their addresses: the first owns the team.
func (s *script) members(ctx context.Context, addresses []string) ([]teams.AnyConversationMember, error) {
	find := s.directory.Users().List
	var members []teams.AnyConversationMember
	for i, address := range addresses {
		page, err := find(ctx, &directory.ListOptions{
			Filter: directory.Filterf("mail eq %s", address), Select: []string{directory.UserPropertyID},
		})
		if err != nil {
			return nil, err
		}
		if len(page.Items) == 0 {
			return nil, fmt.Errorf("nobody is %s", address)
		}
		member := &teams.AadUserConversationMember{
			User: teams.BindUser(page.Items[0].ID), VisibleHistoryStartDateTime: teams.Some(time.Time{}),
		}
		if i == 0 {
			member.Roles = []string{"owner"}
		}
		members = append(members, member)
	}
	return members, nil
}

// tags counts the tags of a team, for which the slices have no operation.
func (s *script) tags(ctx context.Context) error {
	var answer struct {
		Value []json.RawMessage `json:"value"`
	}
	if _, err := s.teams.Do(ctx, http.MethodGet, "/teams/t1/tags", nil, &answer); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d tags\n", len(answer.Value))
	return nil
}
