package rehearsal

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing/synctest"
	"time"
)

// A Scene is one random situation in which the function under test is called,
// mostly once, sometimes several times, one after another or overlapping.
//
// Whatever is random in it comes from the methods of the scene and its acts, so
// that the same scenes are played on every run and machine, and one that fails
// can be made smaller.
type Scene struct {
	*T
	dice     dice
	acts     []*Act
	taken    map[time.Duration]bool // durations that are in use
	said     []string               // what concerns the whole scene
	verdict  string                 // the first fault that was found
	details  []string               // of the verdict
	blocked  bool                   // whether goroutines of its bubble are blocked forever
	atEnd    []func()               // to do when all calls have ended
	later    []func()               // checks of the whole scene
	complete bool                   // whether all of it has been drawn
}

// Number returns a number from 0 to n-1. A smaller one should be simpler.
func (s *Scene) Number(n int) int { return s.dice.number(n) }

// Percent returns true in p of a hundred scenes. False should be simpler.
func (s *Scene) Percent(p int) bool { return s.dice.percent(p) }

// Size returns how many there are of something: most often a few, now and then
// none, hundreds or thousands, but not more than most.
func (s *Scene) Size(most int) int { return s.dice.size(most) }

// OneOf returns one of the values. The first one should be the simplest.
func OneOf[V any](s *Scene, values ...V) V { return values[s.Number(len(values))] }

// Duration returns a duration from 0 to weeks. No other duration of the scene
// is the same, except 0.
func (s *Scene) Duration() time.Duration {
	d := s.dice.duration()
	if d == 0 {
		return 0
	}
	return s.unique(d)
}

// Moment is Duration from a millisecond on: in a small scene, 23ns would read like
// a riddle.
func (s *Scene) Moment() time.Duration {
	return s.unique(max(cmp.Or(s.dice.duration(), time.Second), time.Millisecond))
}

func (s *Scene) unique(d time.Duration) time.Duration {
	for s.taken[d] {
		if d%time.Second == 0 && d < 1<<(simpleDurations-1)*time.Second {
			d *= 2
		} else {
			d++
		}
	}
	s.taken[d] = true
	return d
}

// Say adds to the description of the scene what no act says: "the limit is 3".
func (s *Scene) Say(format string, args ...any) {
	s.said = append(s.said, fmt.Sprintf(format, args...))
}

// Fatalf ends the scene with a fault. Only the scene's own functions may call
// it: those that draw, and those that check.
func (s *Scene) Fatalf(format string, args ...any) {
	s.fault(fmt.Sprintf(format, args...), nil)
	panic(sceneEnd{})
}

// sceneEnd is the value of the panic that ends a scene with a fault.
type sceneEnd struct{}

// fault notes the first fault of the scene.
func (s *Scene) fault(message string, details []string) {
	s.locked(func() {
		if s.verdict == "" {
			s.verdict, s.details = message, details
		}
	})
}

func (s *Scene) faulty() (yes bool) {
	s.locked(func() { yes = s.verdict != "" })
	return yes
}

// An Act is one call of the function under test in a scene.
type Act struct {
	*Scene
	after    time.Duration // the call before: it starts so long after the start of that
	overlap  bool          // with the call before; otherwise it starts when that has returned
	scripts  []*Script
	contexts []*Context
	began    time.Time
	said     []string
	do       func()
	check    func()
	done     chan struct{}
}

// Say adds to the description of the act what the kit doesn't know.
func (a *Act) Say(format string, args ...any) {
	a.said = append(a.said, fmt.Sprintf(format, args...))
}

// Script is [T.Script], for the calls that the act makes; time is counted from
// the start of the act.
func (a *Act) Script(function, noun string, calls ...Call) *Script {
	script := a.T.Script(function, noun, calls...)
	a.scripts = append(a.scripts, script)
	return script
}

// Do says how the act calls the function under test. It runs later, in a
// goroutine of its own when acts overlap, and must not fail the scene: it stores
// what the function returned.
func (a *Act) Do(call func()) { a.do = call }

// Check says how the act looks at what the function did. It runs when all acts
// have been played and all their calls have ended, so it finds out as well
// whether a later act has changed the result of an earlier one.
func (a *Act) Check(check func()) { a.check = check }

