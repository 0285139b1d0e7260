package disk

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
)

// childEnv makes the test binary the process that the tests below start, instead of running tests.
const childEnv = "GRAPHSLICE_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) == "" {
		os.Exit(m.Run())
	}
	holdChild()
}

// holdChild holds the folder in its arguments, says so, and waits for the end of its input.
func holdChild() {
	held, err := Hold(context.Background(), 0, os.Args[1])
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString("held\n")
	_, _ = io.Copy(io.Discard, os.Stdin)
	held.Release()
}

// startHolder starts a process that holds dir, and returns when it does. Closing the writer makes it release.
func startHolder(t *testing.T, dir string) (*exec.Cmd, io.Closer) {
	t.Helper()
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), childEnv+"=hold")
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close(); _ = cmd.Wait() })
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "held\n" {
		t.Fatalf("the process that is to hold the folder says %q, %v", line, err)
	}
	return cmd, stdin
}

// Another process is refused, whatever it calls the folder, until the first one ends, even if that is killed.
func TestHold(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out") // does not exist
	if err := os.Symlink(dir, filepath.Join(dir, "alias")); err != nil {
		t.Fatal(err)
	}
	holder, _ := startHolder(t, out)
	t.Chdir(dir)
	for _, name := range []string{"out", "alias/out"} {
		_, err := Hold(t.Context(), 0, name)
		want := name + ": error: another run of graphslice is at work in this folder (busy)\n\thint: wait until it has ended, and run this again"
		if disktest.ErrorText(err) != want {
			t.Errorf("error %q, want %q", disktest.ErrorText(err), want)
		}
	}
	other, err := Hold(t.Context(), 0, "elsewhere")
	if err != nil {
		t.Errorf("another folder: %v", err)
	} else {
		other.Release()
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	held, err := Hold(t.Context(), time.Minute, "out")
	if err != nil {
		t.Fatalf("after the other was killed: %v", err)
	}
	held.Release()
}

// A run waits for another, and stops waiting when it is interrupted.
func TestHoldWaits(t *testing.T) {
	t.Chdir(t.TempDir())
	_, release := startHolder(t, "out")
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Hold(interrupted, time.Hour, "out"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	got := make(chan error)
	go func() {
		held, err := Hold(t.Context(), time.Hour, "out")
		if err == nil {
			held.Release()
		}
		got <- err
	}()
	release.Close()
	if err := <-got; err != nil {
		t.Error(err)
	}
}

// Where the cache cannot be written, the lock is among the temporary files; without any place there is no run.
func TestHoldPlaces(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	disktest.Lay(t, ".", map[string]string{"file": ""})
	t.Setenv("HOME", filepath.Join(dir, "file"))
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "file"))
	t.Setenv("LocalAppData", filepath.Join(dir, "file"))
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	held, err := Hold(t.Context(), 0, "out")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := filepath.Glob("graphslice-locks-*/*"); len(found) != 1 || err != nil {
		t.Errorf("there are locks %v, %v", found, err)
	}
	if _, err := Hold(t.Context(), 0, "out"); err == nil {
		t.Error("the lock keeps nobody away")
	}
	held.Release()
	t.Setenv("TMPDIR", filepath.Join(dir, "file"))
	t.Setenv("TMP", filepath.Join(dir, "file"))
	if _, err := Hold(t.Context(), 0, "out"); !strings.HasPrefix(disktest.ErrorText(err), "out: error: ") {
		t.Errorf("no place to lock, and the error is %v", err)
	}
}

func TestHoldRefusesOneFolderTwice(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Symlink("out", "alias"); err != nil {
		t.Fatal(err)
	}
	disktest.Lay(t, "out", map[string]string{"own.go": "package graph\n"})
	_, err := Hold(t.Context(), 0, "out", "alias")
	want := "alias: error: two packages go to this folder (same-out)\n\thint: give each package a folder of its own"
	if disktest.ErrorText(err) != want {
		t.Errorf("error %q, want %q", disktest.ErrorText(err), want)
	}
	held, err := Hold(t.Context(), 0, "out") // nothing is left locked
	if err != nil {
		t.Fatal(err)
	}
	held.Release()
}

// Many runs at once: only one at a time is in, though each removes its lock file.
func TestHoldExcludes(t *testing.T) {
	t.Chdir(t.TempDir())
	const runs = 8
	inside := make(chan struct{}, 1)
	errs := make(chan error)
	for range runs {
		go func() {
			held, err := Hold(context.Background(), time.Hour, "out")
			if err == nil {
				select {
				case inside <- struct{}{}:
					<-inside
				default:
					err = errors.New("two are in at once")
				}
				held.Release()
			}
			errs <- err
		}()
	}
	for range runs {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
