package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// point is one measured value.
type point struct{ x, y float64 }

// line is one series of a plot.
type line struct {
	name   string
	points []point
}

// panel is one plot: what its axes mean and its lines.
type panel struct {
	title, x, y string
	lines       []line
}

// Sizes of a panel, in pixels.
const (
	panelWidth, panelHeight = 460, 320
	left, right             = 62, 16
	top, bottom             = 40, 48
)

// style is readable on light and on dark ground: there is no background, and text changes with what the reader prefers.
const style = `<style>
text { font: 12px sans-serif; fill: #24292f; } .title { font-weight: bold; font-size: 13px; }
.axis { stroke: #6e7781; } .grid { stroke: #6e7781; stroke-opacity: .25; }
.s0 { stroke: #0969da; fill: #0969da; } .s1 { stroke: #bc4c00; fill: #bc4c00; } polyline { fill: none !important; stroke-width: 2; }
@media (prefers-color-scheme: dark) { text { fill: #d0d7de; } .s0 { stroke: #58a6ff; fill: #58a6ff; } .s1 { stroke: #f0883e; fill: #f0883e; } }
</style>
`

// drawPanels writes panels side by side as SVG.
func drawPanels(panels []panel) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n",
		panelWidth*len(panels), panelHeight, panelWidth*len(panels), panelHeight)
	b.WriteString(style)
	for i, p := range panels {
		fmt.Fprintf(&b, `<g transform="translate(%d 0)">`+"\n", i*panelWidth)
		drawPanel(&b, p)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func drawPanel(b *strings.Builder, p panel) {
	var maxX, maxY float64
	for _, l := range p.lines {
		for _, point := range l.points {
			maxX, maxY = max(maxX, point.x), max(maxY, point.y)
		}
	}
	stepX, stepY := tick(maxX), tick(maxY)
	endX, endY := stepX*math.Ceil(maxX/stepX), stepY*math.Ceil(maxY/stepY)
	x := func(value float64) float64 { return left + value/endX*(panelWidth-left-right) }
	y := func(value float64) float64 { return panelHeight - bottom - value/endY*(panelHeight-top-bottom) }
	text := func(x, y float64, anchor, class, words string) {
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s" class="%s">%s</text>`+"\n", x, y, anchor, class, escape(words))
	}
	text(left, 16, "start", "title", p.title)
	for value := 0.0; value <= endX+stepX/2; value += stepX {
		text(x(value), y(0)+16, "middle", "", label(value))
	}
	for value := 0.0; value <= endY+stepY/2; value += stepY {
		fmt.Fprintf(b, `<line class="grid" x1="%d" y1="%.1f" x2="%d" y2="%.1f"/>`+"\n", left, y(value), panelWidth-right, y(value))
		text(left-6, y(value)+4, "end", "", label(value))
	}
	fmt.Fprintf(b, `<path class="axis" fill="none" d="M%d %d V%.1f H%d"/>`+"\n", left, top, y(0), panelWidth-right)
	text((left+panelWidth-right)/2, panelHeight-10, "middle", "", p.x)
	fmt.Fprintf(b, `<text transform="translate(14 %.1f) rotate(-90)" text-anchor="middle">%s</text>`+"\n", (y(0)+top)/2, escape(p.y))
	for i, l := range p.lines {
		drawLine(b, i, l, x, y)
		fmt.Fprintf(b, `<circle class="s%d" cx="%d" cy="%d" r="4"/>`+"\n", i, left+14, top+8+18*i)
		text(left+24, float64(top+12+18*i), "start", "", l.name)
	}
}

func drawLine(b *strings.Builder, series int, l line, x, y func(float64) float64) {
	var corners []string
	for _, p := range l.points {
		corners = append(corners, fmt.Sprintf("%.1f,%.1f", x(p.x), y(p.y)))
		fmt.Fprintf(b, `<circle class="s%d" cx="%.1f" cy="%.1f" r="3.5"/>`+"\n", series, x(p.x), y(p.y))
	}
	fmt.Fprintf(b, `<polyline class="s%d" points="%s"/>`+"\n", series, strings.Join(corners, " "))
}

// tick returns a round distance between the marks of an axis, so that there are from three to six.
func tick(largest float64) float64 {
	if largest <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(largest)))
	for _, factor := range []float64{0.2, 0.5, 1} {
		if distance := power * factor; largest/distance <= 6 {
			return distance
		}
	}
	return power * 2
}

// label writes a number of an axis: whole ones with a comma at the thousands.
func label(value float64) string {
	if value != math.Trunc(value) {
		return strconv.FormatFloat(value, 'g', 3, 64)
	}
	return thousands(int(value))
}

// thousands writes a number that is not negative with a comma between each three digits.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
