// Package picture draws boxes and the lines between them as an SVG image. What they stand for is the caller's affair, and where
// they go is that of a Layout.
package picture

// Drawing is what is drawn.
type Drawing struct {
	Title, Subtitle string
	Legend          Legend
	Boxes           []*Box
}

// Box is a card with a row for each line that begins at it, and below these smaller cards, the chips.
type Box struct {
	Head *Card
	Rows []*Row
	// Strip is what stands above the chips.
	Strip string
	// Chips that lines lead to come first.
	Chips []*Card
}

// Card is a name on a colour.
type Card struct {
	Name string
	// Detail is a second line, "" for none; a head has one.
	Detail string
	// Tip is what is shown where a pointer rests.
	Tip  string
	Fill Fill
	// Link is the address that the card leads to, "" for none.
	Link string
	// Slanted: the name is in italics. Dotted: a dot stands beside it. Target: a row leads to it.
	Slanted, Dotted, Target bool
}

// Row is a line of text in a box. From it a line leads to another box, or to a chip of one; there is none to its own box.
type Row struct {
	// Left and Right are the text at both sides, Tip is what is shown where a pointer rests on the line.
	Left, Right, Tip string
	Stroke           Stroke
	To               *Card
}

// Legend says what the signs mean, in this order.
type Legend struct {
	Fills []FillMeaning
	// Dot is what a dot means.
	Dot     string
	Strokes []StrokeMeaning
}

// FillMeaning is what a colour means.
type FillMeaning struct {
	Fill Fill
	Text string
}

// StrokeMeaning is what a kind of line means.
type StrokeMeaning struct {
	Stroke Stroke
	Text   string
}

// Fill is the closed set of what a card looks like. As a class of the style it is the word itself.
type Fill string

const (
	Blue   Fill = "blue"
	Green  Fill = "green"
	Grey   Fill = "grey"
	Yellow Fill = "yellow"
	Hollow Fill = "hollow" // with a dashed border
)

// Stroke is the closed set of what a line looks like. As a class of the style it is the word itself.
type Stroke string

const (
	Plain   Stroke = "plain"
	Diamond Stroke = "diamond" // begins with one
	Dashed  Stroke = "dashed"
)

// bundle tells the lines apart that may share their way.
func (s Stroke) bundle() int {
	switch s {
	case Diamond:
		return 1
	case Dashed:
		return 2
	}
	return 0
}
