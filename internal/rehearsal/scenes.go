package rehearsal

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// sceneCount is how many scenes a test plays, from the same seeds on every run.
// The environment variable REHEARSAL_SCENES says another number, to look among
// many more for a wrong answer, or for a scene that is not fair.
const sceneCount = 300

// Scenes returns a test, for t.Run, that plays random scenes, each in its own
// bubble: play draws what a scene is made of, and plays its acts. When a scene
// fails, the test makes it as small as it gets while it still fails, and tells
// that one. It ends with the first scene that fails.
func Scenes(play func(s *Scene)) func(t *testing.T) {
	return func(t *testing.T) { runScenes(t, play) }
}

func runScenes(outer *testing.T, play func(s *Scene)) {
	Watch(outer)
	n := setting(outer, "REHEARSAL_SCENES", sceneCount)
	// What the exercise prints is for one scene, the one that is told.
	restoreOutput := sync.OnceFunc(dropOutput())
	defer restoreOutput()
	// On one processor a scene plays in the same order on every run and machine,
	// and in half of the time. Crowds, and the last quarter, play on all processors.
	processors := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(processors)
	for seed := range n {
		crowd := crowds(seed)
		if crowd > 0 || seed >= n*3/4 {
			runtime.GOMAXPROCS(processors)
		} else {
			runtime.GOMAXPROCS(1)
		}
		s := playScene(outer, dice{rng: rand.New(rand.NewPCG(uint64(seed), 0)), crowd: crowd}, play)
		if !s.faulty() {
			continue
		}
		which := "one"
		if !outer.Failed() { // by the race detector, which doesn't report the same race twice
			s = shrink(s, func(d dice) *Scene { return playScene(outer, d, play) })
			restoreOutput()
			playScene(outer, dice{replay: s.dice.choices}, play)
			which = "the smallest"
		}
		s.tell(outer, fmt.Sprintf("%s of %d random scenes in which this was seen:", which, n))
		return
	}
}

// playing is the scene that is being played, for the watchdog.
var playing atomic.Pointer[Scene]

// playScene plays a scene, and returns it with its verdict.
func playScene(outer *testing.T, d dice, play func(s *Scene)) *Scene {
	s := &Scene{T: new(T), dice: d, taken: make(map[time.Duration]bool)}
	s.T.scene = s
	sceneBegin.Store(steps.Add(1))
	defer playing.Store(nil)
	// In a goroutine of its own: after a data race, synctest.Test ends the one that
	// called it.
	over := make(chan struct{})
	go func() {
		defer close(over)
		defer s.recoverDeadlock()
		synctest.Test(outer, func(inner *testing.T) {
			s.enter(inner)
			defer s.recoverPanic()
			play(s)
		})
	}()
	<-over
	if outer.Failed() {
		s.fault("data race: the report above says which lines; it was found in this scene", nil)
	}
	return s
}

// recoverDeadlock makes a fault of the panic by which synctest.Test says that
// all goroutines of the bubble are blocked.
func (s *Scene) recoverDeadlock() {
	if p := recover(); p != nil {
		message, _ := describeDeadlock(p)
		s.fault(message, nil)
		s.locked(func() { s.blocked = true })
	}
}

// tell fails the test with what the scene did, below the title.
func (s *Scene) tell(outer *testing.T, title string) {
	var message string
	var details []string
	var blocked bool
	s.locked(func() { message, details, blocked = s.verdict, s.details, s.blocked })
	if blocked && details == nil {
		details = append(describeBubble(dump(), s.bubble), s.describeExits()...)
	}
	outer.Fail()
	writeMessage(outer.Output(), message, details)
	writeMessage(outer.Output(), title, s.describe())
	for _, a := range s.acts {
		for _, script := range a.scripts {
			if !script.began.IsZero() && len(script.calls) > 0 {
				fmt.Fprint(outer.Output(), script.timeline(false))
			}
		}
	}
}
