package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// A repo is the learner's clone.
type repo struct {
	root string // absolute
	*guide.Guide
}

const modulePath = "example.com/errgroup-workshop"

// openRepo finds the clone that the folder dir is in.
func openRepo(dir string) (*repo, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for ; ; dir = filepath.Dir(dir) {
		content, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.Contains(string(content), "module "+modulePath) {
			break
		}
		if dir == filepath.Dir(dir) {
			return nil, errors.New("this folder is not in a clone of the workshop; cd to it first")
		}
	}
	g, err := guide.Read(dir)
	if err != nil {
		return nil, err
	}
	return &repo{dir, g}, nil
}

// path returns the path of a file of the repo, whose name has slashes.
func (r *repo) path(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

// exercise returns the exercise that a learner calls name: 02, 2, 02-errgroup,
// or a path to it.
func (r *repo) exercise(name string) (guide.Exercise, error) {
	asked := path.Clean(filepath.ToSlash(name))
	var names []string
	for _, e := range r.Exercises {
		number, word, _ := strings.Cut(e.Name, "-")
		if asked == e.Name || asked == number || asked == strings.TrimPrefix(number, "0") || asked == word {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return guide.Exercise{}, noSuch("exercise", name, names)
}

// part returns the part that a learner calls name: Tally, tally, tally.go,
// TestTally, and 02/FetchAll or 02-errgroup/fetch_all.go where two exercises have
// one.
func (r *repo) part(name string) (guide.Part, error) {
	parts := r.Parts()
	if dir := path.Dir(filepath.ToSlash(name)); dir != "." {
		e, err := r.exercise(dir)
		if err != nil {
			return guide.Part{}, err
		}
		parts = e.Parts
	}
	var found []guide.Part
	var all []string
	for _, p := range parts {
		all = append(all, nameOf(p))
		names := []string{plain(p.File), plain(p.Title), plain(p.Test), plain(strings.TrimPrefix(p.Test, "Test"))}
		if slices.Contains(names, plain(name)) {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return guide.Part{}, noSuch("part", name, all)
	}
	return found[0], nil
}

// plain returns a name without what people write now in this way, now in that.
func plain(name string) string {
	name = strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".go")
	return strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "").Replace(name))
}

// nameOf returns a short name of the part, such as 01/gather.
func nameOf(p guide.Part) string { return p.Exercise[:2] + "/" + p.Name() }

// noSuch returns an error that says which of the names there are begin most like
// name, or all of them.
func noSuch(what, name string, names []string) error {
	for asked := plain(name); len(asked) > 2; asked = asked[:len(asked)-1] { // two letters say nothing
		unlike := func(other string) bool { return !strings.HasPrefix(plain(other), asked) }
		if near := slices.DeleteFunc(slices.Clone(names), unlike); len(near) > 0 {
			return fmt.Errorf("%q names no %s; did you mean %s? %w", name, what, strings.Join(near, " or "), errUsage)
		}
	}
	return fmt.Errorf("%q names no %s; there are %s; %w", name, what, strings.Join(names, ", "), errUsage)
}
