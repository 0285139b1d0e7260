package browser

import (
	"github.com/chromedp/chromedp"
	"os"
	"strings"
	"testing"
)

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		t.Skip()
	}
	p := pick(t, "/tmp/t1", strings.Fields(os.Getenv("LOOK"))...)
	tab := p.open(t)
	tab.wait("document.querySelector('#types')")
	tab.shot("a")
	tab.do(chromedp.SendKeys("#search", "send mail"))
	tab.wait("document.querySelectorAll('#found li').length>3")
	tab.do(chromedp.SendKeys("#search", "\r"), chromedp.KeyEvent("\r"))
	tab.has("#detail h2", "sendMail")
	run[any](tab, "document.querySelectorAll('#detail details').forEach(d=>d.open=true)")
	tab.wait("document.querySelectorAll('#detail table').length>0")
	tab.shot("b")
	tab.do(chromedp.KeyEvent(" "))
	tab.theme("dark")
	tab.wait("document.querySelector('#lines').innerText.length>3")
	tab.shot("c")
	run[any](tab, "document.querySelector('#slice').scrollTop=500")
	tab.shot("d")
}
