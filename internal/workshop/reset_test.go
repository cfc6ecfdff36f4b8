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
	resets := 0
	for i := range 60 {
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
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 250 * time.Microsecond) // whatever it is doing by then
		c.Process.Kill()
		c.Wait()

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
		case string(skeleton):
			resets++
			if len(copies) != 1 {
				t.Fatalf("the file was reset, and there are %d backups; want one", len(copies))
			}
			if backup, err := os.ReadFile(copies[0]); err != nil || string(backup) != mine {
				t.Fatalf("the file was reset, and the backup holds %q, error %v; want what it was", backup, err)
			}
		default:
			t.Fatalf("after a reset that was ended the file holds %q; want the old or the new text", now)
		}
	}
	t.Logf("%d of 60 resets got as far as the new file", resets)
}
