module example.com/provision

go 1.24
