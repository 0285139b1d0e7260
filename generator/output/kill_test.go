package output

func applyChild() {}
