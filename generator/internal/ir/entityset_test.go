package ir

import "testing"

func TestIsEntitySet(t *testing.T) {
	tests := map[string]bool{
		"boards": true, "catalog/boards": true, "me/a.b.c": true, "_x9": true,
		"": false, "/boards": false, "boards/": false, "a//b": false, "a b": false, "../x": false, "a?b": false, "9a": false,
		"a.": false, "a..b": false, "boards('1')": false, "é": true,
	}
	for path, want := range tests {
		if got := IsEntitySet(path); got != want {
			t.Errorf("IsEntitySet(%q) = %t, want %t", path, got, want)
		}
	}
}
