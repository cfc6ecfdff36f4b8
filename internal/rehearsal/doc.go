// Package rehearsal is the test kit of the workshop. It lets a test say what
// the functions that an exercise calls will do, runs the exercise under fake
// time, and tells in plain words what the exercise did.
//
// A test has four steps:
//
//	t.Run("fetches all keys at the same time", rehearsal.Bubble(func(t *rehearsal.T) {
//		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
//
//		script := t.Script("FetchAll", "fetch",
//			rehearsal.Call{Name: "a", Takes: 3 * time.Second, Returns: "apple"},
//			rehearsal.Call{Name: "b", Takes: 1 * time.Second, Fails: errBoom},
//		)
//
//		FetchAll(script.Keys(), script.Fetch)
//
//		script.WantElapsed(3*time.Second, "the time of the slowest fetch")
//	}))
//
// Bubble runs the test in a bubble of testing/synctest: the clock of the test
// stands still while a goroutine can run, and jumps to the next timer when all
// of them wait. A call that takes an hour costs nothing, and durations are
// exact. Bubble also reports what would otherwise end the whole run: a
// deadlock, and a panic in the goroutine of the test. A panic in another
// goroutine still ends the run; its report names the test, and the scene.
//
// goleak, on the first line, reports the goroutines that the test started and
// that are still there at its end. T tells its report in plain words.
//
// A Script holds the calls that the function under test is going to make: how
// long each takes, and how it ends. It hands them out in the form that the
// exercise needs (Sources, Tasks, Fetch, FetchContext) and records every call.
// The methods whose names begin with Want compare the record with what the
// exercise asks for.
//
// # Steps and scenes
//
// The tests of a part are the steps of a [Ladder]. The last step plays random
// scenes, see [Scenes]: some hundred small situations, the same on every run,
// each compared with the contract by a few lines of plain Go, the oracle. A
// [Scene] makes every choice by its own methods, which note it as a number. So
// the kit can play a scene that fails again with smaller numbers, and tells the
// smallest one that still fails.
//
// # The timeline
//
// Under a failure, and with go test -v, the record is drawn, one row a call,
// 40 columns for the whole time:
//
//	FetchAll |========================================|  0s .. 3s
//	a        |========================================|  0s .. 3s  apple
//	b        |=============x                          |  0s .. 1s  boom
//
// A row ends in x when its call failed, in ! when it was canceled, in / when it
// ended its goroutine, and in > when it had not ended by the end of the test. A
// staircase is a program that works sequentially, a block one that works
// concurrently.
//
// # What the bubble cannot see
//
// A goroutine that spins, or that waits for a mutex or for the network, does
// not count as waiting: the fake clock stands still, and the test would hang.
// A watchdog in real time ends the test run then, and says which test and
// which goroutine it was.
//
// The race detector sees less than in real time: between two moments of the fake
// clock all goroutines have waited, and what they did is taken to be in order. It
// finds what collides at the same moment.
package rehearsal
