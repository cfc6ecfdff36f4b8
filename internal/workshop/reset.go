package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"example.com/errgroup-workshop/internal/guide"
)

// reset puts the skeletons of parts back.
func (a *app) reset(_ context.Context, args []string) error {
	return a.putAll(args, skeleton, "the skeleton")
}

// solve puts our solutions in place of the learner's files: a learner who was
// left behind can go on with the next part.
func (a *app) solve(_ context.Context, args []string) error {
	return a.putAll(args, func(p guide.Part) ([]byte, error) {
		if p.File == guide.ExtrasFile {
			return skeleton(p) // it is no part, and has no solution
		}
		return os.ReadFile(a.repo.path(solution(p)))
	}, "the solution")
}

// putAll puts new contents in the files of the parts that args name: parts,
// exercises, or all. It changes nothing if one of them isn't there.
func (a *app) putAll(args []string, content func(guide.Part) ([]byte, error), what string) error {
	if len(args) == 0 {
		return fmt.Errorf("say which part you mean; %w", errUsage)
	}
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
	if last := parts[len(parts)-1]; strings.HasPrefix(guide.ExtrasFile, last.Exercise+"/") {
		parts = append(parts[:len(parts):len(parts)], guide.Part{Exercise: last.Exercise, File: guide.ExtrasFile})
	}
	return parts, nil
}

// put puts the content in the part's file. Before it does, it copies the
// learner's file into a new folder under .backups, so that nothing is
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
		backup, err := a.repo.backup(p, mine)
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

// backup writes a copy of the learner's file into a new folder, and returns its
// name.
func (r *repo) backup(p guide.Part, content []byte) (name string, err error) {
	if err := os.MkdirAll(r.path(backups), 0o777); err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(r.path(backups), time.Now().Format("2006-01-02_15-04-05_"))
	if err != nil {
		return "", err
	}
	name = path.Join(backups, filepath.Base(folder), p.File)
	err = os.MkdirAll(filepath.Dir(r.path(name)), 0o777)
	if err == nil {
		err = writeFile(r.path(name), content)
	}
	if err != nil {
		os.RemoveAll(folder) // half a file, on a full disk
	}
	return name, err
}

// readFile reads a file, even if another program has it open for a moment.
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
func replaceFile(file string, content []byte) error {
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	// Two runs at the same time have a file each.
	next := fmt.Sprintf("%s.%d.next", file, os.Getpid())
	err := writeFile(next, content)
	if err == nil {
		err = persist(func() error { return os.Rename(next, file) })
	}
	if err != nil {
		os.Remove(next)
	}
	return err
}

// writeFile writes a file, and returns when it is on the disk.
func writeFile(path string, content []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
