package csdl

import "strings"

// Deprecation is a revision of the kind Deprecated. Dates are as written, such as "2027-03-01"; each text can be "".
type Deprecation struct{ Date, Removal, Version, Description string }

// Deprecation returns the last deprecation among the revisions (Org.OData.Core.V1.Revisions); false if there is none.
func (as Annotations) Deprecation() (Deprecation, bool) {
	revisions, _ := as.Find("Org.OData.Core.V1.Revisions")
	var last Deprecation
	found := false
	for _, r := range revisions.Items {
		if strings.HasSuffix(r.Field("Kind").Text, "/Deprecated") {
			d := Deprecation{r.Field("Date").Text, r.Field("RemovalDate").Text, r.Field("Version").Text, r.Field("Description").Text}
			if !found || d.Date > last.Date {
				last, found = d, true
			}
		}
	}
	return last, found
}
