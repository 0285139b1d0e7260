package main

import (
	_ "embed"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

// sourceFlags say where the addresses of sources are answered from.
type sourceFlags struct {
	name    string // of the flag that answers addresses
	from    []string
	offline bool
	answers map[string]string // files, by address
}

// addFlags adds the flags that fill s.
func (s *sourceFlags) addFlags(flags *pflag.FlagSet) { s.addNamed(flags, "from") }

// addNamed is addFlags with another name for the flag that answers addresses.
func (s *sourceFlags) addNamed(flags *pflag.FlagSet, name string) {
	s.name = name
	flags.StringArrayVar(&s.from, name, nil, "`ADDRESS=FILE` answers an address from a file; then nothing is fetched (repeatable)")
	flags.BoolVar(&s.offline, "offline", false, "fetch nothing; an address without --"+name+" is an error")
}

// namedSources are the sources that a command is given in place of a configuration.
type namedSources struct {
	openapi                      string
	metadata, notes, permissions []string
}

// addNames adds the flags that fill s.
func (s *namedSources) addNames(flags *pflag.FlagSet) {
	flags.StringVar(&s.openapi, "openapi", "", "`source` of a whole OpenAPI document, YAML or JSON")
	flags.StringArrayVar(&s.metadata, "metadata", nil, "`source` of OData metadata; repeat it to read several as one")
	flags.StringArrayVar(&s.notes, "notes", nil, "`path` of a file with descriptions and permissions (repeatable)")
	flags.StringArrayVar(&s.permissions, "permissions", nil, "`source` of a table of permissions (repeatable)")
}

// areNamed reports whether there are any.
func (s *namedSources) areNamed() bool { return s.openapi != "" || len(s.metadata) > 0 }

// checkNames finds flags that say something beside the sources, or beside the configuration. The error is a usageError.
func (s *namedSources) checkNames(flags *pflag.FlagSet, config string) error {
	if s.areNamed() {
		for _, name := range []string{"config", "out"} {
			if flags.Changed(name) {
				return usagef("--%s and sources exclude each other", name)
			}
		}
		return nil
	}
	for _, name := range []string{"notes", "permissions"} {
		if flags.Changed(name) {
			return usagef("--%s needs --openapi or --metadata; for a slice of %s write it there", name, config)
		}
	}
	return nil
}

// project is that of the sources alone.
func (s *namedSources) project() *generator.Project {
	return generator.OfCut(generator.SliceConfig{OpenAPI: s.openapi, Metadata: s.metadata, Notes: s.notes, Permissions: s.permissions})
}

// args are the flags that name the sources.
func (s *namedSources) args() []string {
	var args []string
	if s.openapi != "" {
		args = append(args, "--openapi", s.openapi)
	}
	for _, flag := range []struct {
		name   string
		values []string
	}{{"metadata", s.metadata}, {"notes", s.notes}, {"permissions", s.permissions}} {
		for _, value := range flag.values {
			args = append(args, "--"+flag.name, value)
		}
	}
	return args
}

// validate reads the values of the flag. The error is a usageError.
func (s *sourceFlags) validate() error {
	s.answers = map[string]string{}
	for _, text := range s.from {
		address, file, err := generator.ParseFrom(text)
		if err != nil {
			return usagef("--%s: %v", s.name, err)
		}
		if other, twice := s.answers[address]; twice && other != file {
			return usagef("--%s answers %s twice, from %s and from %s", s.name, address, other, file)
		}
		s.answers[address] = file
	}
	return nil
}

// permissionsTable is the address of Microsoft's table of the permissions that Graph's operations take.
const permissionsTable = "https://raw.githubusercontent.com/microsoftgraph/microsoft-graph-devx-content/master/permissions/new/permissions.json"

// sources are those of the flags.
func (s *sourceFlags) sources() generator.Sources {
	return generator.Sources{From: s.answers, Flag: s.name, Offline: s.offline, Root: knownServiceRoot}
}

// cleanedV1 and cleanedBeta are the addresses of the metadata that Microsoft corrects and describes before it makes its own
// documents of it. Help names them, and the configuration that gen init writes.
const (
	cleaned     = "https://raw.githubusercontent.com/microsoftgraph/msgraph-metadata/master/"
	cleanedV1   = cleaned + "clean_v10_metadata/cleanMetadataWithDescriptionsAndAnnotationsAndErrorsv1.0.xml"
	cleanedBeta = cleaned + "clean_beta_metadata/cleanMetadataWithDescriptionsAndAnnotationsAndErrorsbeta.xml"
)

//go:embed starter/service-roots.txt
var serviceRoots string

// knownServiceRoot is the URL of the service that the metadata at an address describes, "" if it is not known.
func knownServiceRoot(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	for line := range strings.Lines(serviceRoots) {
		fields := strings.Fields(line)
		if len(fields) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		if rest, ok := strings.CutPrefix(sources[0], fields[0]); ok && strings.Contains("/"+rest, fields[1]) {
			return fields[2]
		}
	}
	return ""
}
