// Package browser has tests alone: they use the pages of gen in a real browser, as a person does. It is a module of its own, so that
// what drives the browser is nobody's dependency.
package browser
