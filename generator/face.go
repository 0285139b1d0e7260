package generator

import (
	"io"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/inspect"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/starter"
)

// What the methods of a Project take and return, under the names that a caller has for it.
type (
	// Diagnostic is one finding about the input, Diagnostics are several; as an error they are faults of the input.
	Diagnostic  = diag.Diagnostic
	Diagnostics = diag.List
	// Pos is the place of a finding.
	Pos = diag.Pos
	// StarterFile is a file that a project begins with; its name is a path.
	StarterFile = osfile.File
	// Plan is what a run changes in one folder.
	Plan = disk.Plan
	// Sources say where what is cut from is read, Progress is told how a work goes on.
	Sources  = cut.Sources
	Progress = cut.Progress
	// CutOutcome is what a run of Project.Cut found and made, CutFile one slice of it.
	CutOutcome = cut.Outcome
	CutFile    = cut.File
	CutState   = cut.State
	// SliceConfig is what slices are cut from, SliceFile one of them, Cloud another cloud that they are compared with, SliceType a
	// type that is in them.
	SliceConfig = slice.Config
	SliceFile   = slice.File
	Cloud       = slice.Cloud
	SliceType   = slice.TypeInfo
	// PathList is what can be cut, PathInfo one operation of it.
	PathList = slice.PathList
	PathInfo = slice.PathInfo
	// DiffReport is what a change means.
	DiffReport = diff.Report
	// DiffRule is one kind of its findings, Acceptance an entry of the file of those that are accepted.
	DiffRule   = diff.Rule
	Acceptance = diff.Acceptance
	// Subject answers questions about a package; Listing is what it has, in operations and types.
	Subject         = inspect.Subject
	Listing         = inspect.Listing
	ListedOperation = inspect.Operation
	ListedType      = inspect.Type
)

// Error is the severity of a diagnostic that stops a run, Note of one that says what there is to know.
const (
	Error = diag.Error
	Note  = diag.Note
)

// The states of a slice on the disk.
const (
	CutUnchanged = cut.Unchanged
	CutChanged   = cut.Changed
	CutMissing   = cut.Missing
)

// Header is the first line of every file that is made.
const Header = lock.Header

// Words of SliceConfig: KeysInParentheses is how a service writes keys that are no segments, FollowBodies in Follow stands for all
// that bodies send along.
const (
	KeysInParentheses = slice.KeysInParentheses
	FollowBodies      = slice.FollowBodies
)

// ReadSliceConfig reads an entry slice: of a configuration in file, given as YAML of its own.
func ReadSliceConfig(file string, entry []byte) (SliceConfig, Diagnostics) {
	var document yaml.Node
	if err := yaml.Unmarshal(entry, &document); err != nil || len(document.Content) != 1 {
		return SliceConfig{}, Diagnostics{{Pos: Pos{File: file}, Severity: Error, Code: "bad-config", Message: "the entry slice: is not YAML"}}
	}
	return slice.ReadConfig(file, document.Content[0])
}

// RuntimeFiles are the files of a package of that name which are the same for every slice; some packages lack some of them (see
// OptionalFiles). An error is a fault of the generator itself.
func RuntimeFiles(pkg string) ([]File, error) { return gosource.RuntimeFiles(pkg) }

// Printable is a text without what a terminal would take for an instruction.
func Printable(text string) string { return diag.Printable(text) }

// ShellQuoted is a word in single quotes for a shell.
func ShellQuoted(word string) string { return diag.ShellQuoted(word) }

// Likely is the known word that is most like one, "" if none is.
func Likely(word string, known []string) string { return diag.Likely(word, known) }

// Shown is a path as messages name it: relative to the working folder if it lies below it.
func Shown(path string) string { return osfile.Shown(path) }

// FileFault is the error of a file that cannot be read or written, as Diagnostics.
func FileFault(path string, err error) error { return osfile.FileFault(path, err) }

// IsPackageName reports whether name can stand in a package clause.
func IsPackageName(name string) bool { return config.IsName(name) }

// PackageNameFault says why no package that is made can have a name, "" if one can.
func PackageNameFault(name string) string { return config.NameFault(name) }

// FolderName is the last part of a folder's path, which a package is called after.
func FolderName(dir string) string { return config.FolderName(dir) }

// PackageNameIn is the name of the package in folder dir of a module: that of its Go files, or else what its import path suggests.
// The error is Diagnostics.
func PackageNameIn(dir string) (string, error) { return starter.PackageIn(dir) }

// ImportPath is the path by which a folder below dir, written with slashes, is imported in dir's module. The error is Diagnostics.
func ImportPath(dir, folder string) (string, error) { return starter.ImportPath(dir, folder) }

// WriteStarters writes all files or none. One that is there already is an error; the error is Diagnostics.
func WriteStarters(files []StarterFile) error { return starter.Write(files) }

// CheckPatterns says what is wrong with patterns of operations, nil if nothing is.
func CheckPatterns(patterns []string) error {
	_, err := pathglob.ParseAll(patterns)
	return err
}

// ParseFrom reads an ADDRESS=FILE for Sources.From.
func ParseFrom(text string) (address, file string, err error) { return fetch.ParseFrom(text) }

// IsCloudName reports whether a cloud can have a name.
func IsCloudName(name string) bool { return slice.IsCloudName(name) }

// WithoutDocumentation takes out of reports what is documentation only.
func WithoutDocumentation(reports []*DiffReport) {
	for _, r := range reports {
		r.Findings = diff.WithoutDocumentation(r.Findings)
	}
}

// WriteDiffJSON writes reports as one JSON object.
func WriteDiffJSON(w io.Writer, reports []*DiffReport) error { return diff.WriteJSON(w, reports) }
