package withcontext

import (
	"errors"
	"math"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitSleepScene says what the contract of Sleep wants in a random scene.
func kitSleepScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		script := a.Script("Sleep", "") // no calls: it takes the time
		ctx := a.Context()
		d := a.Duration()
		switch _, ends := ctx.Ended(); a.Number(20) {
		case 18:
			d = -d
		case 19:
			if ends != nil {
				d = math.MaxInt64
			}
		}
		a.Say("a Sleep of %v", d)

		var err error
		a.Do(func() { err = Sleep(ctx, d) })

		a.Check(func() {
			end, ended := ctx.Ended()
			if ended == nil || !ctx.DoneBefore() && end > d {
				script.WantElapsed(max(0, d), "the time that it was asked to wait")
				if err != nil {
					a.Fatalf("Sleep returned the error %q; want nil, because the context was not done by then", err)
				}
				return
			}
			script.WantElapsed(end, "the moment at which the context was done")
			if !errors.Is(err, ended) {
				a.Fatalf("Sleep returned %v; want %q, the error of its context", err, ended)
			}
		})
		s.Later(func() { ctx.WantNothingLeft("Sleep") })
	})
}
