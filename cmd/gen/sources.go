package main

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/service"
	"github.com/graphslice/graphslice/generator/slice/fetch"
)

// sourceFlags say where the addresses of sources are answered from.
type sourceFlags struct {
	from    []string
	offline bool
	answers map[string]string // files, by address
}

// addFlags adds the flags that fill s.
func (s *sourceFlags) addFlags(flags *pflag.FlagSet) {
	flags.StringArrayVar(&s.from, "from", nil, "`ADDRESS=FILE` answers an address from a file; then nothing is fetched (repeatable)")
	flags.BoolVar(&s.offline, "offline", false, "fetch nothing; an address without --from is an error")
}

// validate reads the values of --from. The error is a usageError.
func (s *sourceFlags) validate() error {
	s.answers = map[string]string{}
	for _, text := range s.from {
		address, file, err := fetch.ParseFrom(text)
		if err != nil {
			return usagef("--from: %v", err)
		}
		if other, twice := s.answers[address]; twice && other != file {
			return usagef("--from answers %s twice, from %s and from %s", address, other, file)
		}
		s.answers[address] = file
	}
	return nil
}

// permissionsTable is the address of the service's table of the permissions that operations take.
var permissionsTable = service.Graph.PermissionsTable

// reader returns a reader of the sources that shows on progress, if it is not nil, how far it has come.
func (s *sourceFlags) reader(progress io.Writer) *sourceReader {
	r := &sourceReader{data: map[string][]byte{}, answered: map[string]bool{}}
	r.opts = fetch.Options{Progress: progress, From: s.answers, Offline: s.offline, Answered: func(address string) { r.answered[address] = true }}
	return r
}

// sourceReader reads files and addresses, each once.
type sourceReader struct {
	opts     fetch.Options
	data     map[string][]byte
	answered map[string]bool // addresses that --from was asked for
}

func (r *sourceReader) read(ctx context.Context, source string) ([]byte, diag.List) {
	if data, ok := r.data[source]; ok {
		return data, nil
	}
	data, diags := fetch.Read(ctx, source, r.opts)
	if !diags.HasErrors() {
		r.data[source] = data
	}
	return data, diags
}

// unused warns of the addresses that --from answers and that no source is read from.
func (r *sourceReader) unused() diag.List {
	var found diag.List
	for _, address := range slices.Sorted(maps.Keys(r.opts.From)) {
		if !r.answered[address] {
			found.Warnf(diag.Pos{}, "unused-from", "no source has the address %s, which --from answers", address)
		}
	}
	return found
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

// readIfThere reads a file; nil if there is none. The error is a diag.List.
func readIfThere(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fileFault(path, err)
	case data == nil:
		data = []byte{}
	}
	return data, nil
}
