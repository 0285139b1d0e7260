package diag

// fewAlike is how many warnings or notes of one kind are shown each by itself.
const fewAlike = 3

// Grouped returns the list as a person reads it: where there are more than a few warnings or notes of one code, the first
// stands for all, with their number. Errors stay, since each has to be mended.
func (l List) Grouped() List {
	type kind struct {
		severity Severity
		code     string
	}
	times := map[kind]int{}
	for _, d := range l {
		times[kind{d.Severity, d.Code}]++
	}
	shown := map[kind]bool{}
	var grouped List
	for _, d := range l {
		k := kind{d.Severity, d.Code}
		if d.Severity != Error && times[k] > fewAlike {
			if shown[k] {
				continue
			}
			shown[k] = true
			d.More = times[k] - 1
		}
		grouped = append(grouped, d)
	}
	return grouped
}
