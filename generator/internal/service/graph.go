package service

// Graph is Microsoft Graph.
var Graph = Service{
	Namespace: "microsoft.graph.",
	RootType:  "microsoft.graph.entity",

	Host:    "https://graph.microsoft.com",
	Version: "v1.0",
	Preview: "beta",

	Errors: "microsoft.graph.ODataErrors.",

	SecurityScheme: "azureaadv2",
	AuthorizeURL:   "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
	TokenURL:       "https://login.microsoftonline.com/common/oauth2/v2.0/token",
}
