package verdicts

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
	"example.com/errgroup-workshop/internal/rehearsal/program"
)

var errBoom = errors.New("boom")

// two returns a script of two calls.
func two(t *rehearsal.T, function string) *rehearsal.Script {
	return t.Script(function, "source",
		rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "ada@example.com"},
		rehearsal.Call{Name: "chat", Takes: 3 * time.Second, Returns: "ada"},
	)
}

func TestOneAfterAnother(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "OneByOne")
		OneByOne(script.Sources())
		script.WantElapsed(3*time.Second, "the time of the slowest source")
	})(t)
}

func TestTooManyAtOnce(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "OneByOne")
		OneByOne(script.Sources())
		script.WantInFlight(2)
	})(t)
}

func TestPlaceIdle(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "FetchLimit")
		script.Fetch("mail")
		time.Sleep(time.Second)
		script.Fetch("chat")
		script.WantNoPlaceIdle(1)
	})(t)
}

func TestReturnedEarly(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := two(t, "Abandon")
		Abandon(script.Sources())
		script.WantElapsed(3*time.Second, "the time of the slowest source")
	})(t)
}

func TestWaitedTooLong(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "Abandon")
		answers := make(chan string, 2)
		for _, source := range script.Sources() {
			go func() { answers <- source() }()
		}
		<-answers
		<-answers
		script.WantElapsed(1*time.Second, "the time of the fastest source")
	})(t)
}

func TestWaitedForNothing(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := t.Script("OneByOne", "source", rehearsal.Call{Name: "mail", Takes: 3 * time.Second})
		OneByOne(script.Sources())
		time.Sleep(time.Second)
		script.WantElapsed(3*time.Second, "the time of the source")
	})(t)
}

func TestSomeNotCalled(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "OneByOne")
		OneByOne(script.Sources()[:1])
		script.WantElapsed(4*time.Second, "the time of both sources")
	})(t)
}

func TestNothingCalled(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		two(t, "Gather").WantElapsed(3*time.Second, "the time of the slowest source")
	})(t)
}

func TestTheOneNotCalled(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := t.Script("Gather", "source", rehearsal.Call{Name: "mail", Takes: time.Second})
		script.WantElapsed(1*time.Second, "the time of the source")
	})(t)
}

func TestCalledTwice(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "OneByOne")
		OneByOne(append(script.Sources(), script.Sources()[0]))
		script.WantEachCalledOnce()
	})(t)
}

func TestCalledInVain(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "FetchAll")
		script.Fetch("mail")
		script.WantNoCall("the context was already done")
	})(t)
}

func TestUnknownKey(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		two(t, "FetchAll").Fetch("post")
	})(t)
}

func TestNoneInFlight(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { two(t, "FetchLimit").WantInFlight(2) })(t)
}

func TestNilContext(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "FetchAll")
		script.FetchContext(nil, "mail")
		script.WantInFlight(1)
	})(t)
}

func TestDeadlock(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    func()
	}{
		{"in a group without a place", LimitZero},
		{"in a group that gets its limit late", LimitLate},
		{"in a group that waits", GroupOfOne},
		{"at a nil channel", func() { NilChannel() }},
		{"in a select", EmptySelect},
		{"at a condition", NobodySignals},
	} {
		t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) { tt.f() }))
	}
	t.Run("in a WaitGroup", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := two(t, "ForgetDone")
		ForgetDone(script.Sources())
		script.WantElapsed(3*time.Second, "the time of the slowest source")
	}))
	t.Run("after a call that ended its goroutine", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		WaitForAll(t.Script("WaitForAll", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Exits: true},
			rehearsal.Call{Name: "chat", Takes: 2 * time.Second},
		).Sources())
	}))
	t.Run("before anything was called", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		CountOnly(two(t, "CountOnly").Sources())
	}))
	t.Run("and the next test runs", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := two(t, "OneByOne")
		OneByOne(script.Sources())
		script.WantElapsed(4*time.Second, "the time of both sources")
	}))
}

func TestLeak(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Jam", "source",
			rehearsal.Call{Name: "mail", Takes: 1 * time.Second, Returns: "ada@example.com"},
			rehearsal.Call{Name: "chat", Takes: 1100 * time.Millisecond, Returns: "ada"},
			rehearsal.Call{Name: "shop", Takes: 1200 * time.Millisecond, Returns: "customer 7"},
		)
		Jam(script.Sources())
		script.WantElapsed(1*time.Second, "the time of the fastest source")
	})(t)
}

