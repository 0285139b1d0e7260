// Package table sums numbers by a word.
package table

import (
	"fmt"
	"io"
	"slices"
)

// Table has a row for each word.
type Table struct {
	titles []string
	rows   map[string][]int
}

// New returns a table with titles: of the word and of the numbers.
func New(titles ...string) *Table { return &Table{titles: titles, rows: map[string][]int{}} }

// Add adds numbers to those of a word.
func (t *Table) Add(word string, numbers ...int) {
	row := t.rows[word]
	for i, n := range numbers {
		if i == len(row) {
			row = append(row, 0)
		}
		row[i] += n
	}
	t.rows[word] = row
}

// Write writes the table, by word.
func (t *Table) Write(w io.Writer) error {
	var words []string
	for word := range t.rows {
		words = append(words, word)
	}
	slices.Sort(words)
	if _, err := fmt.Fprintln(w, t.titles); err != nil {
		return err
	}
	for _, word := range words {
		if _, err := fmt.Fprintln(w, word, t.rows[word]); err != nil {
			return err
		}
	}
	return nil
}
