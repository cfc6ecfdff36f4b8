package verdicts

import (
	"context"
	"testing"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// sources returns a test of random scenes in which the function gets sources.
func sources(function string, call func(sources []source), vary rehearsal.Vary) func(t *testing.T) {
	return rehearsal.Scenes(func(s *rehearsal.Scene) {
		s.PlayOne(func(a *rehearsal.Act) {
			script := a.Script(function, "source", a.Calls(a.Size(30), vary)...)
			a.Do(func() { call(script.Sources()) })
		})
	})
}

func TestSceneFails(t *testing.T) {
	rehearsal.Scenes(func(s *rehearsal.Scene) {
		s.PlayOne(func(a *rehearsal.Act) {
			script := a.Script("OnlyThree", "source", a.Calls(a.Size(30), rehearsal.Vary{})...)
			a.Do(func() { OnlyThree(script.Sources()) })
			a.Check(script.WantEachCalledOnce)
		})
	})(t)
}

func TestSceneLeaks(t *testing.T) {
	sources("Unbuffered", func(sources []source) { Unbuffered(sources) }, rehearsal.Vary{})(t)
}

func TestSceneInDeadlock(t *testing.T) {
	sources("WaitForTwo", WaitForTwo, rehearsal.Vary{Exits: true})(t)
}

func TestSceneEndsTheGoroutine(t *testing.T) {
	sources("OneByOne", func(sources []source) { OneByOne(sources) }, rehearsal.Vary{Exits: true})(t)
}

func TestScenePanics(t *testing.T) { sources("OverrunAtTwo", OverrunAtTwo, rehearsal.Vary{})(t) }

func TestScenePanicsElsewhere(t *testing.T) {
	sources("OverrunElsewhere", OverrunElsewhere, rehearsal.Vary{})(t)
}

func TestHangInScene(t *testing.T) { sources("LockAtTwo", LockAtTwo, rehearsal.Vary{})(t) }

func TestSceneOfTwoCalls(t *testing.T) {
	rehearsal.Scenes(func(s *rehearsal.Scene) {
		var memory Memory
		s.Play(func(a *rehearsal.Act) {
			script := a.Script("Ask", "source", rehearsal.Call{Name: "mail", Takes: a.Duration()})
			a.Do(func() { memory.Ask(script.Sources()[0]) })
			a.Check(script.WantEachCalledOnce)
		})
	})(t)
}

func TestSceneOfContext(t *testing.T) {
	rehearsal.Scenes(func(s *rehearsal.Scene) {
		s.PlayOne(func(a *rehearsal.Act) {
			script := a.Script("Ask", "fetch", rehearsal.Call{Name: "mail", Takes: a.Duration()})
			ctx := a.Context()
			var err error
			a.Do(func() { _, err = script.FetchContext(context.WithoutCancel(ctx), "mail") })
			a.Check(func() {
				if end, why := ctx.Ended(); why != nil && script.Made()[0].End > end && err == nil {
					a.Fatalf("Ask returned nil; want %q", why)
				}
			})
		})
	})(t)
}

func TestScenesPass(t *testing.T) {
	plays := 0
	rehearsal.Scenes(func(s *rehearsal.Scene) {
		plays++
		s.Play(func(a *rehearsal.Act) {
			script := a.Script("Together", "source", a.Calls(a.Size(2000), rehearsal.Vary{Exits: true, Repeat: true})...)
			a.Do(func() { GatherAll(script.Sources()) })
			a.Check(func() {
				script.WantAllAtOnce()
				script.WantElapsed(rehearsal.Last(script.Made()), "the time of the slowest source")
			})
		})
	})(t)
	if plays != 300 {
		t.Errorf("%d scenes were played; want 300", plays)
	}
}

func TestLadder(t *testing.T) {
	step := rehearsal.NewLadder(t)
	t.Run("passes", step.Bubble(func(t *rehearsal.T) {}))
	t.Run("fails", step.Bubble(func(t *rehearsal.T) { t.Fatal("this one fails") }))
	t.Run("is not run", step.Bubble(func(t *rehearsal.T) { t.Error("it runs") }))
	t.Run("is not run either", step.Real(func(t *testing.T) { t.Error("it runs") }))
	t.Run("plays no scene", step.Scenes(func(s *rehearsal.Scene) { s.Fatalf("it runs") }))
}

func TestLadderOfTwo(t *testing.T) {
	step := rehearsal.NewLadder(t)
	t.Run("fails", step.Bubble(func(t *rehearsal.T) { time.Sleep(time.Second); t.Error("this one fails") }))
	t.Run("is not run", step.Bubble(func(t *rehearsal.T) { t.Error("it runs") }))
}

// TestSceneRaces has a data race in each scene with two sources, and a verdict too.
func TestSceneRaces(t *testing.T) {
	if !rehearsal.RaceEnabled {
		t.Skip("only the race detector sees it")
	}
	rehearsal.Scenes(func(s *rehearsal.Scene) {
		s.PlayOne(func(a *rehearsal.Act) {
			script := a.Script("CountUnlocked", "source", a.Calls(a.Size(30), rehearsal.Vary{})...)
			a.Do(func() { CountUnlocked(script.Sources()) })
			a.Check(func() {
				if len(script.Made()) > 1 {
					a.Fatalf("CountUnlocked is wrong")
				}
			})
		})
	})(t)
}
