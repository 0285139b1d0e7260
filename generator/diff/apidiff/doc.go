// Package apidiff says whether two versions of a Go package are compatible. It is a copy of golang.org/x/exp/apidiff at commit
// e3970619a1a4 without a change, under the license beside it.
//
// The module golang.org/x/exp has asked for Go 1.26 since August 2026, and would ask every user of graphslice for it. Its versions before
// that take types of different names for one another, which was mended in October 2026. When 1.26 is the
// older of the two releases that graphslice is for, the module takes the place of the copy.
package apidiff
