package disk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/disk/swap"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Held are folders that no other run of graphslice works in.
type Held struct {
	// Left are warnings of what a killed run has left in the folders of Watch, and of what Hold could not remove.
	Left diag.List

	locks []*flock.Flock
}

// pollInterval is how often a lock that somebody else has is asked for.
const pollInterval = 50 * time.Millisecond

// Hold keeps other runs away from the folders until Release, or until the process ends in whatever way, and ends what a
// killed run has left in them. It waits for others for as long as wait. The folders need not exist. The error is a
// diag.List, or ctx's.
func Hold(ctx context.Context, wait time.Duration, dirs ...string) (*Held, error) {
	h, folders, err := holdAll(ctx, wait, dirs)
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		err := swap.Recover(f.real)
		var found diag.List
		if errors.As(err, &found) && !found.HasErrors() {
			h.Left = append(h.Left, found...)
		} else if err != nil {
			h.Release()
			return nil, err
		}
	}
	return h, nil
}

// Watch is Hold for a run that changes nothing: what a killed run has left stays there, and is in Held.Left.
func Watch(ctx context.Context, wait time.Duration, dirs ...string) (*Held, error) {
	h, folders, err := holdAll(ctx, wait, dirs)
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		left, err := swap.Leftovers(f.real)
		if err != nil {
			h.Release()
			return nil, err
		}
		h.Left = append(h.Left, left...)
	}
	return h, nil
}

// holdAll locks all the folders, in the order in which it returns them.
func holdAll(ctx context.Context, wait time.Duration, dirs []string) (*Held, []folder, error) {
	folders, err := distinct(dirs)
	if err != nil {
		return nil, nil, err
	}
	h := &Held{}
	for _, f := range folders {
		if err := h.add(ctx, wait, f); err != nil {
			h.Release()
			return nil, nil, err
		}
	}
	return h, folders, nil
}

// Release lets others in.
func (h *Held) Release() {
	for _, l := range h.locks {
		_ = os.Remove(l.Path()) // Windows does not permit it; then the file stays, empty
		_ = l.Close()           // the process gives it back at the latest when it ends
	}
}

// folder is one as it was named, and where it is.
type folder struct{ name, real string }

// distinct resolves the folders and puts them in the order in which all runs lock them, so that none waits for another
// in a circle. Two names of one folder are a diag.List.
func distinct(dirs []string) ([]folder, error) {
	var folders []folder
	for _, dir := range dirs {
		real, err := osfile.Resolve(dir)
		if err != nil {
			return nil, osfile.IOFault(dir, err)
		}
		if slices.ContainsFunc(folders, func(f folder) bool { return f.real == real }) {
			return nil, osfile.Fault(dir, "same-out", "give each package a folder of its own", "two packages go to this folder")
		}
		folders = append(folders, folder{dir, real})
	}
	slices.SortFunc(folders, func(a, b folder) int { return cmp.Compare(a.real, b.real) })
	return folders, nil
}

// add locks one folder.
func (h *Held) add(ctx context.Context, wait time.Duration, f folder) error {
	path, err := holdPath(f.real)
	if err != nil {
		return osfile.IOFault(f.name, err)
	}
	timeout := time.NewTimer(wait)
	defer timeout.Stop()
	for {
		l, err := tryLock(path)
		if err != nil {
			return osfile.IOFault(path, err)
		}
		if l != nil {
			h.locks = append(h.locks, l)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timeout.C:
			return osfile.Fault(f.name, "busy", "wait until it has ended, and run this again", "another run of graphslice is at work in this folder")
		case <-time.After(pollInterval):
		}
	}
}

// tryLock locks the file at path; nil if somebody else has it. Who had it before may have removed it meanwhile: such a
// lock would keep nobody away.
func tryLock(path string) (*flock.Flock, error) {
	l := flock.New(path)
	locked, err := l.TryLock()
	if err != nil || !locked {
		return nil, err
	}
	if isAt(path, l) {
		return l, nil
	}
	return nil, l.Close()
}

// isAt reports whether the file that is locked is still the one at path.
func isAt(path string, l *flock.Flock) bool {
	there, err := os.Stat(path)
	if err != nil {
		return false
	}
	locked, err := l.Stat()
	return err == nil && os.SameFile(there, locked)
}

// holdPath is the file that is locked for a folder: in the user's cache or, where that cannot be written, among the
// temporary files. It is outside of the folder, since that is the user's, and is exchanged.
func holdPath(real string) (string, error) {
	cache, err := os.UserCacheDir()
	if err == nil {
		cache = filepath.Join(cache, "graphslice", "locks")
		if err = makeWritable(cache); err != nil {
			cache = ""
		}
	}
	if cache == "" { // others share the folder of temporary files
		cache = filepath.Join(os.TempDir(), fmt.Sprintf("graphslice-locks-%d", os.Getuid()))
		if tempErr := makeWritable(cache); tempErr != nil {
			return "", fmt.Errorf("there is no place to lock it: %w", errors.Join(err, tempErr))
		}
	}
	return filepath.Join(cache, lock.Hash([]byte(real))[:32]), nil
}

// makeWritable makes a folder for this user alone, and tries it.
func makeWritable(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "try")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
