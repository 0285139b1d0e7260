package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const completionUsage = `Gen completion prints a script that completes the commands and flags of gen, and the values of flags that have only a few.

Usage:
  gen completion bash|zsh|fish|powershell

Examples:
  # bash: now, or in ~/.bashrc
  source <(gen completion bash)
  # zsh: in ~/.zshrc, after compinit
  source <(gen completion zsh)
  # fish
  gen completion fish > ~/.config/fish/completions/gen.fish
  # PowerShell: in $PROFILE
  gen completion powershell | Out-String | Invoke-Expression

Flags:
  -h, --help   print this help
`

// shells are those that gen completion knows.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func completionFlags() *pflag.FlagSet { flags, _ := onlyHelp("completion"); return flags }

//go:embed completion/*.tmpl
var completionScripts embed.FS

// runCompletion is the command completion.
func (a *app) runCompletion(_ context.Context, args []string) error {
	flags, help := onlyHelp("completion")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	switch {
	case *help:
		fmt.Fprint(a.stdout, completionUsage)
		return nil
	case flags.NArg() == 0:
		return usagef("the shell is missing: %s", orList(shells))
	case flags.NArg() > 1:
		return usagef("unknown argument %q", flags.Arg(1))
	case !slices.Contains(shells, flags.Arg(0)):
		return usagef("unknown shell %q%s", flags.Arg(0), didYouMean(flags.Arg(0), shells))
	}
	script, err := completionScript(flags.Arg(0))
	if err != nil {
		return err
	}
	return a.print(script)
}

// completionScript writes the script of a shell.
func completionScript(shell string) ([]byte, error) {
	functions := template.FuncMap{"join": strings.Join, "single": generator.ShellQuoted, "powershell": quotePowerShell}
	script, err := template.New("").Funcs(functions).ParseFS(completionScripts, "completion/*.tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = script.ExecuteTemplate(&b, shell+".tmpl", completedCommands())
	return b.Bytes(), err
}

// completed is a command as the scripts see it. The first is gen itself, without a name.
type completed struct {
	Name, Summary string
	Flags         []completedFlag
	// Words are its arguments; Files says that they are paths.
	Words []string
	Files bool
}

// completedFlag is a flag. Values are its words if it has only a few; else Kind is "file", "folder" or "text", and for a flag
// without a value "".
type completedFlag struct {
	Name, Short, Usage, Kind string
	Values                   []string
	Repeatable               bool
}

func completedCommands() []completed {
	gen := completed{Flags: completedFlags(new(options).flagSet())}
	all := []completed{gen}
	for _, c := range commands() {
		all = append(all, completed{c.name, c.summary, completedFlags(c.flags()), c.words, c.name == "diff"})
		all[0].Words = append(all[0].Words, c.name)
	}
	for i := range all {
		if all[i].Name == "help" {
			all[i].Words = all[0].Words
		}
	}
	return all
}

func completedFlags(flags *pflag.FlagSet) []completedFlag {
	var list []completedFlag
	flags.VisitAll(func(f *pflag.Flag) {
		value, usage := pflag.UnquoteUsage(f)
		_, repeatable := f.Value.(pflag.SliceValue)
		c := completedFlag{Name: f.Name, Short: f.Shorthand, Usage: usage, Values: f.Annotations[valuesKey], Repeatable: repeatable}
		switch value {
		case "":
		case "path", "source":
			c.Kind = "file"
		case "folder":
			c.Kind = "folder"
		default:
			c.Kind = "text"
		}
		list = append(list, c)
	})
	return list
}

// Zsh is the flag in the words of zsh's _arguments: *--name=[usage]: :action, with the * if it can be repeated.
func (f completedFlag) Zsh() string {
	spec := "--" + f.Name
	if f.Repeatable {
		spec = "*" + spec
	}
	usage := "[" + strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, ":", `\:`).Replace(f.Usage) + "]"
	if f.Kind == "" {
		return spec + usage
	}
	action := map[string]string{"file": "_files", "folder": "_files -/"}[f.Kind]
	if f.Values != nil {
		action = "(" + strings.Join(f.Values, " ") + ")"
	}
	return spec + "=" + usage + ": :" + action
}

// quotePowerShell is a text in the single quotes of PowerShell.
func quotePowerShell(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
