package generator

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// newLock is the lock of the package that cfg made, without its files, for folder dir.
func newLock(cfg Config, result *Result, dir string) (Lock, error) {
	options, err := optionsHash(cfg, dir)
	record := Lock{Config: relativeConfig(cfg, dir), Fakes: cfg.fakes, Version: cfg.Version, Rules: names.Rules, Options: options, Permissions: result.Permissions, Elements: result.Elements}
	for _, in := range result.Inputs {
		if in.Hash != "" { // not an address
			var relErr error
			in.Path, relErr = relativePath(dir, in.Path)
			err = errors.Join(err, relErr)
		}
		record.Inputs = append(record.Inputs, in)
	}
	return record, err
}

// optionsHash is a hash of what the output depends on beside the version and the inputs' texts.
func optionsHash(cfg Config, dir string) (string, error) {
	specs, err := relativePaths(dir, cfg.Specs)
	if err != nil {
		return "", err
	}
	overrides, err := relativePaths(dir, cfg.Overrides)
	if err != nil {
		return "", err
	}
	options := []any{
		cfg.Package, specs, overrides, append([]string{}, cfg.Include...), append([]string{}, cfg.Exclude...), cfg.AllowRemoteRefs,
	}
	if len(cfg.Leave) > 0 { // locks of packages that have all parts stay as they are
		options = append(options, slices.Compact(slices.Sorted(slices.Values(cfg.Leave))))
	}
	if cfg.fakes != "" {
		options = append(options, "fakes "+cfg.fakes)
	}
	if cfg.Split {
		options = append(options, "split by path, "+cfg.ImportPath)
	}
	if cfg.Runtime != "" {
		options = append(options, map[string]string{"runtime": cfg.Runtime})
	}
	text, err := json.Marshal(options)
	return lock.Hash(text), err
}

func relativePaths(dir string, paths []string) ([]string, error) {
	relative := make([]string, len(paths))
	for i, path := range paths {
		var err error
		if relative[i], err = relativePath(dir, path); err != nil {
			return nil, err
		}
	}
	return relative, nil
}

// relativePath is path as the lock in dir has it: the same on every machine, as long as both lie in one tree.
func relativePath(dir, path string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	relative, err := filepath.Rel(dir, path)
	if err != nil { // on another drive
		return filepath.ToSlash(path), nil
	}
	return filepath.ToSlash(relative), nil
}

// upToDate reports whether the package in dir is what cfg makes, with a fake in the folder that its lock is to name, by the hashes in
// that: of the configuration, of every file that was read and of every file that was written. It is quick, and false whenever hashes
// cannot tell. NoDocs says that comments of an earlier generation count as up to date.
func upToDate(cfg Config, dir, fake string, noDocs bool) bool {
	l := asWritten(cfg, dir, noDocs)
	if l == nil || l.Fake != fake {
		return false
	}
	isFetched := func(in Input) bool { return in.Hash == "" } // it may be another today
	return !slices.ContainsFunc(l.Inputs, isFetched) && sameInputs(l, cfg, dir)
}

// asWritten is the lock in dir if it is of this version, these rules and this configuration file, and its files are as they were
// written; else nil.
func asWritten(cfg Config, dir string, noDocs bool) *Lock {
	l, err := disk.ReadLock(dir)
	if err != nil || l.Merged || l.Version != cfg.Version || l.Config != relativeConfig(cfg, dir) || l.Rules != names.Rules || len(l.Files) == 0 {
		return nil
	}
	for _, f := range l.Files {
		if f.OldDocs && !noDocs || !hasHash(dir, f.Name, f.Hash) {
			return nil
		}
	}
	return l
}

// sameInputs reports whether the lock is of the same configuration, and of files that have not changed since. What came from
// the network counts as unchanged.
func sameInputs(l *Lock, cfg Config, dir string) bool {
	if options, err := optionsHash(cfg, dir); err != nil || options != l.Options {
		return false
	}
	for _, name := range slices.Concat(cfg.Specs, cfg.Overrides) {
		path, err := relativePath(dir, name)
		if err != nil || !slices.ContainsFunc(l.Inputs, func(in Input) bool { return in.Path == path }) {
			return false
		}
	}
	for _, in := range l.Inputs {
		if path := filepath.FromSlash(in.Path); in.Hash != "" && !hasHash(dir, path, in.Hash) {
			return false
		}
	}
	return true
}

// maxHashed is the size up to which a file is worth hashing, in bytes: no input may be larger.
const maxHashed = 64 << 20

// hasHash reports whether a path, absolute or below dir, is a regular file with the hash.
func hasHash(dir, path, hash string) bool {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	info, err := os.Stat(path) // a lock may be anybody's: a pipe would block, and an address is no file
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxHashed {
		return false
	}
	text, err := os.ReadFile(path)
	return err == nil && lock.Hash(text) == hash
}
