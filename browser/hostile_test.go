package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// hostile is a document whose author wants more than to describe an API.
const hostile = `openapi: 3.0.4
info: {title: '<script>hacked = 1</script>', version: v1}
servers: [{url: https://evil.example/v1}]
paths:
  '/things<img src=x onerror=hacked=2>':
    get:
      summary: '</span><img src=x onerror="hacked = 3"> a "quoted" & ''single'' thing'
      description: '<script>hacked = 4</script><iframe src=https://evil.example></iframe>'
      externalDocs: {url: 'javascript:hacked=5'}
      parameters:
        - {name: '$filter<script>hacked=6</script>', in: query, description: '"><svg onload=hacked=7>', schema: {type: string}}
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {$ref: '#/components/schemas/evil.thing'}}}
  '/plain/{thing-id}':
    parameters: [{name: thing-id, in: path, required: true, schema: {type: string}}]
    get: {summary: '{{.}} ${hacked=8} ` + "`" + `', responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/evil.thing'}}}}}}
components:
  schemas:
    evil.thing:
      type: object
      description: '<img src=x onerror=hacked=9>'
      properties:
        id: {type: string, description: '</code></td><script>hacked = 10</script>'}
        kind: {$ref: '#/components/schemas/evil.kind'}
    evil.kind:
      type: string
      enum: ['a', 'b']
      description: '<style>body { display: none }</style>'
`

// Names and descriptions are somebody else's: they are shown, and do nothing.
func TestHostile(t *testing.T) {
	dir := module(t, map[string]string{"evil.yaml": hostile})
	tab := pick(t, dir, "--openapi", "evil.yaml").open(t)
	tab.search("thing")
	tab.has("#found", `</span><img src=x onerror="hacked = 3"> a "quoted" & 'single' thing`)
	for _, path := range []string{"/things<img", "/plain/{thing-id}"} {
		tab.do(chromedp.Click(`#found [aria-label^="GET ` + path + `"] .label`))
		tab.has("#detail h2", path)
		tab.do(chromedp.Click(`#found [aria-label^="GET ` + path + `"] .box`))
		tab.wait(`document.querySelectorAll("#cost .patterns li").length === 1`)
	}
	tab.do(chromedp.Click("#detail details.unfold > summary"))
	tab.has("#detail .inside", "<img src=x onerror=hacked=9>")
	tab.do(chromedp.Click("#detail .inside details.unfold > summary"))
	tab.has("#detail .inside .inside", "<style>body { display: none }</style>")
	tab.do(chromedp.Click(`#found [aria-label^="GET /things<img"] .label`))
	tab.has("#detail", "<script>hacked = 4</script>")
	tab.shot("hostile")
	if hacked := run[string](tab, "String(globalThis.hacked)"); hacked != "undefined" {
		t.Errorf("what the document says was run: %s", hacked)
	}
	if n := run[int](tab, `document.querySelectorAll("img, iframe, svg, main script, main style, a[href^='javascript']").length`); n != 0 {
		t.Errorf("%d elements of the document's are on the page", n)
	}
	if !run[bool](tab, `document.querySelector("#write").hidden`) {
		t.Error("there is no configuration to write to")
	}
	if text := tab.text("#command") + run[string](tab, `document.querySelector("#command").textContent`); !strings.Contains(text, "gen slice --openapi evil.yaml --out slice.yaml --include ") {
		t.Errorf("the command is %s", text)
	}
}
