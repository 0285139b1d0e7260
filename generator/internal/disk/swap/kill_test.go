package swap

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// childEnv makes the test binary one of the processes that the tests below start, instead of running tests.
const childEnv = "GRAPHSLICE_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "":
		os.Exit(m.Run())
	case "step":
		stepChild()
	case "loop":
		loopChild()
	}
}

// kill ends this process without giving it a chance to do anything more.
func kill() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

// killer is a transaction that kills the process before step n, counted from 0, and says which that is.
func killer(n int) *transaction {
	count := 0
	return &transaction{before: func(step string) {
		if count == n {
			fmt.Println(step)
			kill()
		}
		count++
	}}
}

// stepChild applies the new generation to a folder, or recovers it, and is killed before the step in its arguments.
func stepChild() {
	what, dir := os.Args[1], os.Args[2]
	n, err := strconv.Atoi(os.Args[3])
	if err != nil {
		panic(err)
	}
	t := killer(n)
	if os.Getenv(stuckEnv) != "" {
		t.exchange = func(a, b string) error { return errors.ErrUnsupported }
	}
	if what == "recover" {
		if dir, err = osfile.Resolve(dir); err == nil {
			err = t.recover(dir)
		}
	} else {
		var c Change
		files := disktest.New
		if os.Getenv(treeEnv) != "" {
			files = disktest.NewTree
		}
		if c, err = change(dir, files); err == nil {
			err = t.apply([]Change{c})
		}
	}
	if err != nil {
		panic(err)
	}
}

// stuckEnv makes a stepChild's file system one that does not exchange folders.
const stuckEnv = "GRAPHSLICE_TEST_STUCK"

// treeEnv makes what a stepChild applies a tree.
const treeEnv = "GRAPHSLICE_TEST_TREE"

// runKilled runs a stepChild in folder cwd and returns the step that it was killed before, "" if it came to its end.
func runKilled(t *testing.T, cwd, what, dir string, n int, env ...string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], what, dir, strconv.Itoa(n))
	cmd.Dir = cwd
	cmd.Env = append(os.Environ(), childEnv+"=step")
	cmd.Env = append(cmd.Env, env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("step %d: %v", n, err)
	}
	return string(out)
}

// situations are the kinds of folders that a package goes to.
var situations = map[string]struct {
	others map[string]string // files of somebody else, with the folder that they are in
	isNew  bool
	inside bool // the process stands in the folder
	// stuck: the file system turns out not to exchange folders.
	stuck bool
	// tree: there are packages in folders below.
	tree bool
	// atOnce: the folder is old or new at any time, without the next run's help.
	atOnce bool
}{
	"exchanged":           {others: map[string]string{"own.go": "package graph\n"}, atOnce: canExchange},
	"new":                 {isNew: true, atOnce: true},
	"with a folder in it": {others: map[string]string{"sub/": "", "sub/x.go": "package sub\n", "own.go": "package graph\n"}},
	"not exchanged":       {others: map[string]string{"own.go": "package graph\n"}, stuck: true},
	"the working folder":  {others: map[string]string{"own.go": "package graph\n"}, inside: true},
	"a tree":              {others: map[string]string{"own.go": "package graph\n", "half/": "", "half/own.go": "package half\n"}, tree: true},
	"a new tree":          {isNew: true, tree: true, atOnce: true},
}

// Killed before any step, a run leaves the old package or the new one.
func TestKilled(t *testing.T) {
	for name, s := range situations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old, now := disktest.WithLock(disktest.Old, s.others), disktest.WithLock(disktest.New, s.others)
			if s.tree {
				old, now = disktest.WithLock(disktest.OldTree, s.others), disktest.WithLock(disktest.NewTree, s.others)
			}
			if s.isNew {
				old = map[string]string{}
			}
			sawOld, sawNew := 0, 0
			for n := 0; ; n++ {
				root := t.TempDir()
				out, cwd, dir := filepath.Join(root, "deep", "out"), root, filepath.Join("deep", "out")
				if !s.isNew {
					disktest.Lay(t, out, disktest.WithoutFolders(maps.Clone(old)))
				}
				if s.inside {
					cwd, dir = out, "."
				}
				var env []string
				if s.tree {
					env = append(env, treeEnv+"=1")
				}
				if s.stuck {
					env = append(env, stuckEnv+"=1")
				}
				step := runKilled(t, cwd, "apply", dir, n, env...)
				after := disktest.Read(t, out)
				if s.atOnce && !cmp.Equal(after, old) && !cmp.Equal(after, now) {
					t.Errorf("killed before %q: neither old nor new:\n%s", step, cmp.Diff(now, after))
				}
				if !s.atOnce {
					killRecovery(t, cwd, dir, out, old, now)
				}
				recoverAt(t, out)
				after = disktest.Read(t, out)
				switch {
				case cmp.Equal(after, old):
					sawOld++
				case cmp.Equal(after, now):
					sawNew++
				default:
					t.Errorf("killed before %q, and recovered: neither old nor new:\n%s", step, cmp.Diff(now, after))
				}
				checkEmpty(t, filepath.Join(root, "deep"), step)
				if step == "" {
					break
				}
			}
			if sawOld < 3 || sawNew < 1 {
				t.Errorf("saw the old package %d times and the new one %d times: the steps are not where they should be", sawOld, sawNew)
			}
		})
	}
}

