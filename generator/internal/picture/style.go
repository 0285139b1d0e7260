package picture

import "strings"

// The palettes, each with the colours of grounds and texts, of cards, and of lines. A test counts that every text can be read on
// every ground that it stands on.
var (
	light = strings.NewReplacer(
		"{paper}", "#fff", "{ink}", "#1f2933", "{quiet}", "#566270", "{panel}", "#fafbfc", "{frame}", "#7b8794", "{faint}", "#9aa5b1",
		"{blue}", "#d9e8f7", "{green}", "#e0f0de", "{grey}", "#eef0f2", "{yellow}", "#fbf1cc",
		"{plain}", "#6b7a2f", "{diamond}", "#b4530a", "{dashed}", "#1f5fbf",
	)
	dark = strings.NewReplacer(
		"{paper}", "#14181d", "{ink}", "#e4e8ec", "{quiet}", "#a9b4bf", "{panel}", "#1a1f25", "{frame}", "#7b8794", "{faint}", "#5b6672",
		"{blue}", "#1f3a56", "{green}", "#24402a", "{grey}", "#2c333a", "{yellow}", "#4a3f16",
		"{plain}", "#b4c46a", "{diamond}", "#f0a35e", "{dashed}", "#7fb0ff",
	)
)

// shapes are the rules that no palette changes. Lines are solid for what travels with its owner, dashed for what only stands elsewhere.
const shapes = `
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
.heading{font-size:18px;font-weight:700}
.name{font-size:14px;font-weight:700}
.slanted{font-style:italic}
.end{text-anchor:end}
.hollow{stroke-dasharray:4 3}
.line{fill:none;stroke-width:1.3}
.line.dashed{stroke-dasharray:6 3}
`

// colours are the rules that a palette fills in.
const colours = `text,.dot{fill:{ink}}
.paper,.rows,.hollow{fill:{paper}}
.box,.rows{stroke:{frame}}
.panel{fill:{panel};stroke:{faint}}
.hollow{stroke:{faint}}
.quiet{fill:{quiet}}
.blue{fill:{blue}}
.green{fill:{green}}
.grey{fill:{grey}}
.yellow{fill:{yellow}}
.plain{stroke:{plain}}.plain-end{fill:{plain}}
.diamond{stroke:{diamond}}.diamond-end{fill:{diamond}}
.dashed{stroke:{dashed}}.dashed-end{fill:{dashed}}
`

// style is the style sheet: light, and dark where the reader prefers that. It has no variables, since some programs that show SVG
// know none; those that know no media queries show it light.
func style() string {
	return shapes + light.Replace(colours) + "@media (prefers-color-scheme:dark){\n" + dark.Replace(colours) + "}\n"
}
