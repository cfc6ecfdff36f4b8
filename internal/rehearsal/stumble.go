package rehearsal

import (
	"runtime"
	"sync/atomic"
	"unsafe"
)

const (
	// The stack of a goroutine grows when less than stumbleGuard of it is left:
	// it is copied to one of twice the size, see stackGuard in the runtime's
	// stack.go. To copy 4,000 frames or more takes some 100 µs.
	stumbleStack = 128 << 10
	stumbleGuard = 928
	// How far below that point a round begins: first so much, then a frame of
	// dive less each time, so that the stack grows in another call of f each
	// time.
	stumbleReach = 1280
	stumbleStep  = 16
	// A select that could take either of two cases takes the wrong one in three
	// or four of the 80 rounds of a sweep, if another processor helps. Four sweeps
	// miss that in less than one of ten thousand runs.
	stumbleSweeps = 4
	// Where it seldom helps there are more sweeps, up to maxSweeps. Each begins with
	// so many probes that ask whether it does. Beside four busy programs on two
	// processors, 8 sweeps missed a lost error in 3 of 100 runs, 12 in none.
	stumbleProbes = 8
	maxSweeps     = 16
)

// Stumble calls f some hundred times, each time in its own goroutine, and makes
// it stumble: between two of its steps, others each time, it pauses as long as
// another processor needs to get something done. What f has started in a
// goroutine may be over then before f goes on. It fails the test with the first
// fault that f returns; "" is none.
//
// The pause is the growth of the goroutine's stack.
func (t *T) Stumble(f func() (fault string)) {
	t.Helper()
	t.ManyProcessors()
	t.Quiet()
	frame, guard := stumbleFrame(), stumbleGuard
	if runtime.GOOS == "windows" {
		guard += 4096 // stackSystem in stack.go
	}
	faults := make(chan string)
	helped := 0
	for sweep := 0; sweep < maxSweeps && helped < stumbleSweeps*stumbleProbes; sweep++ {
		helped += helpers()
		for below := stumbleReach; below > 0; below -= stumbleStep {
			steps.Add(1)
			go func() {
				var fault string
				// Deferred: f may end its goroutine.
				defer func() { faults <- fault }()
				growStack()
				dive((stumbleStack-guard-below)/frame, func() { fault = f() })
			}()
			if fault := <-faults; fault != "" {
				t.Fatalf("%s", fault)
			}
		}
	}
}

// helpers returns how many of stumbleProbes goroutines another processor began
// to run while this one was busy for about as long as it takes to stumble.
func helpers() (n int) {
	for range stumbleProbes {
		var began atomic.Bool
		go began.Store(true)
		for range 100_000 {
			// busy
		}
		if began.Load() {
			n++
		}
	}
	return n
}

// dive calls f when so many frames are on the stack.
//
//go:noinline
func dive(frames int, f func()) int {
	if frames == 0 {
		f()
		return 0
	}
	return dive(frames-1, f) + 1 // used after the call: each call needs its own frame
}

// stumbleFrame returns the size of a frame of dive.
func stumbleFrame() int {
	var top, low uintptr
	dive(0, func() { top = stackPointer() })
	dive(1, func() { low = stackPointer() })
	return int(top - low)
}

//go:noinline
func stackPointer() uintptr {
	var here byte
	return uintptr(unsafe.Pointer(&here))
}

// growStack makes the stack of its goroutine as large as stumbleStack. It stays so.
//
//go:noinline
func growStack() byte {
	var room [stumbleStack * 5 / 8]byte
	return room[dive(1, func() {})]
}
