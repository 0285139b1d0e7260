package index

import "bytes"

// isIndicator reports whether a dash of an item, or the ? or : of a complex key, is at.
func (s *scanner) isIndicator(at int) bool {
	c := s.data[at]
	return (c == '-' || c == '?' || c == ':') && s.isBlank(at+1)
}

// isBlank reports whether a space, a line's end or the document's end is at.
func (s *scanner) isBlank(at int) bool {
	return at >= len(s.data) || s.data[at] == ' ' || s.data[at] == '\n' || s.data[at] == '\t' || s.data[at] == '\r'
}

// isBlock reports whether a text in block style is at. The YAML parser lets it begin in the column of its key.
func (s *scanner) isBlock(at int) bool { return s.data[at] == '|' || s.data[at] == '>' }

// isEnd reports whether nothing but a comment is on the rest of a line, given where the first character is that is no space.
func (s *scanner) isEnd(at int) bool {
	return at >= len(s.data) || s.data[at] == '\n' || s.data[at] == '\r' || s.data[at] == '#'
}

// spaces returns the offset of the first byte from at that is not a space.
func (s *scanner) spaces(at int) int {
	for at < len(s.data) && s.data[at] == ' ' {
		at++
	}
	return at
}

// blanks returns the offset of the first byte from at that is neither a space nor a tab.
func (s *scanner) blanks(at int) int {
	for at < len(s.data) && (s.data[at] == ' ' || s.data[at] == '\t') {
		at++
	}
	return at
}

// lineAfter returns the offset of the line after the one that at is on.
func (s *scanner) lineAfter(at int) int {
	if n := bytes.IndexByte(s.data[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(s.data)
}
