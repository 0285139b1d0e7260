package browser

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// openPackage makes the page of a package, and opens the file.
func openPackage(t *testing.T, dir string, args ...string) *tab {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.html")
	runGen(t, dir, append([]string{"graph", "--output", path}, args...)...)
	return openTab(t, "file://"+filepath.ToSlash(path))
}

// The page of a package works without a server: its picture moves, and leads to types, and these to why they are there.
func TestPackage(t *testing.T) {
	tab := openPackage(t, "..", "--out", "generated/v1.0/graph")
	tab.wait(`document.querySelector("#view svg").getBoundingClientRect().height > 100`)
	const viewBox = `document.querySelector("#view svg").getAttribute("viewBox")`
	tab.do(chromedp.Click("#fit"))
	first := run[string](tab, viewBox)
	for _, theme := range []string{"light", "dark"} {
		tab.theme(theme)
		tab.shot("graph-" + theme)
		if faint := run[string](tab, contrastHTML); faint != "" {
			t.Errorf("%s: too faint: %s", theme, faint)
		}
	}
	tab.do(chromedp.Click("#larger"))
	larger := run[string](tab, viewBox)
	if larger == first {
		t.Error("the picture is as large as before")
	}
	tab.do(chromedp.Focus("#view"))
	tab.key("+", "0")
	if again := run[string](tab, viewBox); again != first {
		t.Errorf("the whole is %s, and was %s", again, first)
	}
	tab.do(chromedp.Click(`#view svg a[href="` + run[string](tab, `[...document.querySelectorAll("#view svg a")].find((a) => [...a.querySelectorAll("text")].some((t) => t.textContent === "conversationMember" && t.classList.contains("name"))).getAttribute("href")`) + `"] rect.box`))
	tab.has("main > section:target h2", "conversationMember")
	tab.has("main > section:target", "Why it is here")
	tab.has("main > section:target .chain", "answers any number of")
	tab.shot("graph-type")
	tab.do(chromedp.Click("main > section:target .chain li:first-child a:first-child"))
	tab.has("main > section:target h2", "GET /chats/{chat-id}/members")
	tab.has("main > section:target", "client.Chats().ByID(id).Members().List(ctx, …)")
	if shown := run[int](tab, `[...document.querySelectorAll("main > section")].filter((s) => s.checkVisibility()).length`); shown != 1 {
		t.Errorf("%d parts are shown", shown)
	}
	tab.do(chromedp.SendKeys("#filter", "members add"))
	tab.wait(`[...document.querySelectorAll("nav li")].filter((li) => li.checkVisibility()).every((li) => li.dataset.words.includes("members") && li.dataset.words.includes("add"))`)
	if shown := tab.text("nav li:not([hidden])"); !strings.Contains(shown, "/chats/{chat-id}/members/microsoft.graph.add") {
		t.Errorf("shown: %s", shown)
	}
}

// contrastHTML is contrast without the picture, whose colours have a test of their own.
const contrastHTML = `(() => { const view = document.getElementById("view"); const svg = view.firstElementChild; svg.remove(); const found = ` + contrast + `; view.append(svg); return found; })()`

// What a document says does nothing on this page, either.
func TestHostilePackage(t *testing.T) {
	dir := module(t, map[string]string{"evil.yaml": strings.ReplaceAll(hostile, "'/things<img src=x onerror=hacked=2>'", "/things")})
	tab := openPackage(t, dir, "--spec", "evil.yaml")
	tab.do(chromedp.Click(`nav a[href="#o1"]`))
	tab.has("main > section:target", `<script>hacked = 4</script>`)
	tab.do(chromedp.Click(`nav a[href="#t0"]`))
	tab.has("main > section:target h2", "evil.")
	if hacked := run[string](tab, "String(globalThis.hacked)"); hacked != "undefined" {
		t.Errorf("what the document says was run: %s", hacked)
	}
	if n := run[int](tab, `document.querySelectorAll("img, iframe, main script, a[href^='javascript']").length + document.querySelectorAll("style").length - 2`); n != 0 {
		t.Errorf("%d elements of the document's are on the page", n)
	}
}
