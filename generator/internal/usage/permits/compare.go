package permits

import "slices"

// Comparison is how what was granted compares with what is needed.
type Comparison struct {
	// Missing are permissions that have to be granted as well, Unused those that the program does without, Broader those that
	// lesser ones can replace.
	Missing []Permission `json:"missing"`
	Unused  []Unused     `json:"unused"`
	Broader []Broader    `json:"broader"`
}

// Excess reports whether something was granted that is not needed.
func (c *Comparison) Excess() bool { return len(c.Unused)+len(c.Broader) > 0 }

// Unused is a permission that the program does without. NotAccepted: none of its operations accepts it; otherwise what it opens,
// others that were granted open as well.
type Unused struct {
	Name        string `json:"name"`
	Kind        string `json:"kind"`
	NotAccepted bool   `json:"notAccepted"`
}

// Broader is a permission that allows more than the program needs of it, with the lesser ones that do.
type Broader struct {
	Name       string   `json:"name"`
	Kind       string   `json:"kind"`
	Replace    []string `json:"replace"`
	Operations []Need   `json:"operations"`
}

// compare compares what was granted with the least set.
func (p *program) compare(w *Way, granted []permission) *Comparison {
	c := &Comparison{Missing: []Permission{}, Unused: []Unused{}, Broader: []Broader{}}
	kinds := kindsOf([]string{w.Way})
	has, needed, right := map[permission]bool{}, map[permission]bool{}, map[permission]bool{}
	for _, of := range granted {
		has[of] = slices.Contains(kinds, of.kind)
	}
	for _, d := range w.Permissions {
		of := permission{d.Kind, d.Name}
		needed[of] = true
		right[of] = has[of]
	}
	missing := p.lacking(w, has, needed)
	for _, d := range w.Permissions {
		if missing[permission{d.Kind, d.Name}] {
			c.Missing = append(c.Missing, d)
		}
	}
	for _, of := range granted {
		if has[of] && !needed[of] {
			p.judge(c, w, of, has, right, needed)
		}
	}
	return c
}

// lacking are those of the least set that open what is not open with what is there.
func (p *program) lacking(w *Way, has, needed map[permission]bool) map[permission]bool {
	missing := map[permission]bool{}
	for _, n := range w.needs {
		if n.met(w.Way, has) {
			continue
		}
		for of := range needed {
			if !has[of] && n.takes(w.Way, of, needed) {
				missing[of] = true
			}
		}
	}
	return missing
}

// judge finds out what a permission is granted for that is not one of the least set: for what it opens and those of the least
// set that were granted do not.
func (p *program) judge(c *Comparison, w *Way, of permission, has, right, needed map[permission]bool) {
	b := Broader{Name: of.name, Kind: of.kind, Replace: []string{}}
	accepted := false
	replace := map[permission]bool{}
	for _, n := range w.needs {
		if !n.takes(w.Way, of, has) {
			continue
		}
		accepted = true
		if n.met(w.Way, right) {
			continue
		}
		b.Operations = append(b.Operations, n.Need)
		for least := range needed {
			if !right[least] && n.takes(w.Way, least, needed) {
				replace[least] = true
			}
		}
	}
	if len(replace) == 0 {
		c.Unused = append(c.Unused, Unused{of.name, of.kind, !accepted})
		return
	}
	for least := range replace {
		b.Replace = append(b.Replace, least.name)
	}
	slices.Sort(b.Replace)
	c.Broader = append(c.Broader, b)
}
