package withcontext

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
	kitnetwork "example.com/errgroup-workshop/internal/rehearsal/network"
)

func TestServe(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("runs all services until the context is done, and stops cleanly", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range kitEndings {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.at(t.Context(), 10*time.Second)
				defer cancel()
				script := t.Script("Serve", "service")
				mail, chat := kitNewFakeService(), kitNewFakeService()

				err := Serve(ctx, time.Minute, mail, chat)

				script.WantElapsed(10*time.Second, "the moment at which the context was done")
				mail.wantShutdown(t, "first", 10*time.Second)
				chat.wantShutdown(t, "second", 10*time.Second)
				kitWantCleanStop(t, err)
			}))
		}
	}))

	t.Run("shuts all services down when one fails, and returns its error", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Serve", "service")
		mail, chat := kitNewFakeService(), kitNewFakeService()
		chat.endsAfter, chat.fails = 3*time.Second, rehearsal.ErrEarly

		err := Serve(t.Context(), time.Minute, mail, chat)

		script.WantElapsed(3*time.Second, "the moment at which the second service failed")
		mail.wantShutdown(t, "first", 3*time.Second)
		chat.wantShutdown(t, "second", 3*time.Second)
		kitWantFailure(t, err, rehearsal.ErrEarly)
	}))

	t.Run("gives work in flight the grace to finish", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 10*time.Second)
		defer cancel()
		script := t.Script("Serve", "service")
		mail := kitNewFakeService()
		mail.work = 20 * time.Second

		err := Serve(ctx, time.Minute, mail)

		script.WantElapsed(30*time.Second, "10s of service and 20s of work in flight "+
			"(Shutdown needs a context that isn't done yet)")
		if err != nil {
			t.Errorf("Serve returned the error %q; want nil, because the work ended within the grace of 1m", err)
		}
	}))

	t.Run("waits for a service that takes its time to return", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 10*time.Second)
		defer cancel()
		script := t.Script("Serve", "service")
		mail := kitNewFakeService()
		mail.lingers = 20 * time.Second

		err := Serve(ctx, time.Minute, mail)

		script.WantElapsed(30*time.Second, "10s of service and 20s until Run returned")
		kitWantCleanStop(t, err)
	}))

	t.Run("carries on when a service ends without an error", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 10*time.Second)
		defer cancel()
		script := t.Script("Serve", "service")
		mail, chat := kitNewFakeService(), kitNewFakeService()
		mail.endsAfter = 3 * time.Second

		err := Serve(ctx, time.Minute, mail, chat)

		script.WantElapsed(10*time.Second, "the moment at which the context was done")
		mail.wantShutdown(t, "first", 10*time.Second)
		chat.wantShutdown(t, "second", 10*time.Second)
		kitWantCleanStop(t, err)
	}))

	t.Run("shuts the services down at the same time", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 10*time.Second)
		defer cancel()
		script := t.Script("Serve", "service")
		mail, chat := kitNewFakeService(), kitNewFakeService()
		mail.work, chat.work = 40*time.Second, 30*time.Second

		err := Serve(ctx, time.Minute, mail, chat)

		script.WantElapsed(50*time.Second, "10s of service and 40s for the slower shutdown")
		if err != nil {
			t.Errorf("Serve returned the error %q; want nil, because the work ended within the grace of 1m", err)
		}
	}))

	t.Run("returns the error of a shutdown that takes longer than the grace", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 10*time.Second)
		defer cancel()
		script := t.Script("Serve", "service")
		mail := kitNewFakeService()
		mail.work = time.Hour

		err := Serve(ctx, time.Minute, mail)

		script.WantElapsed(70*time.Second, "10s of service and the grace of 1m, which begins when the stop begins")
		if err == nil {
			t.Errorf("Serve returned nil although a Shutdown had not ended within the grace; want its error")
		}
	}))

	t.Run("completes the request that an HTTP server has in flight", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 10*time.Second)
		defer cancel()
		net := kitnetwork.New()
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Second)
			io.WriteString(w, "complete")
		})}
		client := &http.Client{Transport: net.Transport()}
		defer client.CloseIdleConnections()
		answer := make(chan string, 1)
		go func() {
			time.Sleep(5 * time.Second)
			answer <- kitGet(client, "http://server/")
		}()

		err := Serve(ctx, time.Minute, kitHttpService{server, net})

		if err != nil {
			t.Errorf("Serve returned the error %q; want nil after a clean stop", err)
		}
		select {
		case got := <-answer:
			if got != "complete" {
				t.Errorf("the request that was in flight got %q; want its complete answer", got)
			}
		case <-time.After(time.Hour):
			t.Error("the request that was in flight got no answer; want Serve to run the server, and let it finish")
		}
	}))

	// Run may have returned before Serve looks, or while it starts others.
	t.Run("loses no failure of a service that fails at once", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		t.Stumble(func() string {
			service := kitNewFakeService()
			service.failsAtOnce = rehearsal.ErrEarly
			if err := Serve(context.Background(), time.Minute, service); err == nil {
				return `Serve returned nil; want "early error", with which Run had failed at once: ` + rehearsal.Overtaken
			}
			return ""
		})
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitServeScene))
}

