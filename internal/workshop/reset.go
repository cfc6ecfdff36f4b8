package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"example.com/errgroup-workshop/internal/guide"
)

// reset puts the skeleton of a part back. Before it does, it copies the
// learner's file into a folder of its own under .backups, so that nothing is
// ever lost.
func (a *app) reset(ctx context.Context, args []string) error {
	named := len(args) > 0
	p, args, err := a.partOrCurrent(ctx, args)
	if err != nil {
		return err
	}
	if err := noMore(args); err != nil {
		return err
	}
	if !named && !a.ask(ctx, "Put the skeleton of "+p.File+" back? Your file goes to a backup first.") {
		a.out.printf("Nothing was changed.\n")
		return nil
	}
	content, err := skeleton(p)
	if err != nil {
		return err
	}
	mine, err := os.ReadFile(a.repo.path(p.File))
	switch {
	case err == nil && bytes.Equal(bytes.ReplaceAll(mine, []byte("\r\n"), []byte("\n")), content):
		a.out.printf("%s is the skeleton already.\n", p.File)
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
	if err := a.repo.replace(p, content); err != nil {
		return fmt.Errorf("%s can't be written; it is as it was: %w", p.File, err)
	}
	delete(a.memory.Hints, p.File)
	a.memory.save()
	a.out.printf("%s is the skeleton again\n", p.File)
	return nil
}

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

// replace puts content in place of the part's file in one step: whenever the
// program ends, the file is either the old one or the new one.
func (r *repo) replace(p guide.Part, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(r.path(p.File)), 0o777); err != nil {
		return err
	}
	if err := os.MkdirAll(r.path(backups), 0o777); err != nil {
		return err
	}
	next := r.path(backups + "/next")
	if err := writeFile(next, os.O_TRUNC, content); err != nil {
		return err
	}
	return os.Rename(next, r.path(p.File))
}

// writeFile writes a file, and returns when it is on the disk.
func writeFile(path string, flag int, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
