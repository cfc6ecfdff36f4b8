package withcontext

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// A kitScriptedService is a service whose Run and Shutdown are calls of two
// scripts. Its Shutdown cancels its Run.
type kitScriptedService struct {
	name            string
	runs, shutdowns *rehearsal.Script
	running         context.Context
	stop            context.CancelFunc
	_               [0]func() // so a Service can't be compared, nor be the key of a map
}

const kitStopOf = "stop of " // a call of Shutdown is named so, before the service's name

func (s kitScriptedService) Run() error {
	_, err := s.runs.FetchContext(s.running, s.name)
	return err
}

func (s kitScriptedService) Shutdown(ctx context.Context) error {
	s.stop()
	_, err := s.shutdowns.FetchContext(ctx, kitStopOf+s.name)
	return err
}

// kitServeScene says what the contract of Serve wants in a random scene.
func kitServeScene(s *rehearsal.Scene) {
	s.Play(func(a *rehearsal.Act) {
		vary := rehearsal.Vary{Fails: true, Context: true, Errors: []error{http.ErrServerClosed}}
		n := a.Size(700)
		runCalls, shutdownCalls := a.Calls(n, vary), a.Calls(n, vary)
		n = min(len(runCalls), len(shutdownCalls))
		runCalls, shutdownCalls = runCalls[:n], shutdownCalls[:n]
		for i := range n {
			shutdownCalls[i].Name = kitStopOf + runCalls[i].Name
			// The simplest Run returns nil when it is shut down.
			runCalls[i].WhenCanceled = rehearsal.ReturnsValue - runCalls[i].WhenCanceled
		}
		runs := a.Script("Serve", "Run", runCalls...)
		shutdowns := a.Script("Serve", "Shutdown", shutdownCalls...)
		ctx := a.Context()
		if n == 0 && ctx.Lives() {
			a.Do(func() {}) // whether Serve returns or waits then is open
			return
		}
		if ctx.Lives() && !slices.ContainsFunc(runCalls, func(c rehearsal.Call) bool { return c.Fails != nil }) {
			runCalls[0].Fails = errors.New("error 0") // else Serve never returns
		}
		grace := a.Duration()
		a.Say("the grace is %v", grace)
		if n > 0 {
			a.Say("the call of its Shutdown cancels a Run")
		}

		var began time.Time
		var living int // contexts of Shutdowns
		var err error
		a.Do(func() {
			began = time.Now()
			var services []Service
			for _, call := range runCalls {
				running, stop := context.WithCancel(context.Background())
				services = append(services, kitScriptedService{name: call.Name, runs: runs, shutdowns: shutdowns, running: running, stop: stop})
			}
			err = Serve(ctx, grace, services...)
			for _, m := range shutdowns.Made() {
				if m.Context.Err() == nil {
					living++
				}
			}
		})

		a.Check(func() {
			for _, script := range []*rehearsal.Script{runs, shutdowns} {
				if elapsed, underWay := script.Elapsed(); underWay > 0 {
					a.Fatalf("Serve returned after %v, while %d of its calls of Run or Shutdown ran on; want it to wait for all of them", elapsed, underWay)
				}
			}
			run, shutdown := runs.Made(), shutdowns.Made()
			stop, wanted := kitServeStop(ctx, run, shutdown)
			kitWantShutdowns(a, shutdown, began, stop, grace)
			if stop != 0 { // else a service may be left out that had not begun
				runs.WantAllAtOnce()
				shutdowns.WantEachCalledOnce()
			}
			kitWantPairs(a, run, shutdown)
			both := slices.Concat(run, shutdown)
			if n > 0 {
				runs.WantElapsed(rehearsal.Last(both), "the end of the last Run or Shutdown")
			}
			others := append(rehearsal.Errors(both), context.Canceled, context.DeadlineExceeded)
			a.WantOneOf("Serve", err, wanted, others, "the first failure")
			if living > 0 {
				a.Fatalf("the contexts of %d calls of Shutdown lived on after Serve had returned; want them canceled", living)
			}
			ctx.WantNothingLeft("Serve")
		})
	})
}

// kitServeStop returns when the first failure of a Run or the end of the context
// stopped the services, -1 for never, and the errors that occurred first.
func kitServeStop(ctx *rehearsal.Context, run, shutdown []rehearsal.Made) (stop time.Duration, wanted []error) {
	failed := kitFirstFailure(run)
	end, ended := ctx.Ended()
	if ended == nil || failed >= 0 && failed < end {
		return failed, rehearsal.First(run) // a Shutdown came after it, even at the same moment
	}
	return end, rehearsal.First(slices.Concat(run, shutdown))
}

// kitWantShutdowns fails the scene unless each Shutdown was called at the stop,
// and had its grace.
func kitWantShutdowns(a *rehearsal.Act, made []rehearsal.Made, began time.Time, stop, grace time.Duration) {
	for _, m := range made {
		deadline, limited := m.Context.Deadline()
		switch over := m.Start + grace; {
		case m.Start != stop:
			a.Fatalf("Serve called the Shutdown %q after %v; want %v, when the context was done or a Run failed", m.Name, m.Start, stop)
		case limited && !deadline.Equal(began.Add(over)):
			a.Fatalf("the Shutdown %q had a grace of %v; want %v: its context ends so long after the call", m.Name, deadline.Sub(began)-m.Start, grace)
		case m.End > over && !m.Ignores:
			a.Fatalf("the Shutdown %q ran for %v; want the end of its context after the grace of %v", m.Name, m.End-m.Start, grace)
		case m.Canceled && m.End != over:
			a.Fatalf("the Shutdown %q was canceled after %v; want a grace of %v, whatever happens to the context of Serve", m.Name, m.End-m.Start, grace)
		}
	}
}

// kitWantPairs fails the scene unless each service that ran was shut down once.
func kitWantPairs(a *rehearsal.Act, run, shutdown []rehearsal.Made) {
	times := make(map[string]int)
	for _, m := range shutdown {
		times[m.Name]++
	}
	for _, m := range run {
		if n := times[kitStopOf+m.Name]; n != 1 {
			a.Fatalf("Serve called the Shutdown %q %d times; want once", kitStopOf+m.Name, n)
		}
	}
}