// kitWantCleanStop fails the test if Serve returned an error.
func kitWantCleanStop(t testing.TB, err error) {
	t.Helper()
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		t.Errorf("Serve returned the error %q after a clean stop; want nil: "+
			"was the context that it gave to Shutdown already done, or does it return its own error?", err)
	case err != nil:
		t.Errorf("Serve returned the error %q after a clean stop; want nil", err)
	}
}

// kitWantFailure fails the test unless errors.Is finds want in the error, and no
// other failure.
func kitWantFailure(t testing.TB, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("Serve returned nil; want %q, the first failure", want)
	case !errors.Is(err, want):
		t.Fatalf("Serve returned the error %q; want %q, the first failure", err, want)
	}
	for _, other := range []error{rehearsal.ErrLate, context.DeadlineExceeded} {
		if errors.Is(err, other) {
			t.Fatalf("Serve returned the error %q, which matches %q; want %q alone, the first failure", err, other, want)
		}
	}
}

// kitHttpService makes a Service of an HTTP server.
type kitHttpService struct {
	*http.Server
	listener net.Listener
}

func (s kitHttpService) Run() error {
	if err := s.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// kitGet returns the body of the answer, or the error as text.
func kitGet(client *http.Client, url string) string {
	response, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// A kitFakeService runs until it is shut down, or until endsAfter.
type kitFakeService struct {
	endsAfter   time.Duration // when Run returns by itself; 0 means never
	fails       error         // what Run returns in the end
	failsAtOnce error         // what Run returns at once
	lingers     time.Duration // how long Run takes to return after Shutdown was called
	work        time.Duration // how long the work takes that Shutdown waits for

	shutdownFails error // what Shutdown returns after the work

	began time.Time
	stop  chan struct{}

	mu        sync.Mutex
	shutdowns []time.Duration // when Shutdown was called
	grace     context.Context // what it was called with
}

func kitNewFakeService() *kitFakeService {
	return &kitFakeService{began: time.Now(), stop: make(chan struct{})}
}

func (s *kitFakeService) Run() error {
	if s.failsAtOnce != nil {
		return s.failsAtOnce
	}
	var end <-chan time.Time
	if s.endsAfter > 0 {
		end = time.After(s.endsAfter)
	}
	select {
	case <-s.stop:
		time.Sleep(s.lingers)
		return s.fails
	case <-end:
		return s.fails
	}
}

func (s *kitFakeService) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.shutdowns = append(s.shutdowns, time.Since(s.began))
	s.grace = ctx
	if len(s.shutdowns) == 1 {
		close(s.stop)
	}
	s.mu.Unlock()
	select {
	case <-time.After(s.work):
		return s.shutdownFails
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wantShutdown fails the test unless the service was shut down once, at the
// given time, with a context that has been canceled since.
func (s *kitFakeService) wantShutdown(t testing.TB, name string, at time.Duration) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case len(s.shutdowns) == 0:
		t.Errorf("Serve didn't call Shutdown of the %s service; want it called once, at %v", name, at)
	case len(s.shutdowns) > 1 || s.shutdowns[0] != at:
		t.Errorf("Serve called Shutdown of the %s service at %v; want once, at %v", name, s.shutdowns, at)
	case s.grace.Err() == nil:
		t.Errorf("the context of the Shutdown of the %s service lives on after Serve has returned; want one with a timeout of grace, "+
			"and canceled when Shutdown has returned", name)
	}
}
