package emit

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// doc makes the comment of an operation: what the slice says, the permissions, the reference page and the call.
func (c call) doc() *jen.Statement {
	op, name := c.op, c.name.String()
	first := about(name, op.Doc)
	if first == "" || op.Doc.Description == "" && isHollow(op.Doc.Summary) {
		first = c.told(name)
	}
	paragraphs := []string{first}
	if op.Kind == ir.Update && op.Request != nil && op.Request.Type.Kind == ir.ModelKind {
		paragraphs = append(paragraphs, "The key and what is read-only are not sent. Changed makes a body of what differs.")
	}
	if c.mayBeNil() {
		paragraphs = append(paragraphs, "All parameters are optional: nil sends none.")
	}
	if op.Request != nil && strings.HasPrefix(op.Request.ContentType, "multipart/") {
		paragraphs = append(paragraphs, "The body has several parts: Multipart makes one.")
	}
	if c.answersValue() {
		paragraphs = append(paragraphs, "Where the service answers without a body, the value returned is the zero value.")
	}
	if op.LongRunning {
		paragraphs = append(paragraphs, "The service may go on in the background; Result.Wait waits until it is done.")
	}
	if op.Delta && op.ReadsPages() {
		paragraphs = append(paragraphs, "Items that have been removed are marked so. The last page's DeltaLink asks for later changes: give it to "+c.names.From(op).String()+".")
	}
	paragraphs = append(paragraphs, c.needsText())
	if op.Pause != "" {
		text := "The reference asks to wait " + pauseText(op.Pause) + " between two calls."
		if !c.unpaced {
			text += " A client made with WithPacing does."
		}
		paragraphs = append(paragraphs, text)
	}
	paragraphs = append(paragraphs, c.offered(), permissions(op), unavailable(op.Doc))
	var last []string
	if op.Doc.URL != "" {
		last = append(last, op.Doc.URL)
	}
	for _, o := range c.overloads {
		last = append(last, o.Method+" "+o.Path)
	}
	return comment(append(paragraphs, verbatim+clean(strings.Join(last, "\n")), deprecated(op.Doc))...).Line()
}

// offered says which of OData's own query options the description offers. All are there to be used: descriptions are not always
// right.
func (c call) offered() string {
	var names []string
	for _, op := range c.overloads {
		for _, p := range op.Query {
			name := p.Name
			if p.Doc.Deprecated != "" {
				name += " (deprecated)"
			}
			if op.IsSystemOption(p) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Query options: " + strings.Join(names, ", ") + "."
}

// pauseText reads a duration of whole seconds, PT2S, as words; another one stays as it is.
func pauseText(duration string) string {
	pause, ok := parsePause(duration)
	switch seconds := pause / time.Second; {
	case !ok || pause%time.Second != 0:
		return duration
	case seconds == 1:
		return "a second"
	default:
		return strconv.FormatInt(int64(seconds), 10) + " seconds"
	}
}

// pauseForm is an ISO 8601 duration of days, hours, minutes and seconds to the millisecond.
var pauseForm = regexp.MustCompile(`^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6}(?:\.\d{1,3})?)S)?)?$`)

// parsePause reads how long to wait between two calls; false if there is nothing to wait for.
func parsePause(duration string) (time.Duration, bool) {
	m := pauseForm.FindStringSubmatch(duration)
	if m == nil {
		return 0, false
	}
	var pause time.Duration
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		n, err := strconv.ParseFloat(m[i+1], 64)
		if err == nil { // a part that is missing is ""
			pause += time.Duration(math.Round(n*1000)) * unit / 1000
		}
	}
	return pause, pause > 0
}
