module example.com/betasdk

go 1.24

require example.com/kiota v0.0.0

replace example.com/kiota => ../kiota
