package graphtest

// What is particular to Microsoft's service in showing who has sent a notification.
const (
	// publisher is the id of the application that sends notifications with resource data.
	publisher = "0bf30f3b-4a52-48df-9a82-234910c4a086"
	// issuer is the name of the sign-in service in front of the id of the organization, issuerEnd what stands behind.
	issuer, issuerEnd = "https://sts.windows.net/", "/"
)
