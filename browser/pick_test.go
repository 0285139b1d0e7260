package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const config = `# The school's.
packages:
  - specs: [specs/courses.yaml]
    out: internal/school
    slice:
      metadata: school.xml
      serviceRoot: https://school.example/v1
      files:
        - out: specs/courses.yaml
          include:
            - '/courses#GET' # all of them
`

// school is a program that picks from the metadata that the generator's own tests have.
func school(t *testing.T) string {
	t.Helper()
	metadata, err := os.ReadFile("../generator/internal/slice/testdata/school.xml")
	if err != nil {
		t.Fatal(err)
	}
	return module(t, map[string]string{"graphslice.yaml": config, "school.xml": string(metadata)})
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// row is the row of an operation, by its label.
func row(label string) string { return `[role=treeitem][aria-label^="` + label + `"]` }

// A person searches, ticks, follows, and has it written; the program ends with the tab.
func TestPick(t *testing.T) {
	dir := school(t)
	p := pick(t, dir)
	tab := p.open(t)
	tab.has("#operations", "1")
	tab.search("lessons list")
	lessons := "#found " + row("GET /courses/{course-id}/lessons,")
	tab.do(chromedp.Click(lessons + " .label"))
	tab.has("#detail", "client.Courses().ByID(id).Lessons().List(ctx, …)")
	tab.do(chromedp.Click("#detail details.unfold > summary"))
	tab.has("#detail details.unfold .inside", "starts")
	tab.do(chromedp.Click(lessons + " .box"))
	tab.wait(`document.querySelector("#detail [data-tick]").checked`)
	tab.has("#cost .patterns .new", "/courses/{course-id}/lessons")
	tab.wait(`/^[\d,]+$/.test(document.querySelector("#lines").innerText)`)
	types := tab.text("#types")

	tab.do(chromedp.Click(`#beyond > summary`), chromedp.Click(`[data-follow="lesson.room"]`))
	tab.wait(`document.querySelector('[id="followed-lesson.room"]')?.checked && document.querySelector("#types").innerText !== "` + types + `"`)
	tab.do(chromedp.Click(`#lines-of-yaml > summary`))
	tab.has("#yaml", "- 'lesson.room'")
	tab.shot("pick-light")
	if text := read(t, dir, "graphslice.yaml"); text != config {
		t.Fatalf("written without the button:\n%s", text)
	}

	tab.do(chromedp.Click("#write"))
	tab.has("#written", "The package is new.")
	want := strings.Replace(strings.TrimSuffix(config, "\n"), "      files:", "      follow: ['lesson.room']\n      files:", 1) +
		"\n            - '/courses/{course-id}/lessons#GET'\n"
	if text := read(t, dir, "graphslice.yaml"); text != want {
		t.Errorf("written:\n%s\nwant:\n%s", text, want)
	}
	runGen(t, dir, "check", "--full")
	tab.wait(`document.querySelector("#write").disabled`)

	tab.do(chromedp.Click("#only"))
	tab.wait(`document.querySelectorAll("#found [role=treeitem]").length === 2`)
	tab.do(chromedp.Click("#found " + row("GET /courses/{course-id}/lessons,") + " .box"))
	tab.has("#cost .patterns .gone", "/courses/{course-id}/lessons#GET")
	tab.do(chromedp.Click("#reset"))
	tab.wait(`document.querySelectorAll("#cost .patterns .gone").length === 0`)
	tab.do(chromedp.Click("#found " + row("GET /courses/{course-id}/lessons,") + " .box"))
	tab.wait(`!document.querySelector("#write").disabled`)
	tab.do(chromedp.Click("#write"))
	tab.has("#verdict", "breaking")
	tab.shot("pick-written")

	tab.do(chromedp.Reload())
	tab.wait("document.body.dataset.ready === 'true'")
	tab.has("#operations", "1")
	tab.close()
	if err := <-p.done; err != nil {
		t.Errorf("the program has ended with %v", err)
	}
}

// search searches, and waits for what is found.
func (p *tab) search(words string) {
	p.t.Helper()
	p.do(chromedp.SendKeys("#search", words))
	p.wait(fmt.Sprintf("document.querySelector('#found').dataset.words === %q", words))
}

// key presses keys, one after another.
func (p *tab) key(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		p.do(chromedp.KeyEvent(key))
	}
}

// focused waits until the element that has the focus has a label or a text.
func (p *tab) focused(label string) {
	p.t.Helper()
	p.wait(`((document.activeElement.getAttribute("aria-label") ?? "") + document.activeElement.id + document.activeElement.innerText).startsWith("` + label + `")`)
}

