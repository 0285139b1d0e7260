// Report writes how the people of an organization use Teams.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	graph "example.com/report/msgraph"
	"example.com/report/table"
)

// period is what a report is about.
const period = "D7"

func main() {
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// lister is what answers pages of something. Generics know the builders by it.
type lister[T any] interface {
	List(context.Context, *graph.ListOptions, ...graph.CallOption) (*graph.Page[T], error)
}

// all reads every page.
func all[T any, L lister[T]](ctx context.Context, from L, options *graph.ListOptions) ([]T, error) {
	page, err := from.List(ctx, options)
	var items []T
	for ; page != nil && err == nil; page, err = page.Next(ctx) {
		items = append(items, page.Items...)
		if page.NextLink == "" {
			break
		}
	}
	return items, err
}

func run(ctx context.Context, root string, out io.Writer) error {
	client, err := graph.NewClient(graph.StaticToken("secret"), graph.WithServiceRoot(root), graph.WithRetry(graph.NoRetry))
	if err != nil {
		return err
	}
	users, err := all[*graph.User](ctx, client.Users(), &graph.ListOptions{
		Select: []string{graph.UserPropertyUserPrincipalName, graph.UserPropertyDepartment}, Top: 2,
	})
	if err != nil {
		return err
	}
	usage, err := activity(ctx, client)
	if err != nil {
		return err
	}
	byDepartment := table.New("department", "people", "messages")
	for _, user := range users {
		byDepartment.Add(user.Department.Or("none"), 1, usage[user.UserPrincipalName.Or("")])
	}
	if err := byDepartment.Write(out); err != nil {
		return err
	}
	return groups(ctx, client, out)
}

// activity reads how many messages people wrote, from a report in CSV.
func activity(ctx context.Context, client *graph.Client) (map[string]int, error) {
	body, err := client.Reports().GetTeamsUserActivityUserDetail(ctx, &graph.ReportsGetTeamsUserActivityUserDetailOptions{Period: graph.Some(period)})
	if err != nil {
		return nil, err
	}
	defer body.Close()
	usage := map[string]int{}
	for lines := bufio.NewScanner(body); lines.Scan(); {
		name, count, _ := strings.Cut(lines.Text(), ",")
		n := 0
		fmt.Sscan(count, &n)
		usage[name] = n
	}
	return usage, nil
}

// groups counts the members of groups.
func groups(ctx context.Context, client *graph.Client, out io.Writer) error {
	list, err := all[*graph.Group](ctx, client.Groups(), nil)
	if err != nil {
		return err
	}
	for _, group := range list {
		members := 0
		for _, err := range client.Groups().ByID(group.ID).Members().All(ctx, nil) {
			if err != nil {
				return err
			}
			members++
		}
		fmt.Fprintf(out, "%s: %d\n", group.DisplayName.Or(""), members)
	}
	return nil
}
