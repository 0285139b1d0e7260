// Package revision reads what is compared: a generated package from a folder, or from there as it was at a git revision, and
// documents of metadata.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Folder is where the files of a package are read from. The error of a file that is not there is fs.ErrNotExist.
type Folder interface {
	read(name string) ([]byte, error)
	// place is the folder, for messages.
	place() string
}

// Dir is a folder of the disk.
func Dir(dir string) Folder { return diskTree{dir} }

// diskTree is a folder.
type diskTree struct{ dir string }

func (t diskTree) read(name string) ([]byte, error) {
	path := filepath.Join(t.dir, name)
	if info, err := os.Lstat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a plain file")
	}
	return os.ReadFile(path)
}

func (t diskTree) place() string { return filepath.ToSlash(t.dir) }

// gitTree is a folder as it was at a commit.
type gitTree struct {
	ctx context.Context
	// cwd is where git runs; prefix leads from there to the folder, with a slash at its end.
	cwd, prefix string
	commit      string // its hash, so that nothing of what the caller gave is read as an option or a range
	dir, rev    string
}

// Git is folder dir as it was at revision rev. The error is a diag.List.
func Git(ctx context.Context, dir, rev string) (Folder, error) {
	t := &gitTree{ctx: ctx, cwd: dir, prefix: "./", dir: dir, rev: rev}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		if filepath.IsAbs(dir) {
			return nil, t.fault("no such folder", "")
		}
		t.cwd, t.prefix = ".", "./"+filepath.ToSlash(dir)+"/"
	}
	if _, err := t.git("rev-parse", "--git-dir"); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, t.fault("git is not installed, or not in PATH", "install it, or compare with another copy of the specs: gen diff OLD NEW")
		}
		return nil, t.fault("the folder is not in a git repository: "+err.Error(), "--base needs one; without it gen diff compares with the package on disk")
	}
	commit, err := t.git("rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return nil, t.fault(fmt.Sprintf("git has no revision %q", rev), "name a commit, branch or tag; a shallow clone has few of them: git fetch --unshallow")
	}
	t.commit = strings.TrimSpace(string(commit))
	return t, nil
}

func (t *gitTree) fault(message, hint string) error {
	return diag.List{{Pos: diag.Pos{File: t.dir}, Severity: diag.Error, Code: "base", Message: message, Hint: hint}}
}

// git runs git. The error has what git said.
func (t *gitTree) git(args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.ctx, "git", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.cwd, &stdout, &stderr
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	if err := cmd.Run(); err != nil {
		if said := strings.TrimSpace(stderr.String()); said != "" {
			return nil, fmt.Errorf("%s", said)
		}
		return nil, err
	}
	return stdout.Bytes(), nil
}

func (t *gitTree) read(name string) ([]byte, error) {
	data, err := t.git("cat-file", "blob", t.commit+":"+t.prefix+name)
	if err != nil && t.ctx.Err() != nil {
		return nil, t.ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", fs.ErrNotExist, err)
	}
	return data, nil
}

func (t *gitTree) place() string { return filepath.ToSlash(t.dir) + " at " + t.rev }

// Read reads a generated package: what its lock says, and its Go files. The error is a diag.List or ctx's.
func Read(t Folder) (diff.Side, error) {
	var side diff.Side
	l, err := readLock(t)
	if err != nil {
		return side, err
	}
	side.Elements, side.Files = l.Elements, []diff.File{}
	for _, f := range l.Files {
		if !strings.HasSuffix(f.Name, ".go") {
			continue
		}
		data, err := t.read(f.Name)
		if err != nil {
			return side, sourceFault(t, f.Name, err, "run gen to write the package anew")
		}
		side.Files = append(side.Files, diff.File{Name: f.Name, Data: data})
	}
	return side, nil
}

// readLock reads the lock of a package.
func readLock(t Folder) (*lock.Lock, error) {
	data, err := t.read(lock.Name)
	if err != nil {
		return nil, sourceFault(t, lock.Name, err, "run gen to make the package and its lock; or compare two documents: gen diff OLD NEW")
	}
	return lock.Parse(filepath.Join(t.place(), lock.Name), data)
}

func sourceFault(t Folder, name string, err error, hint string) error {
	message := fmt.Sprintf("there is no %s here", name)
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case !errors.Is(err, fs.ErrNotExist):
		message = fmt.Sprintf("%s cannot be read: %v", name, err)
	}
	return diag.List{{Pos: diag.Pos{File: t.place()}, Severity: diag.Error, Code: "no-package", Message: message, Hint: hint}}
}

// IsMetadata reports whether a file is metadata rather than an OpenAPI document: whether its text begins with "<". The error is
// a diag.List.
func IsMetadata(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, osfile.FileFault(path, err)
	}
	defer f.Close()
	start, err := io.ReadAll(io.LimitReader(f, 512))
	if err != nil {
		return false, osfile.FileFault(path, err)
	}
	start = bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\ufeff")))
	return bytes.HasPrefix(start, []byte("<")), nil
}

// ReadMetadata reads two metadata documents. The error is a diag.List.
func ReadMetadata(paths []string) (sides [2]diff.Side, err error) {
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return sides, osfile.FileFault(path, err)
		}
		doc, found := csdl.Read(csdl.Input{Name: path, Text: bytes.NewReader(data)})
		if doc == nil {
			return sides, found
		}
		sides[i].Elements = diff.Metadata(doc)
	}
	return sides, nil
}