// Everything can be done without a mouse.
func TestKeyboard(t *testing.T) {
	dir := school(t)
	tab := pick(t, dir).open(t)
	tab.key("/")
	tab.focused("search")
	run[any](tab, `document.querySelector("#search").value = ""`) // a driver's key writes what a person's does not
	tab.search("lessons list")
	tab.key(kb.ArrowDown)
	tab.focused("GET /courses/{course-id}/lessons,")
	tab.key(" ")
	tab.wait(`document.activeElement.getAttribute("aria-checked") === "true"`)
	tab.key(kb.Enter)
	tab.has("#detail h2", "/courses/{course-id}/lessons")
	tab.key(kb.ArrowUp)
	tab.focused("search")
	tab.key(kb.Escape, kb.ArrowDown)
	tab.focused("courses,")

	tab.key(kb.ArrowRight) // opens
	tab.wait(`document.activeElement.getAttribute("aria-expanded") === "true"`)
	tab.key(kb.ArrowRight)
	tab.focused("GET /courses,")
	tab.key(kb.ArrowDown, kb.ArrowDown)
	tab.focused("{course-id}, 1 of")
	tab.key(kb.ArrowRight)
	tab.wait(`document.activeElement.getAttribute("aria-expanded") === "true"`)
	tab.key(kb.ArrowLeft, kb.ArrowLeft)
	tab.focused("courses,")
	tab.key(kb.End, kb.Home)
	tab.focused("courses,")
	tab.key(" ") // the whole branch
	tab.wait(`document.activeElement.getAttribute("aria-checked") === "true"`)
	tab.has("#cost .patterns .new", "/courses/**")
	tab.key(" ")
	tab.has("#operations", "0")
	tab.key(kb.ArrowRight, " ")
	tab.has("#operations", "1")
	tab.key(kb.ArrowDown, " ")
	tab.has("#cost .patterns", "/courses")
	tab.wait(`!document.querySelector("#write").disabled`)

	for range 80 { // Tab leads to the button
		if run[bool](tab, `document.activeElement.id === "write"`) {
			break
		}
		tab.key(kb.Tab)
	}
	tab.focused("write")
	tab.key(kb.Enter)
	tab.has("#written", "The package is new.")
	if text := read(t, dir, "graphslice.yaml"); !strings.Contains(text, "- '/courses' # all of them") {
		t.Errorf("written:\n%s", text)
	}
}

// What lies behind a reference is listed when it is asked for, and counts above it.
func TestBehind(t *testing.T) {
	tab := pick(t, school(t)).open(t)
	before := run[int](tab, "state.total")
	tab.search("courses members friends count")
	tab.do(chromedp.Click(`#found [aria-label*="behind /courses/{course-id}/members"] .label`))
	tab.wait(`document.querySelector("#found").hidden && document.activeElement.branch && !document.activeElement.querySelector(":scope > ul > .behind")`)
	if after := run[int](tab, "state.total"); after <= before {
		t.Errorf("%d operations, and %d before", after, before)
	}
	tab.key(" ")
	tab.has("#cost .patterns .new", "/courses/{course-id}/members/")
	tab.wait(`document.querySelector('#tree > [aria-label^="courses,"]').getAttribute("aria-checked") === "mixed"`)
}

// A screen reader is told what stands on the page.
func TestRoles(t *testing.T) {
	tab := pick(t, school(t)).open(t)
	tab.key(kb.Escape)
	tab.do(chromedp.Click(`#tree > [aria-label^="courses,"] .label`))
	tab.wait(`document.querySelectorAll("#tree [role=group] [role=treeitem]").length > 3`)
	tab.do(chromedp.Click(`#tree ` + row("GET /courses,") + ` .label`))
	tab.has("#detail h2", "/courses")
	for what, count := range map[string]string{
		"rows without a label, level, place or state": `[...document.querySelectorAll("[role=treeitem]")].filter((li) => !li.getAttribute("aria-label") || !li.getAttribute("aria-level") || !li.getAttribute("aria-posinset") || !li.getAttribute("aria-setsize") || !li.behind && !li.getAttribute("aria-checked")).length`,
		"branches that are neither open nor closed":   `document.querySelectorAll(".branch:not([aria-expanded])").length`,
		"rows outside of a tree":                      `[...document.querySelectorAll("[role=treeitem]")].filter((li) => !["tree", "group"].includes(li.parentElement.getAttribute("role"))).length`,
		"inputs without a label":                      `[...document.querySelectorAll("input, select, textarea")].filter((e) => !e.labels.length).length`,
		"buttons without a text":                      `[...document.querySelectorAll("button")].filter((e) => !e.innerText.trim() && !e.hidden).length`,
		"rows that Tab leads to, but for one":         `document.querySelectorAll("#tree [tabindex='0']").length - 1`,
		"identifiers that are there twice":            `(() => { const all = [...document.querySelectorAll("[id]")].map((e) => e.id); return all.length - new Set(all).size; })()`,
	} {
		if n := run[int](tab, count); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	if lang := run[string](tab, "document.documentElement.lang"); lang != "en" {
		t.Errorf("the language is %q", lang)
	}
}

// The page is light or dark as the reader prefers, and every text can be read on its ground.
func TestThemes(t *testing.T) {
	tab := pick(t, school(t)).open(t)
	tab.search("courses")
	tab.do(chromedp.Click("#found [role=treeitem]:nth-child(2) .box"), chromedp.Click("#found [role=treeitem]:nth-child(2) .label"))
	tab.wait(`document.querySelector("#detail h2") && document.querySelector("#cost .new")`)
	grounds := map[string]bool{}
	for _, theme := range []string{"light", "dark"} {
		tab.theme(theme)
		grounds[run[string](tab, `getComputedStyle(document.body).backgroundColor`)] = true
		tab.shot("theme-" + theme)
		if faint := run[string](tab, contrast); faint != "" {
			t.Errorf("%s: too faint: %s", theme, faint)
		}
	}
	if len(grounds) != 2 {
		t.Errorf("the grounds are %v", grounds)
	}
}

// contrast lists the texts whose contrast is below 4.5, which is what is asked for small ones.
const contrast = `(() => {
	const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
	const parse = (text) => text.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
	const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } };
	const found = new Set();
	for (const e of document.querySelectorAll("body *")) {
		if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || e.disabled || !e.checkVisibility()) continue;
		const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5) found.add(e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 20) + " " + ratio.toFixed(1));
	}
	return [...found].join("; ");
})()`
