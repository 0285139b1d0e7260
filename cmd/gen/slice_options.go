package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const sliceHelpHead = `Slice cuts slices: small OpenAPI documents that describe the part of an API that is used, to be committed.

Usage:
  gen slice                                    renew every slice of ./graphslice.yaml
  gen slice --metadata SOURCE --include PATTERN --out FILE ...
  gen slice --openapi SOURCE --metadata SOURCE --include PATTERN --out FILE ...

A source is a file or an https address. Operations come from an OpenAPI document, types from OData metadata; from metadata
alone operations are derived. An address is read from the network, or with --from from a file, and then from there only. Types are described as far as the operations send and receive them; where a navigation property
leads further, its target stands at the border: with its key alone, enough to bind it.

For Microsoft Graph, take the metadata that Microsoft corrects and describes before it makes its own documents of it:
  v1.0  ` + cleanedV1 + `
  beta  ` + cleanedBeta + `
The same without descriptions is cleanMetadata.xml in these folders; what the service itself tells, with its departures, is
https://graph.microsoft.com/v1.0/$metadata.

Flags:
`

const sliceHelpTail = `
Examples:
  # One slice, without a configuration.
  gen slice --metadata ` + cleanedV1 + ` \
      --include '/planner/**' --out specs/planner.yaml
  # Offline, from a file that was fetched before.
  gen slice --from '` + cleanedV1 + `=v1.0.xml'
  # Operations as a published document has them, types as the metadata has them.
  gen slice --openapi openapi.yaml --metadata v1.0.xml --include '/chats/**#GET,POST' --out specs/chats.yaml
  # Describe a target of a navigation property as well, and of a type only some properties.
  gen slice --metadata v1.0.xml --include '/chats/**' --follow chat.tabs --property user:displayName,mail --out specs/chats.yaml
  # With the permissions that the operations take, and marks on what another cloud lacks.
  gen slice --metadata v1.0.xml --permissions permissions.json --permissions provisioningInfo.json --cloud China=china.xml \
    --include '/chats/**' --out specs/chats.yaml
  # In CI: exit 3, with a list, if the committed slices are not what they are cut from.
  gen slice --check

A configuration says the same below a package:
  packages:
    - specs: [specs/planner.yaml]
      out: internal/graph
      package: graph
      slice:
        metadata: ` + cleanedV1 + `
        files: [{out: specs/planner.yaml, title: Planner, include: ['/planner/**']}]

Exit codes: 0 done, 1 a source, the configuration or the disk is at fault, 2 the call is at fault, 3 --check found differences,
4 a bug in graphslice.
`

// sliceOptions are the flags of the slice command.
type sliceOptions struct {
	sourceFlags
	config, openapi, out, serviceRoot, title string
	metadata, notes, include, exclude        []string
	follow, types, properties, without       []string
	permissions, clouds                      []string
	keys                                     string
	kept                                     map[string][]string // properties, by type
	format                                   string
	check, quiet, verbose, help              bool
}

