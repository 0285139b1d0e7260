package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const helpHead = `Gen generates typed Go packages from slices of an OpenAPI description.

Usage:
  gen                              every package of ./graphslice.yaml
  gen --config PATH                every package of another file
  gen --spec PATH --out DIR ...    one package, without a file
`

const helpTail = `
Examples:
  # Begin: a first graphslice.yaml, for Microsoft Graph; its slice; its package.
  gen init && gen slice && gen
  # Renew what graphslice.yaml names.
  gen
  # In CI: exit 3, with a list, if the committed packages are not what the slices make.
  gen check
  # One package from two slices, only what is below /me.
  gen --spec mail.yaml --spec groups.yaml --out internal/graph --include '/me/**#GET,POST'
  # With a fake of the service beside it, for tests.
  gen --spec chats.yaml --out internal/graph --fake internal/graph/graphtest
  # See what would be written, as JSON.
  gen --dry-run --format json

Patterns: * is one segment of a path, ** any number of them; #GET,POST keeps these methods.

Exit codes:
  0  done, or nothing differs
  1  a slice, an override, the configuration or the disk is at fault
  2  the call is at fault
  3  --check found packages that differ
  4  a bug in graphslice
`

// helpText is what --help prints.
func (o *options) helpText() string {
	if o.isCheck {
		return checkHead + o.flagSet().FlagUsages() + checkTail
	}
	var b strings.Builder
	b.WriteString(helpHead)
	for _, c := range commands() {
		fmt.Fprintf(&b, "  gen %-28s %s; see gen %s --help\n", c.name, c.summary, c.name)
	}
	return b.String() + "\nFlags:\n" + o.flagSet().FlagUsages() + helpTail
}

// defaultConfig is read when neither --config nor --spec is given.
const defaultConfig = "graphslice.yaml"

// options are the flags of the generate command.
type options struct {
	config, out, packageName  string
	fake                      string
	specs, overrides          []string
	include, exclude, leave   []string
	dryRun, check             bool
	full, force, noDocs       bool
	writeOverrides            string
	keepRemoved               bool
	format                    string
	quiet, verbose            bool
	version, help, remoteRefs bool

	isCheck bool           // the command is check
	flags   *pflag.FlagSet // that were parsed
}

