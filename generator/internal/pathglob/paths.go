package pathglob

// Paths are the paths of one document, read once to be compared with patterns as often as one likes.
type Paths struct {
	among  known
	tokens [][]Token
}

// ReadPaths reads paths. Those that begin in the same way are best next to each other.
func ReadPaths(paths []string) *Paths {
	p := &Paths{among: known{}}
	for _, path := range paths {
		p.among[withoutNames(path)] = true
	}
	for _, path := range paths {
		p.tokens = append(p.tokens, p.among.tokens(path))
	}
	return p
}

// Walk goes down all paths on which something may be selected, and visits each at its end, with its index. What two paths that follow
// each other have in common is gone once.
func (p *Paths) Walk(s Set, visit func(index int, w Walk)) {
	way := []Walk{s.Walk()} // behind each token of the path before
	var before []Token
	for i, tokens := range p.tokens {
		common := 0
		for common < len(tokens) && common < len(before) && common < len(way)-1 && tokens[common] == before[common] {
			common++
		}
		way = way[:common+1]
		for at := common; at < len(tokens) && way[at].Alive(); at++ {
			way = append(way, way[at].Step(tokens[at]))
		}
		before = tokens
		if len(way) == len(tokens)+1 {
			visit(i, way[len(tokens)])
		}
	}
}