// flagSet returns the flags that fill o.
func (o *sliceOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("slice")
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file that says what to cut, if no source is named")
	flags.StringVar(&o.openapi, "openapi", "", "`source` of a whole OpenAPI document, YAML or JSON")
	flags.StringArrayVar(&o.metadata, "metadata", nil, "`source` of OData metadata; repeat it to read several as one")
	flags.StringArrayVar(&o.include, "include", nil, "`pattern` of operations to take, such as '/chats/**#GET,POST' (repeatable)")
	flags.StringArrayVar(&o.exclude, "exclude", nil, "`pattern` of operations to leave out of these (repeatable)")
	flags.StringVar(&o.out, "out", "", "`path` of the slice to write")
	flags.StringArrayVar(&o.follow, "follow", nil, "navigation `property` to describe the target of, such as chat.tabs (repeatable)")
	flags.StringArrayVar(&o.types, "type", nil, "`name` of a type to describe anyhow, such as user (repeatable)")
	flags.StringArrayVar(&o.properties, "property", nil, "`type:name,name` keeps only these properties of a type, and its key (repeatable)")
	flags.StringArrayVar(&o.without, "without", nil, "`name` of a derived type to leave out; * stands for any rest (repeatable)")
	flags.StringArrayVar(&o.notes, "notes", nil, "`path` of a file with descriptions, permissions and decisions (repeatable)")
	flags.StringArrayVar(&o.permissions, "permissions", nil, "`source` of a table of permissions, or of their ids (repeatable)")
	flags.StringArrayVar(&o.clouds, "cloud", nil, "`name=source` of another cloud's metadata; what it lacks is marked (repeatable)")
	flags.StringVar(&o.serviceRoot, "service-root", "", "`URL` that paths are relative to, if the sources do not tell it")
	flags.StringVar(&o.keys, "keys", "segments", "how the service writes keys: segments, as in /people/{id}, or `parentheses`")
	flags.StringVar(&o.title, "title", "", "`title` of the slice (default: the name of its file)")
	o.sourceFlags.addFlags(flags)
	flags.BoolVar(&o.check, "check", false, "write nothing; exit 3 and list what differs")
	flags.StringVar(&o.format, "format", "text", "`text` on stderr, or json on stdout")
	enumerate(flags, "format", "text", "json")
	flags.BoolVar(&o.quiet, "quiet", false, "print errors only, and with --check what differs")
	flags.BoolVar(&o.verbose, "verbose", false, "print every warning and note, also those that are alike")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// parseSliceOptions reads the arguments. The error is a usageError.
func parseSliceOptions(args []string) (*sliceOptions, error) {
	var o sliceOptions
	flags := o.flagSet()
	if err := parseFlags(flags, args); err != nil {
		return &o, err
	}
	if o.help {
		return &o, nil
	}
	return &o, o.validate(flags)
}

func (o *sliceOptions) hasSource() bool { return o.openapi != "" || len(o.metadata) > 0 }

// validate finds what flags cannot say together.
func (o *sliceOptions) validate(flags *pflag.FlagSet) error {
	if flags.NArg() > 0 {
		return usagef("unknown argument %q", flags.Arg(0))
	}
	if err := checkValues(flags); err != nil {
		return err
	}
	if err := o.sourceFlags.validate(); err != nil {
		return err
	}
	if !o.hasSource() {
		return validateConfigOnly(flags, o.config)
	}
	return o.validateSource(flags)
}

// validateConfigOnly refuses flags that describe a slice beside a configuration.
func validateConfigOnly(flags *pflag.FlagSet, config string) error {
	for _, name := range []string{"include", "exclude", "out", "follow", "type", "property", "without", "notes", "permissions", "cloud", "service-root", "keys", "title"} {
		if flags.Changed(name) {
			return usagef("--%s needs --openapi or --metadata; for a slice of %s write it there", name, config)
		}
	}
	return nil
}

// validateSource checks the flags that describe one slice.
func (o *sliceOptions) validateSource(flags *pflag.FlagSet) error {
	switch {
	case flags.Changed("config"):
		return usagef("--config and sources exclude each other")
	case len(o.include) == 0:
		return usagef("--include is needed: the operations to take, such as '/me/**'")
	case !slices.Contains([]string{"segments", generator.KeysInParentheses}, o.keys):
		return usagef("--keys is segments or parentheses, not %q", o.keys)
	case o.out == "":
		return usagef("--out is needed: the slice to write")
	}
	if u, err := url.Parse(o.serviceRoot); o.serviceRoot != "" && (err != nil || u.Host == "") {
		return usagef("--service-root %q is not a URL", o.serviceRoot)
	}
	for _, text := range o.clouds {
		if name, source, ok := strings.Cut(text, "="); !ok || source == "" || !generator.IsCloudName(name) {
			return usagef("--cloud is written as name=source, such as China=china.xml, not %q", text)
		}
	}
	o.kept = map[string][]string{}
	for _, text := range o.properties {
		name, properties, ok := strings.Cut(text, ":")
		if !ok || name == "" || properties == "" {
			return usagef("--property is written as type:name,name, not %s", fmt.Sprintf("%q", text))
		}
		o.kept[name] = append(o.kept[name], strings.Split(properties, ",")...)
	}
	return nil
}