// Play plays one act, and sometimes two or three: it calls draw for each, which
// draws what the act is made of, and gives it a Do and a Check; then it plays and
// checks them.
func (s *Scene) Play(draw func(a *Act)) {
	switch n := s.Number(25); { // one choice: whatever it is, the first act is the same
	case n < 20:
		s.play(1, draw)
	case n < 24:
		s.play(2, draw)
	default:
		s.play(3, draw)
	}
}

// PlayOne is Play for a single act.
func (s *Scene) PlayOne(draw func(a *Act)) { s.play(1, draw) }

func (s *Scene) play(n int, draw func(a *Act)) {
	for i := range n {
		a := &Act{Scene: s, done: make(chan struct{})}
		if i > 0 {
			a.overlap = s.Percent(50)
			a.after = s.Duration()
		}
		s.acts = append(s.acts, a)
		draw(a)
	}
	s.complete = true
	playing.Store(s)
	s.label()
	s.perform()
	for _, a := range s.acts {
		if a.check != nil {
			a.check()
		}
	}
	for _, check := range s.later {
		check()
	}
}

// Later adds a check of the whole scene, after those of the acts.
func (s *Scene) Later(check func()) { s.later = append(s.later, check) }

// AtEnd calls end when all acts have been played and all their calls have ended,
// however the scene ends: a goroutine that the test has started can be told so.
func (s *Scene) AtEnd(end func()) {
	end = sync.OnceFunc(end)
	s.atEnd = append(s.atEnd, end)
	s.T.Cleanup(end)
}

// perform plays the acts that were drawn, and waits for the end of every call.
func (s *Scene) perform() {
	before := runtime.NumGoroutine()
	for i, a := range s.acts {
		if i > 0 && !a.overlap {
			<-s.acts[i-1].done
		}
		time.Sleep(a.after)
		a.begin()
		go a.play()
	}
	for _, a := range s.acts {
		<-a.done
	}
	if s.faulty() {
		panic(sceneEnd{})
	}
	synctest.Wait() // a goroutine that the last act has started may not have called yet
	s.waitForCalls()
	synctest.Wait()
	for _, end := range s.atEnd {
		end()
	}
	if len(s.atEnd) > 0 {
		synctest.Wait()
	}
	if s.faulty() {
		panic(sceneEnd{})
	}
	if runtime.NumGoroutine() > before {
		if leaked := leakedInBubble(dump()); len(leaked) > 0 {
			s.fault(leakMessage(len(leaked)), s.describeLeaked(leaked))
			panic(sceneEnd{})
		}
	}
}

// begin starts the clock of what the act has drawn.
func (a *Act) begin() {
	a.began = time.Now()
	for _, script := range a.scripts {
		script.began = a.began
	}
	for _, ctx := range a.contexts {
		ctx.begin()
	}
}

func (a *Act) play() {
	defer close(a.done)
	returned := false
	defer func() {
		if p := recover(); p != nil {
			a.fault(describePanic(p), nil)
			a.functionEnded(failed, "panic")
		} else if !returned {
			a.fault(describeGoexit(a.scripts), nil)
			a.functionEnded(exited, "")
		}
	}()
	a.do()
	a.functionEnded(ended, "")
	returned = true
}

// functionEnded notes how the function under test has ended.
func (a *Act) functionEnded(how ending, note string) {
	for _, script := range a.scripts {
		script.functionEnded(how, note)
	}
}

// describe says what happens in the scene, in the order in which it was drawn.
func (s *Scene) describe() []string {
	lines := slices.Clone(s.said)
	for i, a := range s.acts {
		var parts []string
		for _, script := range a.scripts {
			parts = append(parts, script.describe()...)
		}
		parts = append(parts, a.said...)
		text := strings.Join(parts, "; ")
		switch {
		case len(s.acts) == 1:
		case i == 0:
			text = "first call: " + text
		case a.overlap:
			text = fmt.Sprintf("next call, %v after the start of the one before: %s", a.after, text)
		case a.after > 0:
			text = fmt.Sprintf("next call, %v after the one before has returned: %s", a.after, text)
		default:
			text = "next call, when the one before has returned: " + text
		}
		lines = append(lines, text)
	}
	if !s.complete {
		lines = append(lines, "(the scene was not drawn to its end)")
	}
	return lines
}
