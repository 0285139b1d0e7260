package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const pickHead = `Gen pick opens a page on which the operations of a source stand as a tree, with a search. What is ticked there shows at once what the
slice costs: operations, types, lines of Go, permissions, and what stays at the border. A button writes it into graphslice.yaml, cuts,
generates and says what that means for the code; without the button nothing is written. The file keeps its comments and its order.

The page is at an address of this machine only, with a secret in it, and loads nothing from elsewhere. The program ends with the page,
or with Ctrl-C.

Usage:
  gen pick [flags]                       what the slices of ./graphslice.yaml are cut from
  gen pick --metadata SOURCE [flags]     a file or an https address, without a configuration: to copy YAML, or a command

Flags:
`

const pickTail = `
Examples:
  # For the first package of ./graphslice.yaml.
  gen pick
  # Another of its packages; the address is only printed.
  gen pick --out internal/office --no-browser
  # What is there in an API of one's own?
  gen pick --openapi openapi.yaml

Exit codes: 0 the page was closed, 1 a source or the configuration is at fault, 2 the call is at fault, 4 a bug in graphslice.
`

// pickOptions are the flags of gen pick.
type pickOptions struct {
	sourceFlags
	namedSources
	config, out     string
	port            int
	noBrowser, help bool
	flags           *pflag.FlagSet
}

// flagSet returns the flags that fill o.
func (o *pickOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("pick")
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file to write to, if no source is named")
	flags.StringVar(&o.out, "out", "", "`folder` of the package, if the file names several (default: the first)")
	o.addNames(flags)
	o.sourceFlags.addFlags(flags)
	flags.IntVar(&o.port, "port", 0, "`number` of the port to listen at (default: a free one)")
	flags.BoolVar(&o.noBrowser, "no-browser", false, "print the address, and open nothing")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// parse reads the arguments. The error is a usageError.
func (o *pickOptions) parse(args []string) error {
	o.flags = o.flagSet()
	if err := parseFlags(o.flags, args); err != nil || o.help {
		return err
	}
	if err := checkValues(o.flags); err != nil {
		return err
	}
	switch {
	case o.flags.NArg() > 0:
		return usagef("unknown argument %q", o.flags.Arg(0))
	case o.port < 0 || o.port > 65535:
		return usagef("--port is a number up to 65535, not %d", o.port)
	}
	if err := o.checkNames(o.flags, o.config); err != nil {
		return err
	}
	return o.sourceFlags.validate()
}

// runPick is the command pick.
func (a *app) runPick(ctx context.Context, args []string) error {
	var o pickOptions
	if err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, pickHead+o.flags.FlagUsages()+pickTail)
		return nil
	}
	p, command, err := a.pickProject(&o)
	if err != nil {
		return err
	}
	return p.Pick(ctx, generator.PickOptions{
		Sources: o.sources(), Code: generator.Code{Dir: filepath.Dir(o.config)}, Command: command, Port: o.port, Make: a.generate,
		Unrestored: a.unrestored, Ready: func(address, once string) { a.showPage(&o, address, once) },
	})
}

// pickProject has what the sources are, and begins the command that does without the page what it writes.
func (a *app) pickProject(o *pickOptions) (*generator.Project, []string, error) {
	if o.areNamed() {
		return o.project(), slices.Concat([]string{"gen", "slice"}, o.args(), []string{"--out", "slice.yaml"}), nil
	}
	p, err := generator.Open(o.config)
	if err != nil {
		return nil, nil, withSourceHint(err)
	}
	t, err := a.cutTarget(o.config, o.out, p, true)
	if err != nil {
		return nil, nil, err
	}
	command := []string{"gen", "add"}
	if o.flags.Changed("config") {
		command = append(command, "--config", o.config)
	}
	if len(p.Targets) > 1 {
		command = append(command, "--out", filepath.ToSlash(t.Out))
	}
	return p.Only(t), command, nil
}

// showPage prints the address, and opens it if there is a browser.
func (a *app) showPage(o *pickOptions, address, once string) {
	fmt.Fprintf(a.stderr, "gen: the page is at %s\ngen: it ends with the page, or with Ctrl-C; who has the address can use it\n", address)
	if o.noBrowser {
		return
	}
	if err := openBrowser(once); err != nil {
		fmt.Fprintf(a.stderr, "gen: no browser was opened (%v): open the address yourself\n", err)
	}
}

// openBrowser opens an address in the browser of the desktop.
func openBrowser(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...) // which may be the browser itself, and stays
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // whatever becomes of it, the address is printed
	return nil
}
