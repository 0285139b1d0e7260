package inspect

import (
	"context"
	"github.com/graphslice/graphslice/generator"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	c, d, err := generator.Read(context.Background(), generator.Config{Package: "graph", Specs: strings.Fields(os.Getenv("ZZ"))})
	if err != nil || c == nil {
		t.Fatal(d, err)
	}
	s := Subject(*c)
	f, _ := os.Create("/tmp/dump/o.svg")
	s.Diagram(false).WriteSVG(f)
	f.Close()
	f, _ = os.Create("/tmp/dump/o.mmd")
	s.Diagram(false).WriteMermaid(f)
	f.Close()
	f, _ = os.Create("/tmp/dump/o.txt")
	s.List().WriteText(f)
	for _, n := range []string{"user"} { r, err := s.Why(n); f.WriteString("\n"); if err!=nil {f.WriteString(err.Error())}; r.WriteText(f) }
		r, err := s.Why(n)
		f.WriteString("\n")
		if err != nil {
			f.WriteString(err.Error())
		}
		r.WriteText(f)
	}
	_, err = s.Why("usr")
	f.WriteString(err.Error())
	f.Close()
}
