package picture

// Drawn is the drawing of the slices of the committed package of a version of the API. What makes it imports this package, so that
// only tests from outside can set it.
var Drawn func(version string, enums bool) (*Drawing, error)

// Columns is the layout that is used; it imports this package too.
var Columns Layout
