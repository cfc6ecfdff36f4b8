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
	"example.com/errgroup-workshop/internal/rehearsal/network"
)

func TestServe(t *testing.T) {
	t.Run("runs all services until the context is done, and stops cleanly", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		script := t.Script("Serve", "service")
		mail, chat := newFakeService(), newFakeService()

		err := Serve(ctx, time.Minute, mail, chat)

		script.WantElapsed(10*time.Second, "the moment at which the context was done")
		mail.wantShutdown(t, "first", 10*time.Second)
		chat.wantShutdown(t, "second", 10*time.Second)
		if err != nil {
			t.Errorf("Serve returned the error %q after a clean stop; want nil", err)
		}
	}))

	t.Run("shuts all services down when one fails, and returns its error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Serve", "service")
		mail, chat := newFakeService(), newFakeService()
		chat.endsAfter, chat.fails = 3*time.Second, errEarly

		err := Serve(t.Context(), time.Minute, mail, chat)

		script.WantElapsed(3*time.Second, "the moment at which the second service failed")
		mail.wantShutdown(t, "first", 3*time.Second)
		chat.wantShutdown(t, "second", 3*time.Second)
		if !errors.Is(err, errEarly) {
			t.Errorf("Serve returned the error %v; want %q, with which the second service failed", err, errEarly)
		}
	}))

	t.Run("gives the work that is under way the grace to end", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		script := t.Script("Serve", "service")
		mail := newFakeService()
		mail.work = 20 * time.Second

		err := Serve(ctx, time.Minute, mail)

		if err != nil {
			t.Fatalf("Serve returned the error %q; want nil, because the work ended within the grace of 1m: "+
				"give Shutdown a context of its own, for the one that has ended leaves no time", err)
		}
		script.WantElapsed(30*time.Second, "10s of service and 20s of work that was under way")
	}))

	t.Run("waits for a service that takes its time to return", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		script := t.Script("Serve", "service")
		mail := newFakeService()
		mail.lingers = 20 * time.Second

		err := Serve(ctx, time.Minute, mail)

		script.WantElapsed(30*time.Second, "10s of service and 20s until Run returned")
		if err != nil {
			t.Errorf("Serve returned the error %q after a clean stop; want nil", err)
		}
	}))

	t.Run("goes on when a service ends without an error", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		script := t.Script("Serve", "service")
		mail, chat := newFakeService(), newFakeService()
		mail.endsAfter = 3 * time.Second

		err := Serve(ctx, time.Minute, mail, chat)

		script.WantElapsed(10*time.Second, "the moment at which the context was done")
		chat.wantShutdown(t, "second", 10*time.Second)
		if err != nil {
			t.Errorf("Serve returned the error %q after a clean stop; want nil", err)
		}
	}))

	t.Run("shuts the services down at the same time", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		script := t.Script("Serve", "service")
		mail, chat := newFakeService(), newFakeService()
		mail.work, chat.work = 40*time.Second, 30*time.Second

		err := Serve(ctx, time.Minute, mail, chat)

		script.WantElapsed(50*time.Second, "10s of service and 40s for the slower shutdown")
		if err != nil {
			t.Errorf("Serve returned the error %q; want nil, because the work ended within the grace of 1m", err)
		}
	}))

	t.Run("returns the error of a shutdown that takes longer than the grace", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		script := t.Script("Serve", "service")
		mail := newFakeService()
		mail.work = time.Hour

		err := Serve(ctx, time.Minute, mail)

		script.WantElapsed(70*time.Second, "10s of service and the grace of 1m")
		wantContextError(t, "Serve", err, context.DeadlineExceeded)
	}))

	t.Run("returns the failure that came first, not one of the shutdowns after it", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		script := t.Script("Serve", "service")
		mail, chat := newFakeService(), newFakeService()
		mail.endsAfter, mail.fails = 3*time.Second, errEarly
		chat.work = time.Hour

		err := Serve(t.Context(), time.Minute, mail, chat)

		script.WantElapsed(63*time.Second, "3s of service and the grace of 1m")
		if !errors.Is(err, errEarly) {
			t.Errorf("Serve returned the error %v; want %q, the failure that came first", err, errEarly)
		}
	}))

	t.Run("completes the request that an HTTP server has in flight", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := cancelAfter(10 * time.Second)(t.Context())
		defer cancel()
		net := network.New()
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Second)
			io.WriteString(w, "complete")
		})}
		client := &http.Client{Transport: net.Transport()}
		defer client.CloseIdleConnections()
		answer := make(chan string, 1)
		go func() {
			time.Sleep(5 * time.Second)
			answer <- get(client, "http://server/")
		}()

		err := Serve(ctx, time.Minute, httpService{server, net})

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
}

// httpService makes a Service of an HTTP server.
type httpService struct {
	*http.Server
	listener net.Listener
}

func (s httpService) Run() error {
	if err := s.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// get returns the body of the answer, or the error as text.
func get(client *http.Client, url string) string {
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

// A fakeService runs until it is shut down, or until endsAfter.
type fakeService struct {
	endsAfter time.Duration // when Run returns by itself; 0 means never
	fails     error         // what it returns then
	lingers   time.Duration // how long Run takes to return after Shutdown was called
	work      time.Duration // how long the work takes that Shutdown waits for

	began time.Time
	stop  chan struct{}

	mu        sync.Mutex
	shutdowns []time.Duration // when Shutdown was called
}

func newFakeService() *fakeService {
	return &fakeService{began: time.Now(), stop: make(chan struct{})}
}

func (s *fakeService) Run() error {
	var end <-chan time.Time
	if s.endsAfter > 0 {
		end = time.After(s.endsAfter)
	}
	select {
	case <-s.stop:
		time.Sleep(s.lingers)
		return nil
	case <-end:
		return s.fails
	}
}

func (s *fakeService) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.shutdowns = append(s.shutdowns, time.Since(s.began))
	if len(s.shutdowns) == 1 {
		close(s.stop)
	}
	s.mu.Unlock()
	select {
	case <-time.After(s.work):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wantShutdown fails the test unless the service was shut down once, at the
// given time.
func (s *fakeService) wantShutdown(t testing.TB, name string, at time.Duration) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shutdowns) != 1 || s.shutdowns[0] != at {
		t.Errorf("Serve called Shutdown of the %s service at %v; want once, at %v", name, s.shutdowns, at)
	}
}
