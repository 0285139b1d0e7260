// Package plan says which teams there are to be.
package plan

// Team is one of them. The first member owns it.
type Team struct {
	Name              string
	Channels, Members []string
	Archived          bool
}

// Teams are all.
var Teams = []Team{
	{Name: "Launch", Channels: []string{"Design", "Press"}, Members: []string{"alex@contoso.com", "megan@contoso.com"}},
	{Name: "Old", Members: []string{"alex@contoso.com"}, Archived: true},
}
