package generator

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
	"github.com/graphslice/graphslice/generator/internal/usage"
	"github.com/graphslice/graphslice/generator/internal/usage/permits"
)

// What is asked of code that uses generated packages, and answered.
type (
	// Code says which code is looked at.
	Code = usage.Request
	// CodeUses is what code uses of generated packages.
	CodeUses = usage.Uses
	// CodePermissions are the permissions that code needs.
	CodePermissions = permits.Answer
	// AppManifest is what an app registration asks for.
	AppManifest = permits.AppManifest
)

// The ways to sign in.
const (
	Delegated        = permits.Delegated
	Application      = permits.Application
	ResourceSpecific = permits.Resource
)

// Uses finds what code uses of generated packages. The error is Diagnostics, or ctx's.
func Uses(ctx context.Context, code Code) (*CodeUses, error) { return usage.Find(ctx, code) }

// PermissionsOptions say what is asked of the permissions of code.
type PermissionsOptions struct {
	// Ways are the ways to sign in.
	Ways []string
	// Cloud is a cloud whose operations count; "" for the one that has all.
	Cloud string
	// Tests: what tests alone call counts as well.
	Tests bool
	// Granted is a list of names, or the path of a manifest, to compare with; "" for none. API is the id of the application
	// whose permissions a manifest names.
	Granted, API string
	// Tables are paths of tables of permissions, for what the locks do not know.
	Tables []string
}

// Permissions finds the least permissions with which code can do what it does. The error is Diagnostics, or ctx's.
func Permissions(ctx context.Context, code Code, opts PermissionsOptions) (*CodePermissions, error) {
	q := permits.Question{Ways: opts.Ways, Cloud: opts.Cloud, Tests: opts.Tests}
	var err error
	if q.Granted, err = readGranted(opts.Granted, opts.API); err != nil {
		return nil, err
	}
	if q.Table, err = readTables(opts.Tables); err != nil {
		return nil, err
	}
	uses, err := usage.Find(ctx, code)
	if err != nil {
		return nil, err
	}
	return permits.Find(uses, q)
}

// readGranted reads what was granted; nil if the call does not say. The error is Diagnostics.
func readGranted(granted, api string) (*permits.Granted, error) {
	if granted == "" {
		return nil, nil
	}
	if _, err := os.Stat(granted); err != nil && !strings.HasSuffix(strings.ToLower(granted), ".json") {
		return permits.List(granted), nil
	}
	data, err := os.ReadFile(granted)
	if err != nil {
		return nil, osfile.FileFault(granted, err)
	}
	return permits.Manifest(osfile.Shown(granted), data, api)
}

// readTables reads tables of permissions; nil if there are none. The error is Diagnostics.
func readTables(paths []string) (*permissions.Table, error) {
	var inputs []permissions.Input
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, osfile.FileFault(path, err)
		}
		inputs = append(inputs, permissions.Input{Name: filepath.ToSlash(path), Data: data})
	}
	if len(inputs) == 0 {
		return nil, nil
	}
	table, found := permissions.Read(inputs...)
	if found.HasErrors() {
		return nil, found
	}
	return table, nil
}
