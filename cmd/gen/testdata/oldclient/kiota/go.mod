module example.com/kiota

go 1.24
