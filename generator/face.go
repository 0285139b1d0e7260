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
	"github.com/graphslice/graphslice/generator/internal/pick"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/starter"
)

// What is found. As an error, Diagnostics are faults of the input, sorted by file and line, of which at least one is an Error; any
// other error is one of a context or a fault of the generator itself.
type (
	// Diagnostic is one finding about the input.
	Diagnostic = diag.Diagnostic
	// Diagnostics are several findings.
	Diagnostics = diag.List
	// Pos is the place of a finding.
	Pos = diag.Pos
	// Override is an entry of a file of overrides that mends a finding.
	Override = diag.Override
)

// What slices are cut from and what comes of it.
type (
	// Sources say where what is cut from is read.
	Sources = cut.Sources
	// Progress is told how a work goes on.
	Progress = cut.Progress
	// CutOutcome is what a run of Project.Cut found and made.
	CutOutcome = cut.Outcome
	// CutFile is one slice of a CutOutcome.
	CutFile = cut.File
	// CutState is how a CutFile compares with the disk.
	CutState = cut.State
	// SliceConfig is what slices are cut from.
	SliceConfig = slice.Config
	// SliceFile is one slice of a SliceConfig.
	SliceFile = slice.File
	// Cloud is another cloud that slices are compared with.
	Cloud = slice.Cloud
	// SliceType is a type that is in a slice.
	SliceType = slice.TypeInfo
	// PathList is what can be cut.
	PathList = slice.PathList
	// PathInfo is one operation of a PathList.
	PathInfo = slice.PathInfo
)

// What is made, and what is on the disk.
type (
	// StarterFile is a file that a project begins with; its name is a path.
	StarterFile = osfile.File
	// Plan is what a run changes in one folder.
	Plan = disk.Plan
	// Lock is what graphslice.lock says of the last generation of a package.
	Lock = lock.Lock
	// Element is something of the API that has a name in the package, as the lock has it.
	Element = lock.Element
	// Input is a file or an address that a package was made from, as the lock has it.
	Input = lock.Input
	// LockedPermission is a permission that operations accept, as the lock has it.
	LockedPermission = lock.Permission
)

// What there is to say of packages and of changes.
type (
	// Subject answers questions about a package.
	Subject = inspect.Subject
	// Listing is what a package has.
	Listing = inspect.Listing
	// ListedOperation is an operation of a Listing.
	ListedOperation = inspect.Operation
	// ListedType is a type of a Listing.
	ListedType = inspect.Type
	// DiffReport is what a change means.
	DiffReport = diff.Report
	// DiffRule is one kind of its findings.
	DiffRule = diff.Rule
	// Acceptance is an entry of the file of findings that are accepted.
	Acceptance = diff.Acceptance
)

// Error is the severity of a diagnostic that stops a run, Note of one that says what there is to know.
const (
	Error = diag.Error
	// Warning is the severity of what may not be meant.
	Warning = diag.Warning
	Note    = diag.Note
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

// ReadSliceConfig reads an entry slice: of a configuration in file, given as YAML of its own. With errors among the diagnostics
// there is no configuration.
func ReadSliceConfig(file string, entry []byte) (SliceConfig, Diagnostics) {
	var document yaml.Node
	if err := yaml.Unmarshal(entry, &document); err != nil || len(document.Content) != 1 {
		return SliceConfig{}, Diagnostics{{Pos: Pos{File: file}, Severity: Error, Code: "bad-config", Message: "the entry slice: is not YAML"}}
	}
	return slice.ReadConfig(file, document.Content[0])
}

// RuntimeFiles are the files of a package of that name which are not made of the slice, whole: a package has no more of them than
// it needs. An error is a fault of the generator itself.
func RuntimeFiles(pkg string) ([]File, error) { return gosource.RuntimeFiles(pkg) }

// Printable is a text without what a terminal would take for an instruction.
func Printable(text string) string { return diag.Printable(text) }

// Count is a number with its noun, as in "1 property", "2 properties".
func Count(n int, noun string) string { return diag.Count(n, noun) }

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

// PackageNameIn is the name of the package in folder dir of a module: that of its Go files, if it is there, or else what its import path
// suggests. The error is Diagnostics.
func PackageNameIn(dir string) (name string, isThere bool, err error) { return starter.PackageIn(dir) }

// ImportPath is the path by which a folder below dir, written with slashes, is imported in dir's module. The error is Diagnostics.
func ImportPath(dir, folder string) (string, error) { return starter.ImportPath(dir, folder) }

// WriteStarters writes all files or none. One that is there already is at fault. The error is Diagnostics.
func WriteStarters(files []StarterFile) error { return starter.Write(files) }

// CheckPatterns says what is wrong with patterns of operations. The error says which is at fault and why, without a place.
func CheckPatterns(patterns []string) error {
	_, err := pathglob.ParseAll(patterns)
	return err
}

// ParseFrom reads an ADDRESS=FILE for Sources.From. The error says what is wrong with it, without a place.
func ParseFrom(text string) (address, file string, err error) { return fetch.ParseFrom(text) }

// IsCloudName reports whether a cloud can have a name.
func IsCloudName(name string) bool { return slice.IsCloudName(name) }

// WritePackagePage writes a page of one file about a package, with its picture; enums says whether that has them. The error is w's, or a
// fault of the generator itself.
func WritePackagePage(w io.Writer, s *Subject, enums bool) error {
	return pick.WritePackage(w, *s, enums)
}

// WithoutDocumentation takes out of reports what is documentation only.
func WithoutDocumentation(reports []*DiffReport) {
	for _, r := range reports {
		r.Findings = diff.WithoutDocumentation(r.Findings)
	}
}

// WriteDiffJSON writes reports as one JSON object. The error is w's.
func WriteDiffJSON(w io.Writer, reports []*DiffReport) error { return diff.WriteJSON(w, reports) }
