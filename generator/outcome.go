package generator

import (
	"errors"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/disk/swap"
	"github.com/graphslice/graphslice/generator/internal/overrides"
)

// Outcome is what a run of Project.Generate or Project.Check found and did.
type Outcome struct {
	// Packages are those of the project, and last the runtime that they share, if they do.
	Packages []PackageOutcome
	// Faults are of the configuration and of writing: they belong to no one package.
	Faults Diagnostics
	// Mended says what became of Options.WriteOverrides.
	Mended Mended
}

// Mended is what became of the file of overrides that was to mend names that collide.
type Mended int

// What can become of it: nothing, since none was asked for or something else was at fault; it was written; it was left alone,
// since nothing collides.
const (
	NotMended Mended = iota
	MendedAll
	NothingToMend
)

// PackageOutcome is the part of one package.
type PackageOutcome struct {
	Target  Target
	Summary Summary
	Found   Diagnostics
	// UpToDate: hashes alone said so, and nothing was generated.
	UpToDate bool
	Plan     *Plan // nil if the input is at fault, and if UpToDate
	// Kept is how many elements are in the package that the API has dropped, NotKept how many could not be.
	Kept, NotKept int
	// Recut are slices to cut anew, for a check.
	Recut []string
	// Strays are names below the package's folder: Go files that look generated, and that no lock lists.
	Strays []string

	parts []string // of the runtime that the package needs
}

// Diagnostics are all that was found.
func (o *Outcome) Diagnostics() Diagnostics {
	found := slices.Clone(o.Faults)
	for _, p := range o.Packages {
		found = append(found, p.Found...)
	}
	return found
}

// Internal is a stage's own fault that it could report as a diagnostic, nil if there is none.
func (o *Outcome) Internal() error {
	for _, d := range o.Diagnostics() {
		if d.Code == "internal" {
			return errors.New(d.Message)
		}
	}
	return nil
}

// Failed reports whether the input or the disk is at fault.
func (o *Outcome) Failed() bool { return o.Diagnostics().HasErrors() }

// Differs reports whether some folder is not what the slices make, or has what they once made.
func (o *Outcome) Differs() bool { return o.Outdated() || o.ToRecut() || o.Strayed() }

// Strayed reports whether there are files that look generated and that no lock lists.
func (o *Outcome) Strayed() bool {
	return slices.ContainsFunc(o.Packages, func(p PackageOutcome) bool { return len(p.Strays) > 0 })
}

// Outdated reports whether some package is not what its slices make.
func (o *Outcome) Outdated() bool {
	return slices.ContainsFunc(o.Packages, func(p PackageOutcome) bool { return p.Plan != nil && p.Plan.OutOfDate() })
}

// ToRecut reports whether some slice is not what the configuration says.
func (o *Outcome) ToRecut() bool {
	return slices.ContainsFunc(o.Packages, func(p PackageOutcome) bool { return len(p.Recut) > 0 })
}

// Edited reports whether some file was changed by hand.
func (o *Outcome) Edited() bool {
	return slices.ContainsFunc(o.Packages, func(p PackageOutcome) bool { return p.Plan != nil && len(p.Plan.Edited) > 0 })
}

// Colliding is the first package in which names collide, nil if there is none, and the overrides that mend it.
func (o *Outcome) Colliding() (*PackageOutcome, []Override) {
	for i := range o.Packages {
		if found := o.Packages[i].collisions(); len(found) > 0 {
			return &o.Packages[i], found
		}
	}
	return nil, nil
}

// collisions are the overrides that mend what collides in a package, each once.
func (p *PackageOutcome) collisions() []Override {
	var found []Override
	for _, d := range p.Found {
		if d.Override != nil && !slices.ContainsFunc(found, func(o Override) bool { return o.String() == d.Override.String() }) {
			found = append(found, *d.Override)
		}
	}
	return found
}

// mend writes what mends the collisions of names into a file of overrides, if there is to be one. Of several packages it is the
// first that has any: what is one package's cannot be matched by another.
func (o *Outcome) mend(file string) error {
	if file == "" {
		return nil
	}
	p, collisions := o.Colliding()
	if p == nil {
		if !o.Failed() {
			o.Mended = NothingToMend
		}
		return nil
	}
	text, err := overrides.Add(file, collisions)
	if err == nil {
		err = swap.Replace([]swap.File{{Name: file, Data: text}})
	}
	if err != nil {
		return o.Faults.Take(err)
	}
	o.Mended = MendedAll
	return nil
}
