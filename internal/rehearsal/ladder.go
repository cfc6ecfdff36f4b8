package rehearsal

import (
	"fmt"
	"strings"
	"testing"
)

// A Ladder is the steps of one part, from easy to subtle. After a step has
// failed, the later ones are skipped: their messages would speak of the same
// fault, or of one that a learner can't see yet.
type Ladder struct {
	failed bool
	notRun int
}

// NewLadder returns the ladder of the test t. Its steps are subtests of t:
//
//	step := rehearsal.NewLadder(t)
//	t.Run("waits for a source", step.Bubble(func(t *rehearsal.T) { ... }))
//	t.Run("keeps its contract in random scenes", step.Scenes(func(s *rehearsal.Scene) { ... }))
//
// go test -run runs any of them alone.
func NewLadder(t *testing.T) *Ladder {
	l := new(Ladder)
	noun := "step"
	if strings.Contains(t.Name(), "/") {
		noun = "case" // of a step
	}
	t.Cleanup(func() {
		switch l.notRun {
		case 0:
		case 1:
			fmt.Fprintf(t.Output(), "1 later %s was not run: make this one pass first\n", noun)
		default:
			fmt.Fprintf(t.Output(), "%d later %ss were not run: make this one pass first\n", l.notRun, noun)
		}
	})
	return l
}

// Bubble returns a step that runs f under fake time; see the function [Bubble].
func (l *Ladder) Bubble(f func(t *T)) func(t *testing.T) {
	return func(t *testing.T) { l.step(t, func() { runInBubble(t, f) }) }
}

// Scenes returns a step that plays random scenes; see the function [Scenes].
func (l *Ladder) Scenes(play func(s *Scene)) func(t *testing.T) {
	return func(t *testing.T) { l.step(t, func() { runScenes(t, play) }) }
}

// Real returns a step that runs f in real time, such as one that makes
// subtests: those can't be made in a bubble.
func (l *Ladder) Real(f func(t *testing.T)) func(t *testing.T) {
	return func(t *testing.T) { l.step(t, func() { f(t) }) }
}

func (l *Ladder) step(t *testing.T, run func()) {
	if l.failed {
		l.notRun++
		t.Skip("not run: an earlier step failed")
	}
	// Deferred: FailNow ends the goroutine.
	defer func() { l.failed = t.Failed() }()
	run()
}
