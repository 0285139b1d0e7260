package slice

import (
	"strings"

	"github.com/graphslice/graphslice/generator/pathglob"
)

// noteOperations notes that what is said of operations is of use which the metadata has, whether this slice has them or not: notes
// are shared.
func (c *cutter) noteOperations() {
	if c.doc == nil {
		return
	}
	var set pathglob.Set
	for key := range c.notes.Operations {
		method, path, ok := strings.Cut(key, " ")
		if !ok || c.notes.used["operations/"+key] {
			continue
		}
		if p, err := pathglob.Parse(path + "#" + method); err == nil {
			set.Include = append(set.Include, p)
		}
	}
	if len(set.Include) == 0 { // which would be everything
		return
	}
	for _, o := range derive(c.doc, set, c.derivation()).operations {
		c.notes.used["operations/"+o.method+" "+o.path] = true
	}
}
