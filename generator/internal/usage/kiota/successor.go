package kiota

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Successor is a package that replaces a client: what its methods take and return.
type Successor struct {
	name    string
	methods map[string]*ast.FuncType // by type and name
	// around are the common options that a type of options has in it, by the type's name.
	around map[string]string
}

// ReadSuccessor reads the package called name in a folder; one that is not there yet has no methods.
func ReadSuccessor(folder, name string) *Successor {
	s := &Successor{name, map[string]*ast.FuncType{}, map[string]string{}}
	files, _ := filepath.Glob(filepath.Join(folder, "*.go")) // the pattern is a good one, unless the folder's name has one in it
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil || strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				s.methods[receiverOf(d)+d.Name.Name] = d.Type
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					s.options(spec)
				}
			}
		}
	}
	return s
}

// Name is what the package is called.
func (s *Successor) Name() string { return s.name }

// options notes a type that has common options in it.
func (s *Successor) options(spec ast.Spec) {
	t, ok := spec.(*ast.TypeSpec)
	if !ok {
		return
	}
	fields, ok := t.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range fields.Fields.List {
		if id, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 && strings.HasSuffix(id.Name, "Options") {
			s.around[t.Name.Name] = id.Name
		}
	}
}

// link is a method in a call.
var link = regexp.MustCompile(`(\w+)(?:\([^()]*\))?(?:\.|$)`)

// Arguments is what stands behind the context in a call, such as Boards().ByID(id).Cards().List: nil or options for a reader, an … for
// what a person writes; false if the package does not have the call.
func (s *Successor) Arguments(call string, options []string) (string, bool) {
	on := "Client"
	var method *ast.FuncType
	for _, m := range link.FindAllStringSubmatch(call, -1) {
		if method = s.methods[on+"."+m[1]]; method == nil {
			return "", false
		}
		on = ""
		if method.Results != nil && len(method.Results.List) > 0 {
			on = pointedTo(method.Results.List[0].Type)
		}
	}
	if method == nil || method.Params == nil {
		return "", false
	}
	text := ""
	for i, p := range method.Params.List {
		if _, rest := p.Type.(*ast.Ellipsis); i > 0 && !rest {
			text += ", " + s.argument(pointedTo(p.Type), options)
		}
	}
	return text, true
}

// argument is what a parameter of a type gets.
func (s *Successor) argument(of string, options []string) string {
	inner := s.around[of]
	if inner == "" {
		inner = of
	}
	if !commonOptions[inner] {
		return "…"
	}
	if inner == of { // then it has nothing of the operation's own
		options = slices.DeleteFunc(slices.Clone(options), func(name string) bool { return optionFields[name] == "" })
	}
	if len(options) == 0 {
		return "nil"
	}
	var common []string
	others := ""
	for _, name := range options {
		if field := optionFields[name]; field != "" {
			common = append(common, field+": …")
		} else {
			others = "…"
		}
	}
	set := strings.Join(common, ", ")
	if inner != of && set != "" {
		set = inner + ": " + s.name + "." + inner + "{" + set + "}"
	}
	if others != "" && set != "" {
		set += ", "
	}
	return "&" + s.name + "." + of + "{" + set + others + "}"
}

// commonOptions are the options that calls share.
var commonOptions = map[string]bool{"ListOptions": true, "GetOptions": true, "CountOptions": true}

// optionFields are the options of Kiota's calls as those of a package are called.
var optionFields = map[string]string{"Count": "Count", "Expand": "Expand", "Filter": "Filter", "Orderby": "OrderBy", "Search": "Search",
	"Select": "Select", "Skip": "Skip", "Top": "Top"}

// pointedTo is the name of a type or of what it points to.
func pointedTo(t ast.Expr) string {
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
