package rehearsal

import "fmt"

// The methods by which a test fails or is skipped are testing.T's, with two
// differences: in a scene they give the scene a fault, which is told once it
// has been made small, and T notes that it was the test itself that ended its
// goroutine.

// Error is testing.T's, except for the report of goleak, which it tells in
// plain words.
func (t *T) Error(args ...any) {
	t.Helper()
	if len(args) == 1 {
		if err, ok := args[0].(error); ok {
			if leaked := leakedGoroutines(err); len(leaked) > 0 {
				t.locked(func() { t.leaked = leaked })
				return
			}
		}
	}
	if t.scene != nil {
		t.scene.fault(fmt.Sprint(args...), nil)
		return
	}
	t.T.Error(args...)
}

func (t *T) Errorf(format string, args ...any) {
	t.Helper()
	if t.scene != nil {
		t.scene.fault(fmt.Sprintf(format, args...), nil)
		return
	}
	t.T.Errorf(format, args...)
}

func (t *T) Fatal(args ...any) {
	t.Helper()
	t.stop()
	if t.scene != nil {
		t.scene.Fatalf("%s", fmt.Sprint(args...))
	}
	t.T.Fatal(args...)
}

func (t *T) Fatalf(format string, args ...any) {
	t.Helper()
	t.stop()
	if t.scene != nil {
		t.scene.Fatalf(format, args...)
	}
	t.T.Fatalf(format, args...)
}

func (t *T) FailNow() {
	t.stop()
	t.T.FailNow()
}

func (t *T) Skip(args ...any) {
	t.Helper()
	t.stop()
	t.T.Skip(args...)
}

func (t *T) Skipf(format string, args ...any) {
	t.Helper()
	t.stop()
	t.T.Skipf(format, args...)
}

func (t *T) SkipNow() {
	t.stop()
	t.T.SkipNow()
}

func (t *T) stop() { t.locked(func() { t.stopped = true }) }
