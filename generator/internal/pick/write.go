package pick

import (
	"context"
	"net/http"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// outcome is what became of writing, as the page shows it.
type outcome struct {
	*Written
	Config string
	Faults []string
}

// serveWrite writes what is ticked into the configuration, and answers with what came of it and with what is ticked from now on.
func (d *desk) serveWrite(w http.ResponseWriter, r *http.Request) {
	p := d.planOf(w, r)
	if p == nil {
		return
	}
	if d.stop != nil {
		d.stop()
	}
	o := &outcome{Config: d.setting.Config, Faults: p.faults}
	change := p.change(d.catalog, d.setting.Follow)
	switch {
	case d.setting.Config == "":
		o.Faults = append(o.Faults, "There is no configuration to write to: copy the lines.")
	case len(o.Faults) > 0 || change.isEmpty():
	default:
		d.write(o, change)
	}
	html, err := d.page().render("written", o)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	state := d.state()
	state["html"], state["done"] = html, o.Written != nil
	answer(w, state)
}

// write writes a change, to its end even if the page is closed or the program interrupted meanwhile.
func (d *desk) write(o *outcome, change Change) {
	written, err := d.project.Write(context.WithoutCancel(d.ctx), change)
	if err != nil {
		o.Faults = append(o.Faults, faultLines(err)...)
		return
	}
	o.Written = written
	setting, err := d.project.Setting()
	if err != nil {
		o.Faults = append(o.Faults, faultLines(err)...)
		return
	}
	d.setting = setting
	d.file()
}

// faultLines are the parts of an error.
func faultLines(err error) []string {
	list, ok := err.(diag.List)
	if !ok {
		return []string{err.Error()}
	}
	var lines []string
	for _, found := range list {
		lines = append(lines, found.String())
	}
	return lines
}
