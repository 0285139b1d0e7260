package browser

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// gen is the program, built for the tests, and browser what tabs are opened in.
var (
	gen     string
	browser context.Context
)

// names are what browsers are called that can be driven.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell", "chrome"}

func TestMain(m *testing.M) { os.Exit(testAll(m)) }

func testAll(m *testing.M) int {
	program := os.Getenv("GRAPHSLICE_BROWSER")
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil && program == "" {
			program = path
		}
	}
	if program == "" {
		fmt.Fprintf(os.Stderr, "NOT TESTED: the pages of gen need a browser, and there is none of %s; install chromium, or name one in GRAPHSLICE_BROWSER\n", strings.Join(names, ", "))
		if os.Getenv("CI") != "" {
			return 1
		}
		return 0
	}
	dir, err := os.MkdirTemp("", "graphslice-browser-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	gen = filepath.Join(dir, "gen.exe")
	build := exec.Command("go", "build", "-o", gen, "./cmd/gen")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(filepath.Join(dir, "profile")),
		chromedp.WindowSize(1400, 900), chromedp.WSURLReadTimeout(time.Minute))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to have one for root
	}
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	var end context.CancelFunc
	browser, end = chromedp.NewContext(allocated)
	defer end()
	if err := chromedp.Do(browser); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", program, err)
		return 1
	}
	return m.Run()
}

// patience is how long anything may take before a test fails.
const patience = 30 * time.Second

// tab is a page in a browser.
type tab struct {
	t   *testing.T
	ctx context.Context
	// close closes the tab as a person does.
	close func()
	mu    sync.Mutex
	// faults are what the browser complains of.
	faults []string
}

// openTab opens an address.
func openTab(t *testing.T, address string) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(browser)
	ctx, stop := context.WithTimeout(ctx, patience)
	p := &tab{t: t, ctx: ctx}
	p.close = sync.OnceFunc(func() { stop(); end() })
	p.do()
	err := chromedp.Listen(ctx, func(event any) {
		p.mu.Lock()
		defer p.mu.Unlock()
		switch event := event.(type) {
		case *runtime.EventExceptionThrown:
			p.faults = append(p.faults, fmt.Sprintf("%+v", *event.ExceptionDetails))
		case *log.EventEntryAdded:
			if event.Entry.Level == log.EntryLevelError {
				p.faults = append(p.faults, event.Entry.Text+" "+event.Entry.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.close()
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, fault := range p.faults {
			t.Errorf("the browser: %s", fault)
		}
	})
	p.do(chromedp.Navigate(address))
	return p
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// run runs JavaScript in the page; a promise is waited for.
func run[T any](p *tab, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		text, _ := chromedp.Run(context.WithoutCancel(p.ctx), chromedp.Evaluate[string]("document.body.innerText"))
		p.t.Fatalf("%s: %v\n%s", expression, err, text)
	}
	return value
}

// wait waits until an expression of JavaScript is true. The page itself looks, whenever it draws: its policy forbids what chromedp's own
// polling does.
func (p *tab) wait(expression string) {
	p.t.Helper()
	run[bool](p, fmt.Sprintf(`new Promise((found, failed) => {
		const end = Date.now() + %d;
		const look = () => { if (%s) found(true); else if (Date.now() > end) failed(new Error("waited too long")); else setTimeout(look, 10); };
		look();
	})`, patience.Milliseconds()/2, expression))
}

// text is the text of what a selector finds.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return run[string](p, fmt.Sprintf("[...document.querySelectorAll(%q)].map((e) => e.innerText).join('\\n')", selector))
}

// has waits until what a selector finds has a text.
func (p *tab) has(selector, text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf("[...document.querySelectorAll(%q)].map((e) => e.innerText).join('\\n').includes(%q)", selector, text))
}

// shot keeps a picture of the page where SHOTS says, to be looked at.
func (p *tab) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// picking is gen pick at work in a folder.
type picking struct {
	dir, address string
	done         chan error
}

// pick starts gen pick in a folder.
func pick(t *testing.T, dir string, args ...string) *picking {
	t.Helper()
	cmd := exec.Command(gen, append([]string{"pick", "--no-browser"}, args...)...)
	cmd.Dir = dir
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &picking{dir: dir, done: make(chan error, 1)}
	address, rest := make(chan string, 1), new(strings.Builder)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if i := strings.Index(lines.Text(), "http://"); i >= 0 {
				address <- lines.Text()[i:]
			} else {
				fmt.Fprintln(rest, lines.Text())
			}
		}
		close(address)
		p.done <- cmd.Wait()
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	if p.address = <-address; p.address == "" {
		t.Fatalf("gen pick has ended: %v\n%s", <-p.done, rest)
	}
	return p
}

// open opens the page.
func (p *picking) open(t *testing.T) *tab {
	t.Helper()
	tab := openTab(t, p.address)
	tab.wait("document.body.dataset.ready === 'true'")
	return tab
}

// module is a folder with the files of a program.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module example.com/program\n\ngo 1.24\n"
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runGen runs a command of gen in a folder.
func runGen(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command(gen, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("gen %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// theme says which colours the reader prefers: light or dark.
func (p *tab) theme(name string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
		return err
	}))
}
