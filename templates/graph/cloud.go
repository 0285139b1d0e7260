package graph

import (
	"fmt"
	"net/url"
)

// Cloud is one of the separate installations of Microsoft Graph, by the name of its host.
type Cloud string

// The clouds that Microsoft runs Graph in. A token for one is of no use in another.
const (
	// Global is the worldwide service, the default.
	Global Cloud = "graph.microsoft.com"
	// USGovernmentL4 is the service for the US government, impact level 4 (GCC High).
	USGovernmentL4 Cloud = "graph.microsoft.us"
	// USGovernmentL5 is the service for the US Department of Defense, impact level 5.
	USGovernmentL5 Cloud = "dod-graph.microsoft.us"
	// China is the service that 21Vianet operates.
	China Cloud = "microsoftgraph.chinacloudapi.cn"
)

// WithCloud sends every call to another cloud, in the version of the API that the package was generated for.
// Of WithCloud and WithServiceRoot the later one counts.
func WithCloud(cloud Cloud) ClientOption {
	return clientOption(func(c *Client) error {
		switch cloud {
		case Global, USGovernmentL4, USGovernmentL5, China:
		default:
			return fmt.Errorf("WithCloud: %q is not a known cloud; use WithServiceRoot for another address",
				string(cloud))
		}
		root, err := url.Parse(defaultServiceRoot)
		if err != nil {
			return err
		}
		root.Host = string(cloud)
		return WithServiceRoot(root.String()).apply(c)
	})
}
