package rehearsal

import (
	"runtime"
	"sync/atomic"
	"time"
)

// Crowd returns a function that many goroutines are to call at the same time.
// Each call waits for a second of fake time, and then for one other caller:
// two by two, the goroutines go on at the very same moment, on two processors
// where the machine has them. What they then do without a lock collides.
//
// On a machine with a single processor nothing runs at the same moment; there
// only go test -race sees a missing lock.
func (t *T) Crowd() (meet func()) {
	t.ManyProcessors()
	t.Quiet()
	var arrived atomic.Int64
	return func() {
		steps.Add(1)
		time.Sleep(time.Second)
		n := arrived.Add(1)
		partner := n + n%2       // 1 waits for 2, 3 for 4
		for i := range 100_000 { // in vain, if the callers come one after another
			if arrived.Load() >= partner {
				return
			}
			if i%100 == 99 { // not each time: who comes back from that is late
				runtime.Gosched()
			}
		}
	}
}

// ManyProcessors sets GOMAXPROCS, until the end of the test, to more than most
// machines have, so that the system interrupts some goroutines in the middle of
// what they do. With 4, on two processors that other programs kept busy, a map
// without a lock was missed in 1 of 100 runs; with 16, in none of 300.
func (t *T) ManyProcessors() {
	before := runtime.GOMAXPROCS(16)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// Rounds returns how often to repeat a test that may miss a missing lock by
// chance: n times, or twice with the race detector, which is slow and doesn't
// miss it.
func Rounds(n int) int {
	if RaceEnabled {
		return 2
	}
	return n
}
