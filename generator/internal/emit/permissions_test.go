package emit

import "testing"

func TestScopesOfOneOperation(t *testing.T) {
	for want, set := range map[string]scopeSet{
		" The operation does not work at all.":                                                        {operations: 1, none: 1},
		" What the operation needs is not known.":                                                     {operations: 1, unknown: 1},
		" 1 of the 2 operations does not work at all. What 1 of the 2 operations needs is not known.": {operations: 2, none: 1, unknown: 1},
		"": {operations: 1},
	} {
		if got := set.but("at all"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