func TestLeakWithoutGoleak(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "Jam")
		Jam(script.Sources())
		script.WantElapsed(1*time.Second, "the time of the fastest source")
	})(t)
}

func TestExit(t *testing.T) {
	t.Run("of the goroutine of the test", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("OneByOne", "source", rehearsal.Call{Name: "mail", Takes: time.Second, Exits: true})
		OneByOne(script.Sources())
		script.WantElapsed(time.Second, "the time of the source")
	}))
	t.Run("and the next test runs", rehearsal.Bubble(func(t *rehearsal.T) { t.Error("it runs") }))
	t.Run("by a skip", rehearsal.Bubble(func(t *rehearsal.T) { t.Skip("no use") }))
}

func TestPanic(t *testing.T) {
	t.Run("fails the test", rehearsal.Bubble(func(t *rehearsal.T) { Overrun(nil) }))
	t.Run("is told before the leak that it causes", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		LimitTwice(two(t, "LimitTwice").Sources()[0])
	}))
	t.Run("and the next test runs", rehearsal.Bubble(func(t *rehearsal.T) {}))
}

func TestHangAtMutex(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { LockTwice() })(t)
}

func TestHangInSpin(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { Spin() })(t)
}

func TestHangInGoroutinesWithoutEnd(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { Endless() })(t)
}

func TestHangInCallsWithoutEnd(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { AgainAndAgain(two(t, "AgainAndAgain").Sources()[0]) })(t)
}

func TestHangAtSharedWaitGroup(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { Share(two(t, "Share").Sources()[0]) })(t)
}

func TestHangWithMutexHeld(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) { HoldWhileAsking(two(t, "HoldWhileAsking").Sources()) })(t)
}

func TestHangWithoutBubble(t *testing.T) {
	rehearsal.Watch(t)
	LockTwice()
}

func TestProgramInDeadlock(t *testing.T) {
	program.Run(t, EmptySelect)
}

func TestHangOfProgram(t *testing.T) {
	program.RunInRealTime(t, LockTwice)
}

func TestTimelineOfManyCalls(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		var calls []rehearsal.Call
		for i := range 20 {
			calls = append(calls, rehearsal.Call{Name: fmt.Sprint(i), Takes: time.Duration(i) * time.Second})
		}
		script := t.Script("OneByOne", "source", calls...)
		OneByOne(script.Sources())
		script.WantElapsed(19*time.Second, "the time of the slowest source")
	})(t)
}

func TestTimeline(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		script := t.Script("Gather", "fetch",
			rehearsal.Call{Name: "name", Takes: 100 * time.Millisecond, Returns: "ricardo"},
			rehearsal.Call{Name: "points", Takes: 250 * time.Millisecond, Fails: errBoom},
			rehearsal.Call{Name: "orders", Takes: time.Hour},
			rehearsal.Call{Name: "stubborn", Takes: time.Second, Returns: "late", IgnoresContext: true},
			rehearsal.Call{Name: "none", Takes: time.Second},
			rehearsal.Call{Name: "exits", Takes: 400 * time.Millisecond, Exits: true},
			rehearsal.Call{Name: "at once"},
		)
		for _, key := range script.Keys() {
			if key != "none" {
				go script.FetchContext(ctx, key)
			}
		}
		time.Sleep(600 * time.Millisecond)
		script.WantElapsed(1*time.Second, "the time of the slowest fetch")
	})(t)
}

func TestCrowd(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		meet := t.Crowd()
		begin := time.Now()
		done := make(chan bool)
		for range 10 {
			go func() { meet(); done <- true }()
		}
		for range 10 {
			<-done
		}
		meet() // alone
		if elapsed := time.Since(begin); elapsed != 2*time.Second {
			t.Errorf("the crowd took %v; want 1s twice", elapsed)
		}
		if n := runtime.GOMAXPROCS(0); n != 16 {
			t.Errorf("GOMAXPROCS is %d in a crowd; want 16", n)
		}
	})(t)
}

func TestReturnedBeforeTheSecondCall(t *testing.T) {
	rehearsal.Bubble(func(t *rehearsal.T) {
		script := two(t, "AbandonSlowly")
		AbandonSlowly(script.Sources())
		synctest.Wait() // it has made the first call by now
		script.WantElapsed(4*time.Second, "the time of both sources")
	})(t)
}
