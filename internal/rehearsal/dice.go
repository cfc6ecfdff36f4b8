package rehearsal

import (
	"math/rand/v2"
	"time"
)

// A dice makes the choices of a scene. It notes them as numbers, of which a
// smaller one always makes a simpler scene, so that a scene that fails is made
// simpler by making its numbers smaller: whatever the scene is made of needs no
// code for that (Hypothesis calls them the choice sequence).
type dice struct {
	rng     *rand.Rand // nil: every choice that is not replayed is 0
	replay  []uint64   // choices to make again, in their order
	choices []uint64   // that were made
	crowd   uint64     // if not 0, the first size is about as large
}

// choose returns a number below limit: the next one to replay, or random's.
func (d *dice) choose(limit uint64, random func(rng *rand.Rand) uint64) uint64 {
	var v uint64
	switch i := len(d.choices); {
	case i < len(d.replay):
		v = d.replay[i]
	case d.rng != nil:
		v = random(d.rng)
	}
	v = min(v, limit-1)
	d.choices = append(d.choices, v)
	return v
}

// number returns a number below n, each as likely as the others.
func (d *dice) number(n int) int {
	return int(d.choose(uint64(n), func(rng *rand.Rand) uint64 { return rng.Uint64N(uint64(n)) }))
}

// percent returns true in so many of a hundred scenes; false is simpler.
func (d *dice) percent(p int) bool {
	return d.choose(2, func(rng *rand.Rand) uint64 {
		if rng.IntN(100) < p {
			return 1
		}
		return 0
	}) == 1
}

// size returns how many there are of something, at most most: some, and now and
// then none or one. A scene with a crowd has that many once.
func (d *dice) size(most int) int {
	return int(d.choose(uint64(most)+1, func(rng *rand.Rand) uint64 {
		if n := d.crowd; n > 0 {
			d.crowd = 0
			return n + rng.Uint64N(n/2)
		}
		switch p := rng.IntN(20); {
		case p == 0:
			return 0
		case p < 3:
			return 1
		case p < 16:
			return 2 + rng.Uint64N(4)
		}
		return 6 + rng.Uint64N(15)
	}))
}

// crowds returns how large the crowd of a scene is: seldom hundreds, and once
// thousands, because they take as long as all other scenes together.
func crowds(seed int) uint64 {
	switch {
	case seed%300 == 149:
		return 1400
	case seed%75 == 37:
		return 300
	}
	return 0
}

// Simple durations are powers of two of a second, so that no sum of some is
// the sum of others: simple scenes have no ties either.
const simpleDurations = 23 // 0, 1s, 2s, 4s, ... 24 days

// duration returns a duration, from 0 to weeks. Random ones are counted in
// nanoseconds, so that two sums of them meet with a chance of some millionths.
func (d *dice) duration() time.Duration {
	v := d.choose(1<<62, func(rng *rand.Rand) uint64 {
		below := func(d time.Duration) uint64 { return simpleDurations + rng.Uint64N(uint64(d)) }
		switch p := rng.IntN(100); {
		case p < 12:
			return 0
		case p < 20:
			return below(time.Millisecond)
		case p < 40:
			return below(time.Second)
		case p < 70:
			return below(2 * time.Minute)
		case p < 90:
			return below(24 * time.Hour)
		}
		return below(6 * 7 * 24 * time.Hour)
	})
	switch {
	case v == 0:
		return 0
	case v < simpleDurations:
		return time.Second << (v - 1)
	}
	return time.Duration(v)
}
