package proof

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// needed returns which of the files, given as paths by name, the tests need:
// those that declare a name which the tests use, or which such a file uses. To
// link what the others import, a whole HTTP server, takes as long as all else.
// A file too many is no harm, so a name counts even if it is a variable's; with one
// too few the tests don't build, which nobody can overlook.
func needed(files map[string]string, tests []string) (map[string]string, error) {
	declares := make(map[string]string) // which file declares a name
	uses := make(map[string][]string)   // names that a file uses
	for name, path := range files {
		declared, used, err := names(path)
		if err != nil {
			return nil, err
		}
		uses[name] = used
		for _, d := range declared {
			declares[d] = name
		}
	}
	need := make(map[string]string)
	var take func(used []string)
	take = func(used []string) {
		for _, u := range used {
			name, ok := declares[u]
			if _, taken := need[name]; ok && !taken {
				need[name] = files[name]
				take(uses[name])
			}
		}
	}
	for _, path := range tests {
		_, used, err := names(path)
		if err != nil {
			return nil, err
		}
		take(used)
	}
	return need, nil
}

// names returns the names that a Go file declares for its package, and those
// that it uses.
func names(path string) (declared, used []string, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				declared = append(declared, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					declared = append(declared, s.Name.Name)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						declared = append(declared, name.Name)
					}
				}
			}
		}
	}
	// The package, fields, methods, and what other packages declare.
	other := map[*ast.Ident]bool{file.Name: true}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.FuncDecl:
			other[n.Name] = true
		case *ast.Field:
			for _, name := range n.Names {
				other[name] = true
			}
		case *ast.SelectorExpr:
			other[n.Sel] = true
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				other[key] = true
			}
		case *ast.Ident:
			if !other[n] {
				used = append(used, n.Name)
			}
		}
		return true
	})
	return declared, used, nil
}
