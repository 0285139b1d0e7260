package graph

// What is particular to Microsoft's service in checking who has sent a notification.
const (
	// notificationPublisher is the id of the application that sends notifications with resource data.
	notificationPublisher = "0bf30f3b-4a52-48df-9a82-234910c4a086"
	// signInKeys is where the sign-in service publishes the keys that it signs with.
	signInKeys = "https://login.microsoftonline.com/common/discovery/v2.0/keys"
)

// signInIssuers are the names that the sign-in service gives itself, around the id of the organization.
var signInIssuers = [][2]string{
	{"https://sts.windows.net/", "/"},
	{"https://login.microsoftonline.com/", "/v2.0"},
}
