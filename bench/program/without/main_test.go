package main

import (
	"strings"
	"testing"
)

func TestWithout(t *testing.T) {
	const document = `a:
  additionalProperties:
    type: object
  b: 1
c:
  additionalProperties:
    type: string
additionalProperties:
`
	const want = `a:
  b: 1
c:
  additionalProperties:
    type: string
additionalProperties:
`
	var got strings.Builder
	if err := without(&got, strings.NewReader(document)); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
	}
}
