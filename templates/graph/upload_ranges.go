package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// byteRange is a part of a content, up to but not including the byte at end.
type byteRange struct{ start, end int64 }

// byteRanges are sorted and do not touch each other.
type byteRanges []byteRange

func (rs byteRanges) bytes() (n int64) {
	for _, r := range rs {
		n += r.end - r.start
	}
	return n
}

// without returns what is left when a piece that begins the first range has been sent.
func (rs byteRanges) without(piece byteRange) byteRanges {
	rest := slices.Clone(rs)
	if rest[0].start = piece.end; rest[0].start >= rest[0].end {
		rest = rest[1:]
	}
	return rest
}

// parseRanges reads "0-25", "26-" and "26", which is written for the same, of a content of a size.
func parseRanges(texts []string, size int64) (byteRanges, error) {
	var rs byteRanges
	for _, text := range texts {
		r, ok := parseRange(strings.TrimSpace(text), size)
		if !ok {
			return nil, fmt.Errorf("the service expects the range %.40q of a content of %d bytes", text, size)
		}
		rs = append(rs, r)
	}
	slices.SortFunc(rs, func(a, b byteRange) int { return cmp.Compare(a.start, b.start) })
	merged := rs[:0]
	for _, r := range rs {
		if last := len(merged) - 1; last >= 0 && r.start <= merged[last].end {
			merged[last].end = max(merged[last].end, r.end)
			continue
		}
		merged = append(merged, r)
	}
	return merged, nil
}

func parseRange(text string, size int64) (byteRange, bool) {
	first, last, _ := strings.Cut(text, "-")
	start, err := strconv.ParseUint(first, 10, 63)
	if err != nil || int64(start) >= size {
		return byteRange{}, false
	}
	if last == "" {
		return byteRange{int64(start), size}, true
	}
	end, err := strconv.ParseUint(last, 10, 63)
	if err != nil || end < start || end == math.MaxInt64 {
		return byteRange{}, false
	}
	return byteRange{int64(start), min(int64(end)+1, size)}, true
}
