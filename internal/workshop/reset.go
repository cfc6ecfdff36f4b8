package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/errgroup-workshop/internal/guide"
)

// reset puts the skeletons of parts back.
func (a *app) reset(ctx context.Context, args []string) error {
	if len(args) == 0 {
		p, err := a.current(ctx)
		if err != nil {
			return err
		}
		if !a.ask(ctx, "Put the skeleton of "+p.File+" back? Your file goes to a backup first.") {
			a.out.printf("Nothing was changed.\n")
			return nil
		}
		return a.put(p, skeleton, "the skeleton")
	}
	return a.putAll(args, skeleton, "the skeleton")
}

// solve puts our solutions in place of the learner's files: who was left behind
// can go on with the next part.
func (a *app) solve(_ context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("say which part you want our solution of; %w", errUsage)
	}
	return a.putAll(args, func(p guide.Part) ([]byte, error) {
		if p.File == extrasFile {
			return skeleton(p) // it is no part, and has no solution
		}
		return os.ReadFile(a.repo.path(solution(p)))
	}, "the solution")
}

// putAll puts new contents in the files of the parts that args name: parts,
// exercises, or all. It changes nothing if one of them isn't there.
func (a *app) putAll(args []string, content func(guide.Part) ([]byte, error), what string) error {
	var parts []guide.Part
	for _, arg := range args {
		named, err := a.repo.partsOf(arg)
		if err != nil {
			return err
		}
		parts = append(parts, named...)
	}
	for _, p := range parts {
		if err := a.put(p, content, what); err != nil {
			return err
		}
	}
	return nil
}

// partsOf returns the parts that a learner calls name: all of them, those of an
// exercise, or one. To those of the last exercise belongs the file by which the
// extras begin.
func (r *repo) partsOf(name string) ([]guide.Part, error) {
	var parts []guide.Part
	e, err := r.exercise(name)
	switch {
	case name == "all":
		parts = r.Parts()
	case err == nil:
		parts = e.Parts
	default:
		p, err := r.part(name)
		return []guide.Part{p}, err
	}
	if last := parts[len(parts)-1]; strings.HasPrefix(extrasFile, last.Exercise+"/") {
		parts = append(parts[:len(parts):len(parts)], guide.Part{Exercise: last.Exercise, File: extrasFile})
	}
	return parts, nil
}

// put puts the content in the part's file. Before it does, it copies the
// learner's file into a folder of its own under .backups, so that nothing is
// ever lost.
func (a *app) put(p guide.Part, content func(guide.Part) ([]byte, error), what string) error {
	next, err := content(p)
	if err != nil {
		return err
	}
	mine, err := readFile(a.repo.path(p.File))
	switch {
	case err == nil && withoutCR(string(mine)) == withoutCR(string(next)):
		a.out.printf("%s is %s already.\n", p.File, what)
		return nil
	case err == nil:
		backup, err := a.repo.backup(p, mine, time.Now())
		if err != nil {
			return fmt.Errorf("your file can't be copied, so nothing was changed: %w", err)
		}
		a.out.printf("your file was copied to %s\n", backup)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	err = os.MkdirAll(filepath.Dir(a.repo.path(p.File)), 0o777)
	if err == nil {
		err = replaceFile(a.repo.path(p.File), next)
	}
	if err != nil {
		return fmt.Errorf("%s can't be written; it is as it was; if another program has it open, close it there: %w", p.File, err)
	}
	a.memory.set(hintsSeen(p.File), "")
	a.out.printf("%s is %s now\n", p.File, what)
	return nil
}

// withoutCR returns the text with the line endings that git stores, whatever it
// checks out.
func withoutCR(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

const backups = ".backups"

// backup writes a copy of the learner's file, and returns its name.
func (r *repo) backup(p guide.Part, content []byte, now time.Time) (name string, err error) {
	stamp := now.Format("2006-01-02_15-04-05")
	for n := 1; ; n++ {
		folder := stamp
		if n > 1 {
			folder = fmt.Sprintf("%s_%d", stamp, n)
		}
		name = backups + "/" + folder + "/" + p.File
		if err := os.MkdirAll(filepath.Dir(r.path(name)), 0o777); err != nil {
			return "", err
		}
		// O_EXCL: two resets in the same second don't overwrite each other.
		err := writeFile(r.path(name), os.O_EXCL, content)
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
}

// readFile reads a file, also when another program has it open.
func readFile(path string) (content []byte, err error) {
	persist(func() error {
		content, err = os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // nothing to persist for
		}
		return err
	})
	return content, err
}

// replaceFile puts content in place of a file in one step: whenever the program
// ends, the file is either the old one or the new one. Of a symbolic link it
// replaces the file that the link leads to.
func replaceFile(path string, content []byte) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	// Two runs at the same time have a file each.
	next := fmt.Sprintf("%s.%d.next", path, os.Getpid())
	if err := writeFile(next, os.O_TRUNC, content); err != nil {
		return err
	}
	err := persist(func() error { return os.Rename(next, path) })
	if err != nil {
		os.Remove(next)
	}
	return err
}

// writeFile writes a file, and returns when it is on the disk. It leaves no part
// of one behind.
func writeFile(path string, flag int, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}
