// Package main is a program downstream of graphslice: it talks to both versions of Graph with packages of its own.
package main

//go:generate go tool gen
