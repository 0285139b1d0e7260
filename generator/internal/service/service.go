// Package service has what the generator says of the service that it is made for by name: namespaces, addresses, and the names of
// components that its documents have in common. All of it stands in graph.go; nothing else in the generator knows such a word. The
// addresses of public sources, which help and new configurations name, are the command's.
package service

import "strings"

// Service is a service's own words.
type Service struct {
	// Namespace is the main namespace, with its dot. It is left out of names; a namespace below it stands in front of them.
	Namespace string
	// RootType is the type by which the service's metadata is known.
	RootType string
	// Host is the address of the public service, without the version of the API. Version is the usual one, Preview the one before it
	// is public.
	Host, Version, Preview string
	// Errors is the namespace of the types of an error, with its dot.
	Errors string
	// SecurityScheme is what documents call how callers sign in; AuthorizeURL and TokenURL are where.
	SecurityScheme, AuthorizeURL, TokenURL string
}

// Short is a qualified name without the main namespace in front.
func (s Service) Short(name string) string { return strings.TrimPrefix(name, s.Namespace) }

// Root is the service root in a version of the API.
func (s Service) Root(version string) string { return s.Host + "/" + version }

// RootOf is the service root in the version that the names of files tell: the preview where one names it, else the usual one.
func (s Service) RootOf(names ...string) string {
	for _, name := range names {
		if strings.Contains(strings.ToLower(name), s.Preview) {
			return s.Root(s.Preview)
		}
	}
	return s.Root(s.Version)
}
