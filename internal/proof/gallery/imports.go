package gallery

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// known are the packages that a mistake may import which the solution doesn't, by
// the names by which code calls them.
var known = map[string]string{
	"atomic": "sync/atomic", "debug": "runtime/debug", "errgroup": "golang.org/x/sync/errgroup",
	"http": "net/http", "json": "encoding/json", "rand": "math/rand/v2", "semaphore": "golang.org/x/sync/semaphore",
	"signal": "os/signal", "singleflight": "golang.org/x/sync/singleflight", "url": "net/url",
}

func init() {
	for _, name := range []string{"bytes", "cmp", "context", "errors", "fmt", "io", "iter", "log", "maps", "math",
		"net", "os", "reflect", "runtime", "slices", "sort", "strconv", "strings", "sync", "time", "unique"} {
		known[name] = name
	}
}

// fixImports returns the file with the imports that its code needs: those that it
// has and uses, and known ones.
func fixImports(code string) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "edit.go", code, parser.ParseComments)
	if err != nil {
		return "", err
	}
	offset := func(pos token.Pos) int { return fset.Position(pos).Offset }

	has := make(map[string]string)
	begin, end := offset(file.Name.End()), offset(file.Name.End())
	for _, decl := range file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			end = offset(d.End())
		}
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return "", err
		}
		has[path.Base(strings.TrimSuffix(imported, "/v2"))] = imported
	}

	unresolved := make(map[*ast.Ident]bool)
	for _, ident := range file.Unresolved {
		unresolved[ident] = true
	}
	var needs []string
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && unresolved[x] {
			if imported := has[x.Name]; imported != "" {
				needs = append(needs, imported)
			} else if imported := known[x.Name]; imported != "" {
				needs = append(needs, imported)
			}
		}
		return true
	})
	slices.Sort(needs)
	needs = slices.Compact(needs)

	var standard, other []string
	for _, imported := range needs {
		if strings.Contains(imported, ".") {
			other = append(other, strconv.Quote(imported))
		} else {
			standard = append(standard, strconv.Quote(imported))
		}
	}
	imports := ""
	if groups := strings.Join(standard, "\n") + "\n\n" + strings.Join(other, "\n"); len(needs) == 1 {
		imports = "\n\nimport " + strings.Trim(groups, "\n")
	} else if len(needs) > 1 {
		imports = "\n\nimport (\n" + strings.Trim(groups, "\n") + "\n)"
	}
	return code[:begin] + imports + "\n" + code[end:], nil
}
