// Command mistake shows a wrong answer whole: its story, the test that rejects
// it, and the code.
//
//	go run ./internal/proof/mistake 01-waitgroup/gather_no_wait
//	go run ./internal/proof/mistake -lay 01-waitgroup/gather_no_wait
//
// With -lay it writes the code to the exercise's folder, for whoever wants to run
// the tests over it or debug it. The file that was there is kept beside it, as
// gather.go.1 or with the next free number.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"example.com/errgroup-workshop/internal/proof/gallery"
)

func main() {
	lay := flag.Bool("lay", false, "write the code to the exercise's folder; what was there is kept beside it")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/proof/mistake [-lay] 01-waitgroup/gather_no_wait, in the module's folder")
		os.Exit(2)
	}
	if err := show(".", flag.Arg(0), *lay); err != nil {
		fmt.Fprintln(os.Stderr, "mistake:", err)
		os.Exit(1)
	}
}

// show prints the mistake, or lays it into its exercise's folder in the module
// whose folder is root.
func show(root, name string, lay bool) error {
	m, err := gallery.Find(root, name)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n\nRefused by: %s\nSays: %s\n", m.Story, m.RefusedBy, m.Says)
	if m.Changes != "" {
		fmt.Printf("Changes: %s\n", m.Changes)
	}
	if !lay {
		fmt.Print("\n" + m.Code)
		return nil
	}
	folder := filepath.Join(root, filepath.Dir(filepath.FromSlash(name)))
	kept, err := layOver(filepath.Join(folder, m.File), m.Code)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s is now the mistake.", filepath.Join(folder, m.File))
	if kept != "" {
		fmt.Printf(" What was there is in %s.", kept)
	}
	fmt.Println()
	return nil
}

// layOver writes code to a file. It keeps what was there under a name that was
// free, and returns that name.
func layOver(path, code string) (kept string, err error) {
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err == nil && string(before) != code {
		if kept, err = keep(path, before); err != nil {
			return "", err
		}
	}
	return kept, os.WriteFile(path, []byte(code), 0o666)
}

// keep writes content beside the file at path, under the next free name.
func keep(path string, content []byte) (kept string, err error) {
	for n := 1; ; n++ {
		kept = fmt.Sprintf("%s.%d", path, n)
		file, err := os.OpenFile(kept, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(content)
		return kept, errors.Join(err, file.Close())
	}
}
