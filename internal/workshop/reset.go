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
	return a.putAll(args, "the skeleton", skeleton)
}

// solve puts our solutions in place of the learner's files: a learner who was
// left behind can go on with the next part.
func (a *app) solve(_ context.Context, args []string) error {
	return a.putAll(args, "the solution", func(file string) ([]byte, error) {
		return os.ReadFile(a.repo.path("solutions/" + file))
	})
}

// putAll puts new contents in the files of the parts that args name: parts,
// exercises, or all. With the extras goes the file by which they begin. It
// changes nothing if one of them isn't there.
func (a *app) putAll(args []string, what string, content func(file string) ([]byte, error)) error {
	if len(args) == 0 {
		return fmt.Errorf("say which part you mean; %w", errUsage)
	}
	var files []string
	for _, arg := range args {
		parts := a.repo.Parts()
		if e, err := a.repo.exercise(arg); err == nil {
			parts = e.Parts
		} else if arg != "all" {
			p, err := a.repo.part(arg)
			if err != nil {
				return err
			}
			files = append(files, p.File)
			continue
		}
		for _, p := range parts {
			files = append(files, p.File)
		}
		if parts[len(parts)-1].Extra() {
			files = append(files, guide.ExtrasFile)
		}
	}
	for _, file := range files {
		next, err := content(file)
		if err == nil {
			err = a.put(file, next, what)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// put puts the content next in a part's file. Before it does, it copies the
// learner's file into a new folder under .backups, so that nothing is ever lost.
func (a *app) put(file string, next []byte, what string) error {
	var mine []byte
	err := persist(func() (err error) {
		mine, err = os.ReadFile(a.repo.path(file))
		return err
	})
	switch {
	case err == nil && withoutCR(mine) == withoutCR(next):
		a.out.printf("%s is %s already.\n", file, what)
		return nil
	case err == nil:
		backup, err := a.repo.backup(file, mine)
		if err != nil {
			return fmt.Errorf("your file can't be copied, so nothing was changed: %w", err)
		}
		a.out.printf("your file was copied to %s\n", backup)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := replaceFile(a.repo.path(file), next); err != nil {
		return fmt.Errorf("%s can't be written; it is as it was; if another program has it open, close it there: %w", file, err)
	}
	a.memory.set(hintsSeen(file), "")
	a.out.printf("%s is %s now\n", file, what)
	return nil
}

// withoutCR returns the text with the line endings that git stores, whatever it
// checks out.
func withoutCR(text []byte) string { return strings.ReplaceAll(string(text), "\r\n", "\n") }

const backups = ".backups"

// backup writes a copy of the learner's file into a new folder, and returns its
// name.
func (r *repo) backup(file string, content []byte) (name string, err error) {
	if err := os.MkdirAll(r.path(backups), 0o777); err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(r.path(backups), time.Now().Format("2006-01-02_15-04-05_"))
	if err != nil {
		return "", err
	}
	name = path.Join(backups, filepath.Base(folder), file)
	if err = writeFile(r.path(name), content); err != nil {
		os.RemoveAll(folder) // half a file, on a full disk
	}
	return name, err
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

// writeFile writes a file, in a folder that may be missing, and returns when it
// is on the disk.
func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
