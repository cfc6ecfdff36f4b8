package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/proof/gallery"
)

// An overlay says which file the go command reads in place of another, by
// absolute path; "" hides the file. The go command ignores an entry that fits
// no file of the build, so files and hide make sure that theirs do.
type overlay map[string]string

// shippedTests are the names of the tests that come with an exercise. Other
// test files in its folder are a learner's.
var shippedTests = regexp.MustCompile(`^(?:\d_\w+|helpers(?:_\w+)?|main)_test\.go$`)

// overlay returns the overlay that puts the solution, and above it the given
// files, in place of what stands in the exercise's folder. The keys of files
// are names of files of the exercise, the values paths.
func (e exercise) overlay(files map[string]string) (overlay, error) {
	all, err := e.files(files)
	if err != nil {
		return nil, err
	}
	o := make(overlay)
	for name, path := range all {
		o[filepath.Join(e.folder, name)] = path
	}
	return o, e.hide(o)
}

// files returns the paths of the exercise's files, by their names: those of the
// solution, and in their place the given ones.
func (e exercise) files(instead map[string]string) (map[string]string, error) {
	names, err := gallery.GoFiles(e.solution)
	if err != nil {
		return nil, err
	}
	all := make(map[string]string)
	for _, name := range names {
		all[name] = filepath.Join(e.solution, name)
	}
	for name, path := range instead {
		if all[name] == "" {
			return nil, fmt.Errorf("%s stands for %s, which is no file of the solution of %s", path, name, e.name)
		}
		all[name] = path
	}
	for name, path := range all {
		if !filepath.IsAbs(path) {
			return nil, fmt.Errorf("overlay: %s can't stand for %s: the path isn't absolute", path, name)
		}
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("overlay: %s can't stand for %s: %w", path, name, err)
		}
	}
	return all, nil
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
	writeJSON(t, path, o)
	future := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes(path, future, future); err != nil {
		t.Fatal(err)
	}
	return path
}

// writeJSON writes the overlay as the flag -overlay wants it.
func writeJSON(t testing.TB, path string, o overlay) {
	t.Helper()
	content, err := json.Marshal(map[string]overlay{"Replace": o})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
}
