package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestResetLosesNothing ends a reset at any moment, and looks for what the
// learner had written: in its place, or in a backup.
func TestResetLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it runs the program many times")
	}
	s := newScript(t)
	const mine = "package waitgroup\n\n// The work of a long evening.\n"
	path := s.path("01-waitgroup/gather.go")
	skeleton, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// reset runs a reset, kills it after a while if that is more than 0, and returns
	// how long it took, and whether the file is the skeleton then.
	reset := func(while time.Duration) (took time.Duration, done bool) {
		t.Helper()
		if err := os.WriteFile(path, []byte(mine), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(s.path(backups)); err != nil {
			t.Fatal(err)
		}
		c, err := s.command([]string{"reset", "01/gather"})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if while > 0 {
			time.Sleep(while)
			c.Process.Kill()
		}
		c.Wait()
		took = time.Since(began)

		now, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("after a reset that was ended the file can't be read: %v", err)
		}
		copies, err := filepath.Glob(s.path(backups + "/*/01-waitgroup/gather.go"))
		if err != nil {
			t.Fatal(err)
		}
		switch string(now) {
		case mine:
			return took, false
		case string(skeleton):
			if len(copies) != 1 {
				t.Fatalf("the file was reset, and there are %d backups; want one", len(copies))
			}
			if backup, err := os.ReadFile(copies[0]); err != nil || string(backup) != mine {
				t.Fatalf("the file was reset, and the backup holds %q, error %v; want what it was", backup, err)
			}
			return took, true
		}
		t.Fatalf("after a reset that was ended the file holds %q; want the old or the new text", now)
		return 0, false
	}

	shortest := time.Hour // of a reset on this machine, now
	for range 3 {
		took, done := reset(0)
		if !done {
			t.Fatal("a reset that nobody ended did not reset the file")
		}
		shortest = min(shortest, took)
	}
	const moments = 60
	resets := 0
	for i := range moments {
		if _, done := reset(shortest * time.Duration(i+1) / moments); done {
			resets++
		}
	}
	t.Logf("of %d resets that were killed within %v, %d had got as far as the new file", moments, shortest, resets)
}
