package rehearsal

import (
	"runtime"
	"slices"
	"strings"
)

// How much shrinking may cost: so many scenes, and so many calls in them.
const (
	maxShrinks     = 1500
	maxShrinkCalls = 200_000
	// A deadlock leaves its goroutines behind: they end with the test run.
	maxDeadlocks = 100
)

// A shrinker makes the choices of a scene smaller while the scene still fails.
type shrinker struct {
	best  *Scene
	play  func(d dice) *Scene
	tries int
	calls int
	stuck int // scenes that ended in a deadlock
}

// shrink returns the smallest scene that it finds, by making some choice of s
// smaller as long as the scene still fails.
func shrink(s *Scene, play func(d dice) *Scene) *Scene {
	h := &shrinker{best: s, play: play}
	for improved := true; improved; {
		improved = h.zeroBlocks()
		improved = h.lowerEach() || improved
	}
	return h.best
}

// zeroBlocks makes blocks of choices 0, large blocks first.
func (h *shrinker) zeroBlocks() (improved bool) {
	for size := len(h.best.dice.choices); size > 0; size /= 2 {
		for from := 0; from < len(h.best.dice.choices) && !h.spent(); from += size {
			choices := slices.Clone(h.best.dice.choices)
			clear(choices[from:min(from+size, len(choices))])
			improved = h.try(choices) || improved
		}
	}
	return improved
}

// lowerEach lowers each choice as far as it can.
func (h *shrinker) lowerEach() (improved bool) {
	for i := 0; i < len(h.best.dice.choices) && !h.spent(); i++ {
		lower := func(v uint64) bool {
			if i >= len(h.best.dice.choices) || v >= h.best.dice.choices[i] {
				return false
			}
			choices := slices.Clone(h.best.dice.choices)
			choices[i] = v
			return h.try(choices)
		}
		for v := range uint64(6) { // a simple value at once
			if lower(v) {
				improved = true
				break
			}
		}
		// Halfway between what passes and what fails.
		for low := uint64(6); i < len(h.best.dice.choices) && low < h.best.dice.choices[i]; {
			middle := low + (h.best.dice.choices[i]-low)/2
			if lower(middle) {
				improved = true
			} else {
				low = middle + 1
			}
		}
	}
	return improved
}

// spent reports whether shrinking has cost all that it may. Its loops look, too:
// thousands of choices are costly to copy alone.
func (h *shrinker) spent() bool {
	return h.tries >= maxShrinks || h.calls >= maxShrinkCalls || h.stuck >= maxDeadlocks || runtime.NumGoroutine() > maxGoroutines/2
}

// try plays the scene of these choices, and keeps it if it fails and is smaller
// than the best one so far.
func (h *shrinker) try(choices []uint64) bool {
	if h.spent() || slices.Equal(choices, h.best.dice.choices) {
		return false
	}
	h.tries++
	s := h.play(dice{replay: choices})
	for _, script := range s.allScripts() {
		h.calls += len(script.calls)
	}
	if s.blocked {
		h.stuck++
	}
	if s.kind() != h.best.kind() || !smaller(s.dice.choices, h.best.dice.choices) {
		return false
	}
	h.best = s
	return true
}

// kind returns what kind of fault the scene has, "" for none: a small scene with
// another one would tell of something else.
func (s *Scene) kind() (kind string) {
	s.locked(func() { kind = s.verdict })
	for _, prefix := range []string{"deadlock", "goroutine leak", "panic", "data race"} {
		if strings.HasPrefix(kind, prefix) {
			return prefix
		}
	}
	if kind != "" {
		return "fault"
	}
	return ""
}

// smaller reports whether a makes a smaller scene than b: with fewer choices, or
// with smaller ones.
func smaller(a, b []uint64) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return slices.Compare(a, b) < 0
}
