package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/errgroup-workshop/internal/guide"
)

// A repo is the learner's clone.
type repo struct {
	root string // absolute
	near string // the exercise in whose folder the program was started, or ""
	*guide.Guide
}

var moduleLine = regexp.MustCompile(`(?m)^module example\.com/errgroup-workshop\r?$`)

// openRepo finds the clone that the current folder is in.
func openRepo() (*repo, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return openRepoIn(dir)
}

// openRepoIn finds the clone that the folder dir is in.
func openRepoIn(dir string) (*repo, error) {
	near := ""
	for ; ; dir = filepath.Dir(dir) {
		content, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && moduleLine.Match(content) {
			break
		}
		if dir == filepath.Dir(dir) {
			return nil, errors.New("this folder is not in a clone of the workshop; cd to it first")
		}
		near = filepath.Base(dir)
	}
	g, err := guide.Read(dir)
	if err != nil {
		return nil, err
	}
	return &repo{dir, near, g}, nil
}

// path returns the path of a file of the repo, whose name has slashes.
func (r *repo) path(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

// solution returns the name of the solution of a part.
func solution(p guide.Part) string { return "solutions/" + p.File }

// exercise returns the exercise that a learner calls name: 02, 2, 02-errgroup,
// or a path to it.
func (r *repo) exercise(name string) (guide.Exercise, error) {
	asked := strings.TrimPrefix(strings.Trim(filepath.ToSlash(name), "/"), "./")
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

// part returns the part that a learner calls name: FetchAll, fetch_all,
// fetch_all.go, TestFetchAll, and 02/FetchAll or 02-errgroup/fetch_all.go where
// two exercises have one. Of these, the one whose folder the learner is in goes
// first.
func (r *repo) part(name string) (guide.Part, error) {
	folder, word := "", strings.TrimPrefix(filepath.ToSlash(name), "./")
	if i := strings.LastIndex(word, "/"); i >= 0 {
		e, err := r.exercise(word[:i])
		if err != nil {
			return guide.Part{}, err
		}
		folder, word = e.Name, word[i+1:]
	}
	var found []guide.Part
	var all []string
	for _, p := range r.Parts() {
		all = append(all, nameOf(p))
		if (folder == "" || p.Exercise == folder) && isCalled(p, word) {
			found = append(found, p)
		}
	}
	for _, p := range found {
		if len(found) == 1 || p.Exercise == r.near {
			return p, nil
		}
	}
	if len(found) == 0 {
		return guide.Part{}, noSuch("part", name, all)
	}
	return guide.Part{}, fmt.Errorf("%q is in more than one exercise; say %s or %s; %w", name, nameOf(found[0]), nameOf(found[1]), errUsage)
}

func isCalled(p guide.Part, word string) bool {
	simple := func(s string) string {
		return strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "").Replace(strings.TrimSuffix(s, ".go")))
	}
	word = simple(word)
	return word == simple(p.Name()) || word == simple(p.Title) || word == simple(p.Test) ||
		word == simple(strings.TrimPrefix(p.Test, "Test"))
}

// noSuch returns an error that says which of the names there are begin most like
// name, or all of them.
func noSuch(what, name string, names []string) error {
	plain := func(s string) string {
		return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(s[strings.LastIndex(s, "/")+1:]))
	}
	var near []string
	longest := 3 // fewer letters say nothing
	for _, other := range names {
		n := 0
		for a, b := plain(name), plain(other); n < min(len(a), len(b)) && a[n] == b[n]; {
			n++
		}
		if n > longest {
			near = nil
		}
		if n >= longest {
			near, longest = append(near, other), n
		}
	}
	if len(near) > 0 {
		return fmt.Errorf("there is no %s %q; did you mean %s? %w", what, name, strings.Join(near, " or "), errUsage)
	}
	return fmt.Errorf("there is no %s %q; there are %s; %w", what, name, strings.Join(names, ", "), errUsage)
}
