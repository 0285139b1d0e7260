package picture

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// fillOf finds the fill that a style sheet gives a class, #rrggbb or #rgb.
func fillOf(t *testing.T, sheet, selector string) string {
	t.Helper()
	for _, rule := range regexp.MustCompile(`([^{}\n]+)\{([^{}]*)\}`).FindAllStringSubmatch(sheet, -1) {
		for _, s := range strings.Split(rule[1], ",") {
			if fill := regexp.MustCompile(`fill:(#\w+)`).FindStringSubmatch(rule[2]); s == selector && fill != nil {
				return fill[1]
			}
		}
	}
	t.Fatalf("%s has no fill in\n%s", selector, sheet)
	return ""
}

// luminance is that of WCAG 2.1, from 0 for black to 1 for white.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = strings.Join([]string{hex[:1], hex[:1], hex[1:2], hex[1:2], hex[2:], hex[2:]}, "")
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(colour, err)
		}
		if c := float64(n) / 255; c <= 0.03928 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}

// Text can be read, in the light and in the dark: the contrast is at least the 4.5 that WCAG 2.1 asks for, where a line of a row
// says what it refers to as well.
func TestContrast(t *testing.T) {
	for name, sheet := range map[string]string{"light": light.Replace(colours), "dark": dark.Replace(colours)} {
		if strings.Contains(strings.NewReplacer("{fill", "", "{stroke", "").Replace(sheet), "{") {
			t.Errorf("%s: a colour is missing:\n%s", name, sheet)
		}
		for text, grounds := range map[string][]string{
			"text":         {".paper", ".panel", ".blue", ".green", ".grey", ".yellow", ".hollow"},
			".quiet":       {".paper", ".panel", ".blue", ".green", ".grey", ".yellow", ".hollow"},
			".plain-end":   {".rows"},
			".diamond-end": {".rows"},
			".dashed-end":  {".rows"},
		} {
			for _, ground := range grounds {
				a, b := luminance(t, fillOf(t, sheet, text)), luminance(t, fillOf(t, sheet, ground))
				if contrast := (max(a, b) + 0.05) / (min(a, b) + 0.05); contrast < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", name, text, ground, contrast)
				}
			}
		}
	}
	if sheet := style(); !strings.Contains(sheet, "@media (prefers-color-scheme:dark){\n"+dark.Replace(colours)+"}") {
		t.Errorf("the style is never dark:\n%s", sheet)
	}
}
