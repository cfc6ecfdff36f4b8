package withcontext

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

func TestSleep(t *testing.T) {
	t.Run("waits for the whole time while the context lives", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		for _, d := range []time.Duration{3 * time.Second, time.Millisecond, 0, -time.Second} {
			script := t.Script("Sleep", "call")

			err := Sleep(t.Context(), d)

			script.WantElapsed(max(0, d), "the time that it was asked to wait: make a timer, and receive from its channel")
			if err != nil {
				t.Fatalf("Sleep returned the error %q; want nil, because the context was not done", err)
			}
		}
	}))

	t.Run("returns the context's error at the moment of its end", func(t *testing.T) {
		for _, tt := range []struct {
			name string
			end  func(ctx context.Context) (context.Context, context.CancelFunc)
			want error
		}{
			{"canceled after 2s", cancelAfter(2 * time.Second), context.Canceled},
			{"deadline after 2s", deadlineAfter(2 * time.Second), context.DeadlineExceeded},
			{"canceled with a cause after 2s", cancelAfterWithCause(2 * time.Second), context.Canceled},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				script := t.Script("Sleep", "call")

				err := Sleep(ctx, time.Hour)

				script.WantElapsed(2*time.Second, "the moment at which the context was done")
				wantContextError(t, "Sleep", err, tt.want)
			}))
		}
	})

	t.Run("returns at once when the context is already done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		script := t.Script("Sleep", "call")

		err := Sleep(ctx, time.Hour)

		script.WantElapsed(0, "because the context was already done")
		wantContextError(t, "Sleep", err, context.Canceled)
	}))
}

// wantContextError fails the test unless errors.Is finds want in the error.
func wantContextError(t testing.TB, function string, err, want error) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("%s returned nil although the context was done; want an error that matches %q, "+
			"so that the caller can tell the work was not finished", function, want)
	case !errors.Is(err, want):
		t.Fatalf("%s returned the error %q; want one that matches %q, the error of its context", function, err, want)
	}
}

type endContext = func(ctx context.Context) (context.Context, context.CancelFunc)

func cancelAfter(d time.Duration) endContext {
	return func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		time.AfterFunc(d, cancel)
		return ctx, cancel
	}
}

func deadlineAfter(d time.Duration) endContext {
	return func(ctx context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(ctx, d)
	}
}

func cancelAfterWithCause(d time.Duration) endContext {
	return func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(ctx)
		time.AfterFunc(d, func() { cancel(errors.New("the user has closed the window")) })
		return ctx, func() { cancel(nil) }
	}
}
