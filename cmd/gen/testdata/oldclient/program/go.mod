module example.com/program

go 1.24

require (
	example.com/betasdk v0.0.0
	example.com/kiota v0.0.0
	example.com/sdk v0.0.0
)

replace (
	example.com/betasdk => ../betasdk
	example.com/kiota => ../kiota
	example.com/sdk => ../sdk
)
