package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// An overlay says which file the go command reads in place of another, by
// absolute path; "" hides the file. The go command ignores an entry that fits
// no file of the build, so replace and hide make sure that theirs do.
type overlay map[string]string

// shippedTests are the names of the tests that come with an exercise. Other
// test files in its folder are a learner's.
var shippedTests = regexp.MustCompile(`^(\d_\w+|helpers|main)_test\.go$`)

// overlay returns the overlay that puts the solution, and above it the given
// files, in place of what stands in the exercise's folder. The keys of files
// are names of files of the exercise, the values paths.
func (e exercise) overlay(files map[string]string) (overlay, error) {
	o := make(overlay)
	names, err := goFiles(e.solution)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		o[filepath.Join(e.folder, name)] = filepath.Join(e.solution, name)
	}
	for name, path := range files {
		key := filepath.Join(e.folder, name)
		if o[key] == "" {
			return nil, fmt.Errorf("%s stands for %s, which is no file of the solution of %s", path, name, e.name)
		}
		o[key] = path
	}
	for key, path := range o {
		if _, err := os.Stat(path); err != nil || !filepath.IsAbs(path) || !filepath.IsAbs(key) {
			return nil, fmt.Errorf("overlay: %s can't stand for %s: %v", path, key, err)
		}
	}
	return o, e.hide(o)
}

// hide hides what a learner may have added to the folder.
func (e exercise) hide(o overlay) error {
	entries, err := os.ReadDir(e.folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		path := filepath.Join(e.folder, entry.Name())
		if _, ok := o[path]; !ok && !entry.IsDir() && !shippedTests.MatchString(entry.Name()) {
			o[path] = ""
		}
	}
	return nil
}

// writeOverlay writes the overlay of the solution and files, see overlay, to a
// temporary file for the flag -overlay, and returns its path.
func (e exercise) writeOverlay(t testing.TB, files map[string]string) (path string) {
	t.Helper()
	o, err := e.overlay(files)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "overlay.json")
	// The go command keeps an index of what a folder's files import, and finds
	// it again by their names, sizes and times alone (dirHash in
	// cmd/go/internal/modindex). Two mistakes can agree in all of these. It
	// makes no index where a file is newer than two seconds ago, so one that
	// comes from the future is laid beside them.
	o[filepath.Join(e.folder, "overlay.json")] = path
	content, err := json.Marshal(map[string]overlay{"Replace": o})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	future := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes(path, future, future); err != nil {
		t.Fatal(err)
	}
	return path
}

// goFiles returns the names of the Go files in a folder that are no tests.
func goFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if !entry.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	return names, nil
}
