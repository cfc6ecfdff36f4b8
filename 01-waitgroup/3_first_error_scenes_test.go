package waitgroup

import "example.com/errgroup-workshop/internal/rehearsal"

// kitFirstErrorScene plays calls of FirstError, and compares what they did with
// the contract.
func kitFirstErrorScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		script := a.Script("FirstError", "task", a.Calls(a.Size(2000), rehearsal.Vary{Fails: true, Exits: true})...)
		var err error
		a.Do(func() { err = FirstError(script.Tasks()) })
		a.Check(func() {
			script.WantAllAtOnce()
			made := script.Made()
			script.WantElapsed(rehearsal.Last(made), "the time of the slowest task")
			a.WantOneOf("FirstError", err, rehearsal.First(made), rehearsal.Errors(made), "the error that occurred first")
		})
	})
}