// flagSet returns the flags that fill o.
func (o *options) flagSet() *pflag.FlagSet {
	name := ""
	if o.isCheck {
		name = "check"
	}
	flags := newFlags(name)
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file that names the packages")
	flags.StringArrayVar(&o.specs, "spec", nil, "`path` of a slice; repeat it to merge several into one package")
	flags.StringVar(&o.out, "out", "", "`folder` the package goes to (with --spec)")
	flags.StringVar(&o.packageName, "package", "", "the package's `name` (with --spec; default: the last part of --out)")
	flags.StringArrayVar(&o.include, "include", nil, "`pattern` of operations to take, such as '/me/**#GET,POST' (with --spec; repeatable; default: all)")
	flags.StringArrayVar(&o.exclude, "exclude", nil, "`pattern` of operations to leave out (with --spec; repeatable)")
	flags.StringArrayVar(&o.overrides, "overrides", nil, "`path` of a file that renames, hides or corrects (with --spec; repeatable)")
	flags.StringSliceVar(&o.leave, "leave", nil, "`parts` that the package is to do without: "+strings.Join(generator.Leavable(), ", ")+" (with --spec)")
	flags.StringVar(&o.fake, "fake", "", "`folder` of a package that fakes the service, for tests of programs (with --spec)")
	if !o.isCheck {
		flags.BoolVar(&o.check, "check", false, "write nothing; exit 3 and list what differs; the same as gen check")
		flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing; list what would be written")
		flags.BoolVar(&o.force, "force", false, "overwrite generated files that were edited by hand, or that no graphslice.lock lists")
		flags.StringVar(&o.writeOverrides, "write-overrides", "", "`path` of an override file that gets names for what collides, if anything does")
	}
	flags.BoolVar(&o.full, "full", false, "generate to check, even if the hashes in graphslice.lock say that all is up to date")
	flags.BoolVar(&o.keepRemoved, "keep-removed", false, "keep what the API has dropped for one more generation, marked as deprecated")
	flags.BoolVar(&o.noDocs, "no-docs", false, "leave files as they are of which only comments would change")
	flags.StringVar(&o.format, "format", "text", "`text` on stderr, or json on stdout")
	enumerate(flags, "format", "text", "json")
	flags.BoolVar(&o.remoteRefs, "allow-remote-refs", false, "follow $ref to http and https addresses")
	flags.BoolVar(&o.quiet, "quiet", false, "print errors only, and with --check what differs")
	flags.BoolVar(&o.verbose, "verbose", false, "print every package and file, and where a bug happened")
	flags.BoolVar(&o.version, "version", false, "print the version")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// parse reads the arguments. The error is a usageError.
func (o *options) parse(args []string) error {
	o.flags = o.flagSet()
	if err := parseFlags(o.flags, args); err != nil {
		return err
	}
	if o.help || o.version {
		return nil
	}
	o.check = o.check || o.isCheck
	if err := o.validate(o.flags); err != nil {
		return err
	}
	return o.validateWriteOverrides()
}

// validate finds what flags cannot say together.
func (o *options) validate(flags *pflag.FlagSet) error {
	if err := checkEnum(flags); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return usagef("unknown argument %q", flags.Arg(0))
	case o.quiet && o.verbose:
		return usagef("--quiet and --verbose exclude each other")
	case o.check && o.dryRun:
		return usagef("--check and --dry-run exclude each other")
	case o.check && o.force:
		return usagef("--check and --force exclude each other")
	case o.full && !o.check:
		return usagef("--full needs --check")
	case len(o.specs) > 0:
		return o.validateSpecs(flags)
	}
	for _, name := range []string{"out", "package", "include", "exclude", "overrides", "leave", "fake"} {
		if flags.Changed(name) {
			return usagef("--%s needs --spec; for a package of %s write it there", name, o.config)
		}
	}
	if o.config == "" {
		return usagef("--config is empty")
	}
	return nil
}

// validateSpecs checks the flags that describe one package.
func (o *options) validateSpecs(flags *pflag.FlagSet) error {
	if flags.Changed("config") {
		return usagef("--spec and --config exclude each other")
	}
	if o.out == "" {
		return usagef("--spec needs --out, the folder the package goes to")
	}
	for flag, values := range map[string][]string{"spec": o.specs, "include": o.include, "exclude": o.exclude, "overrides": o.overrides} {
		if slices.Contains(values, "") {
			return usagef("--%s is empty", flag)
		}
	}
	if o.flags.Changed("fake") {
		switch {
		case o.fake == "":
			return usagef("--fake is empty")
		case filepath.Clean(o.fake) == filepath.Clean(o.out):
			return usagef("--fake and --out are one folder; give the fake its own, such as %s/graphtest", o.out)
		}
		if name := generator.FolderName(o.fake); generator.PackageNameFault(name) != "" {
			return usagef("--fake: %q, the last part of the folder, %s", name, generator.PackageNameFault(name))
		}
	}
	for _, name := range o.leave {
		if known := generator.Leavable(); !slices.Contains(known, name) {
			return usagef("--leave %q: known are %s", name, strings.Join(known, ", "))
		}
	}
	if !flags.Changed("package") {
		if o.packageName = generator.FolderName(o.out); generator.PackageNameFault(o.packageName) != "" {
			return usagef("--package is needed: %q cannot name a package", o.packageName)
		}
	}
	if fault := generator.PackageNameFault(o.packageName); fault != "" {
		return usagef("--package %q %s", o.packageName, fault)
	}
	return nil
}

// project is the packages to generate. The error is Diagnostics.
func (o *options) project() (*generator.Project, error) {
	p := generator.Of(generator.Config{
		Specs: o.specs, Package: o.packageName, Include: o.include, Exclude: o.exclude, Overrides: o.overrides,
		Leave: o.leave, Version: generator.Version,
	}, o.out)
	switch {
	case len(o.specs) == 0:
		var err error
		if p, err = generator.Open(o.config); err != nil {
			return nil, err
		}
	case o.fake != "":
		p.WithFake(o.fake)
	}
	p.AllowRemoteRefs(o.remoteRefs)
	return p, nil
}
