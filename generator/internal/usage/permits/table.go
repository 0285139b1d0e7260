package permits

import (
	"cmp"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
)

// consult takes from the table what the locks do not know.
func (p *program) consult() {
	if p.table == nil {
		return
	}
	for _, scheme := range []permissions.Scheme{permissions.Work, permissions.Application} {
		for _, name := range p.table.Names(scheme) {
			of := permission{Delegated, name}
			if scheme == permissions.Application {
				of.kind = Application
				if p.table.IsResourceSpecific(name) {
					of.kind = Resource
				}
			} else if p.table.IsResourceSpecific(name) {
				continue // the slices know those of applications alone
			}
			p.names[of] = true
			d := p.table.Describe(name, scheme)
			known := p.known[of]
			if known == (api.Permission{}) {
				known = api.Permission{Level: d.Level, Opens: d.Opens, AdminConsent: d.AdminConsent, Allows: d.Allows}
			}
			known.ID = cmp.Or(known.ID, d.ID) // which stands in a table of its own, that slices may be cut without
			p.known[of] = known
		}
	}
}