// killRecovery kills the recovery of a copy of folder out before each of its steps, and recovers again.
func killRecovery(t *testing.T, cwd, dir, out string, old, now map[string]string) {
	t.Helper()
	before := filepath.Join(t.TempDir(), "before")
	if err := os.CopyFS(before, os.DirFS(out)); err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		copied := filepath.Join(t.TempDir(), "out")
		if err := os.CopyFS(copied, os.DirFS(before)); err != nil {
			t.Fatal(err)
		}
		step := runKilled(t, cwd, "recover", copied, n)
		if err := Recover(copied); err != nil {
			t.Fatal(err)
		}
		if after := disktest.Read(t, copied); !cmp.Equal(after, old) && !cmp.Equal(after, now) {
			t.Errorf("recovery killed before %q: neither old nor new:\n%s", step, cmp.Diff(now, after))
		}
		if step == "" {
			return
		}
	}
}

// recoverAt does what a run does first in folder out.
func recoverAt(t *testing.T, out string) {
	t.Helper()
	dir, err := osfile.Resolve(out)
	if err == nil {
		err = Recover(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// checkEmpty fails if there is anything in dir beside out.
func checkEmpty(t *testing.T, dir, step string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != "out" {
			t.Errorf("killed before %q: %s is left", step, entry.Name())
		}
	}
}

// loopChild switches a folder from one generation to the other and back, as runs do, says so each time, and never ends.
func loopChild() {
	for generation := 0; ; generation++ {
		files := disktest.New
		if generation%2 == 1 {
			files = disktest.Old
		}
		c, err := change(os.Args[1], files)
		if err == nil {
			err = Apply(c)
		}
		if err != nil {
			panic(err)
		}
		os.Stdout.WriteString(".")
	}
}

// Killed from outside, at whatever point, a run leaves the old package or the new one.
func TestKilledAnywhere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"exchanged", "with a folder in it"} {
		t.Run(name, func(t *testing.T) {
			s := situations[name]
			out := filepath.Join(t.TempDir(), "out")
			old, now := disktest.WithLock(disktest.Old, s.others), disktest.WithLock(disktest.New, s.others)
			disktest.Lay(t, out, disktest.WithoutFolders(maps.Clone(old)))
			for range 25 {
				killLoop(t, out, 1+random.IntN(3), random.IntN(100_000))
				after := disktest.Read(t, out)
				if s.atOnce && !cmp.Equal(after, old) && !cmp.Equal(after, now) {
					t.Errorf("neither old nor new:\n%s", cmp.Diff(now, after))
				}
				recoverAt(t, out)
				if after := disktest.Read(t, out); !cmp.Equal(after, old) && !cmp.Equal(after, now) {
					t.Errorf("recovered, and neither old nor new:\n%s", cmp.Diff(now, after))
				}
			}
			checkEmpty(t, filepath.Dir(out), "")
		})
	}
}

// Who looks while the folder is exchanged, again and again, always finds it.
func TestExchangedAtOnce(t *testing.T) {
	if !canExchange {
		t.Skip("SKIPPED: this system does not exchange folders")
	}
	out := filepath.Join(t.TempDir(), "out")
	disktest.Lay(t, out, disktest.WithLock(disktest.Old, nil))
	cmd, stdout := startLoop(t, out)
	const generations = 100
	done := make(chan error)
	go func() {
		_, err := io.ReadFull(stdout, make([]byte, generations))
		done <- err
	}()
	for looks := 0; ; looks++ {
		select {
		case err := <-done:
			if err != nil || looks < generations {
				t.Errorf("%d looks, %v", looks, err)
			}
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			return
		default:
		}
		for _, name := range []string{"same.go", lock.Name} {
			if _, err := os.Stat(filepath.Join(out, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// startLoop starts a loopChild and returns it and what it says.
func startLoop(t *testing.T, out string) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0], out)
	cmd.Env = append(os.Environ(), childEnv+"=loop")
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // after a failure
	return cmd, stdout
}

// killLoop starts a loopChild and kills it during a generation after some; spin spreads where.
func killLoop(t *testing.T, out string, generations, spin int) {
	t.Helper()
	cmd, stdout := startLoop(t, out)
	for range generations {
		if _, err := stdout.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	for range spin {
		_ = os.Getpid() // a system call: it takes time, and how much does not matter
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
}
