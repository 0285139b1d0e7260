package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

const permissionsHead = `Gen permissions shows the least set of permissions with which the code of a module can do all that it does: each with the
operations that it is for and their places, what it lets an application do, and whether an administrator has to consent. Nothing is
written.

Usage:
  gen permissions [PACKAGES] [flags]

PACKAGES are patterns as the go command takes them; without any, ./...

Flags:
`

const permissionsTail = `
Examples:
  # What does this module need, for a user and as an application?
  gen permissions
  # What has to stand in the app registration.
  gen permissions --delegated --format manifest > required.json
  # In CI: exit 3 if the registration lacks something, or has too much.
  gen permissions --application --granted manifest.json --fail-on missing,excess
  # What a Teams app asks the owners of teams and chats for.
  gen permissions --rsc --format teams

Without --delegated, --application and --rsc the first two are shown. Every operation accepts one of several permissions. The set has
what the tables mark as least; of these what is of a lower level first, then what opens fewer operations, then what is fewer; none
of it can be left out. What is known of a permission stands in the locks of the packages, if their slices were cut with permissions.

JSON is one object:
  ways      way (delegated, application, resourceSpecific); permissions: name, kind, id, level, opens (how many operations of the
            API), adminConsent, allows, operations (operation, package, from, places); exact (false: the search was ended);
            notKnown, unsupported, notInCloud (operations); granted: missing, unused, broader
  unknown   as gen uses shows it: calls that may need more

Exit codes: 0 done, 1 the code, a lock, a manifest or a table is at fault, 2 the call is at fault, 3 --fail-on found something, 4 a
bug in graphslice.
`

// graphAPI is the id of the application that is Microsoft Graph.
const graphAPI = "00000003-0000-0000-c000-000000000000"

// permissionsOptions are the flags of gen permissions.
type permissionsOptions struct {
	*codeOptions
	delegated, application, rsc, tests bool
	granted, cloud, api                string
	tables, failOn                     []string
}

func newPermissionsOptions() *permissionsOptions {
	o := &permissionsOptions{codeOptions: newCodeOptions("permissions", "text", "markdown", "json", "manifest", "teams")}
	flags := o.flags
	flags.BoolVar(&o.delegated, "delegated", false, "for an application that acts for a signed-in user")
	flags.BoolVar(&o.application, "application", false, "for an application alone")
	flags.BoolVar(&o.rsc, "rsc", false, "for an application alone, with what owners of resources consent to where that is enough")
	flags.BoolVar(&o.tests, "tests", false, "with what tests alone call")
	flags.StringVar(&o.cloud, "cloud", "", "`name` of a cloud: without what it lacks")
	flags.StringVar(&o.granted, "granted", "", "`list` of names, with commas, or path of a manifest: compare with it")
	flags.StringSliceVar(&o.failOn, "fail-on", nil, "exit 3 if something is `missing|excess` (with --granted)")
	enumerate(flags, "fail-on", "missing", "excess")
	flags.StringArrayVar(&o.tables, "permissions", nil, "`path` of a table of permissions, for what the locks do not know; repeatable")
	flags.StringVar(&o.api, "api", graphAPI, "`id` of the application whose permissions a manifest names")
	return o
}

// parse reads the arguments. The error is a usageError.
func (o *permissionsOptions) parse(args []string) error {
	if err := parseFlags(o.flags, args); err != nil || o.help {
		return err
	}
	for _, word := range o.failOn {
		if word != "missing" && word != "excess" {
			return usagef("--fail-on is missing or excess, not %q%s", word, didYouMean(word, []string{"missing", "excess"}))
		}
	}
	o.flags.Lookup("fail-on").Annotations = nil // a list, which is checked
	if err := o.codeOptions.parse(args); err != nil {
		return err
	}
	switch {
	case len(o.failOn) > 0 && o.granted == "":
		return usagef("--fail-on needs --granted")
	case o.format == "teams" && !o.rsc:
		return usagef("--format teams needs --rsc")
	}
	return nil
}

// ways are those that the flags ask for.
func (o *permissionsOptions) ways() []string {
	var ways []string
	for _, way := range []struct {
		asked bool
		name  string
	}{{o.delegated, generator.Delegated}, {o.application, generator.Application}, {o.rsc, generator.ResourceSpecific}} {
		if way.asked {
			ways = append(ways, way.name)
		}
	}
	if ways == nil {
		return []string{generator.Delegated, generator.Application}
	}
	return ways
}

// runPermissions is the command permissions.
func (a *app) runPermissions(ctx context.Context, args []string) error {
	o := newPermissionsOptions()
	if err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, permissionsHead+o.flags.FlagUsages()+permissionsTail)
		return nil
	}
	work := a.begin("reading the code")
	collectLess()
	answer, err := generator.Permissions(ctx, o.code(), generator.PermissionsOptions{
		Ways: o.ways(), Cloud: o.cloud, Tests: o.tests, Granted: o.granted, API: o.api, Tables: o.tables,
	})
	work.end()
	if err != nil {
		return err
	}
	if err := a.answerPermissions(o, answer); err != nil {
		return err
	}
	return o.verdict(answer)
}

// answerPermissions prints the answer. What a manifest has no place for goes to stderr.
func (a *app) answerPermissions(o *permissionsOptions, answer *generator.CodePermissions) error {
	var b bytes.Buffer
	var err error
	switch o.format {
	case "text":
		err = answer.WriteText(&b)
	case "markdown":
		err = answer.WriteMarkdown(&b)
	case "json":
		err = encode(&b, answer)
	case "teams":
		a.leftOut(answer, answer.Without(generator.ResourceSpecific))
		err = encode(&b, answer.TeamsManifest())
	case "manifest":
		var manifest *generator.AppManifest
		if manifest, err = answer.AppManifest(o.api); err == nil {
			a.leftOut(answer, answer.Without(generator.Delegated, generator.Application))
			err = encode(&b, manifest)
		}
	}
	if err != nil {
		return err
	}
	return a.print(b.Bytes())
}

// leftOut says what a manifest does not.
func (a *app) leftOut(answer *generator.CodePermissions, names []string) {
	if len(names) > 0 {
		fmt.Fprintln(a.stderr, generator.Diagnostic{Severity: generator.Note, Code: "other-manifest", Message: "these are asked for in another manifest: " + strings.Join(names, ", "),
			Hint: "app registrations are --format manifest, Teams apps --format teams"})
	}
	if lines := answer.Incomplete(); len(lines) > 0 {
		fmt.Fprintln(a.stderr, generator.Diagnostic{Code: "not-in-manifest", Message: lines[0], Details: lines, More: len(lines) - 1})
	}
}

// verdict is the exit code that --fail-on asks for.
func (o *permissionsOptions) verdict(answer *generator.CodePermissions) error {
	for _, w := range answer.Ways {
		for _, word := range o.failOn {
			if word == "missing" && len(w.Granted.Missing) > 0 || word == "excess" && w.Granted.Excess() {
				return codeError(exitDiffers)
			}
		}
	}
	return nil
}
