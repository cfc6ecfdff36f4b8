package rehearsal

import (
	"runtime"
	"sync/atomic"
	"unsafe"
)

const (
	// The stack of a goroutine grows when less than a guard of it is left: it is
	// copied to one of twice the size. To copy 4,000 frames or more takes some
	// 100 µs, as long as another processor needs to wake.
	stumbleStack = 128 << 10
	// Where the rounds of a sweep begin: so far before that point, in bytes, so
	// that the stack grows in another call of f each time. To get to a select and
	// into it takes more than stumbleNear, and seldom more than stumbleFar.
	stumbleNear = 640
	stumbleFar  = 1664
	stumbleStep = 32
	// Before a sweep, so many probes ask whether another processor makes use of
	// the pause, and the sweeps end when so many found that. By then a select that
	// could take either of two cases has taken the wrong one about 12 times; of
	// 1,500 runs none missed it.
	stumbleProbes = 2
	stumbleMet    = 12
	// Where other processors are seldom free, the sweeps end all the same.
	maxSweeps = 40
)

// Overtaken is help for an error that Stumble found to be lost.
const Overtaken = "when several cases of a select are ready, it takes any of them, " +
	"a select with a default takes that when nobody has come to the other side yet, " +
	"and an error that is stored after Done comes too late: of the deferred calls the last one runs first"

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
	frame, guard := stumbleFrame(), stumbleGuard()
	faults := make(chan string)
	stumble := func(before int, f func() string) string {
		go func() {
			var fault string
			// Deferred: f may end its goroutine.
			defer func() { faults <- fault }()
			growStack()
			dive((stumbleStack-guard-before)/frame, func() { fault = f() })
		}()
		return <-faults
	}
	met := 0
	probe := func() string {
		var began atomic.Bool
		go began.Store(true)
		dive(stumbleNear/frame, func() {}) // here the stack grows
		if began.Load() {
			met++
		}
		return ""
	}

	for sweep := 0; sweep < maxSweeps && met < stumbleMet; sweep++ {
		for range stumbleProbes {
			stumble(stumbleNear, probe)
		}
		for before := stumbleNear; before < stumbleFar; before += stumbleStep {
			steps.Add(1)
			if fault := stumble(before+sweep%2*stumbleStep/2, f); fault != "" {
				t.Fatalf("%s", fault)
			}
		}
	}
}

// stumbleGuard returns how much of a stack is left when it grows: stackGuard in
// the runtime's stack.go.
func stumbleGuard() int {
	guard := 800 + 128
	if RaceEnabled {
		guard += 800 // StackGuardMultiplier in internal/runtime/sys
	}
	if runtime.GOOS == "windows" {
		guard += 4096 // stackSystem in stack.go
	}
	return guard
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
	for {
		var top, low uintptr
		dive(0, func() { top = stackPointer() })
		dive(1, func() { low = stackPointer() })
		// Where the stack has moved in between, the difference is anything.
		if size := int(top - low); size > 0 && size < stumbleNear {
			return size
		}
	}
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
