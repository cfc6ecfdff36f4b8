package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// A kitEcho is a Fetcher that sends the email that it is asked about after a
// second, and fails with an error of its own for one that begins with "bad".
type kitEcho struct{}

type kitEchoError struct{ email string }

func (e kitEchoError) Error() string { return "nobody knows " + e.email }

func (kitEcho) Fetch(ctx context.Context, email string, results chan<- Result) error {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	if strings.HasPrefix(email, "bad") {
		return kitEchoError{email}
	}
	return kitSend(ctx, results, Result{"email", email})
}

// kitWantSharable fails the test unless one value can be used by many goroutines
// at the same time: the fetcher, which is made around a kitEcho, is asked by 40 of
// them about an email each. The errors of the echo must be returned if it passes
// them on.
func kitWantSharable(t *rehearsal.T, function string, fetcher Fetcher, passesErrors bool) {
	t.Helper()
	meet := t.Crowd()
	const n = 40
	var wg sync.WaitGroup
	var got [n][]Result
	var errs [n]error
	email := func(i int) string {
		if i%4 == 3 {
			return fmt.Sprintf("bad%d@example.com", i)
		}
		return fmt.Sprintf("ada%d@example.com", i)
	}
	for i := range n {
		wg.Go(func() {
			results := make(chan Result, 2)
			meet()
			errs[i] = fetcher.Fetch(t.Context(), email(i), results)
			got[i] = kitDrain(results)
		})
	}
	wg.Wait()

	for i := range n {
		var wantErr error
		want := []Result{{"email", email(i)}}
		if i%4 == 3 {
			want = nil
			if passesErrors {
				wantErr = kitEchoError{email(i)}
			}
		}
		same := len(got[i]) == len(want) && (want == nil || got[i][0] == want[0])
		if !same || !errors.Is(errs[i], wantErr) {
			t.Fatalf("%s, called by %d goroutines at the same time, gave %v and the error %v for %q; want %v and %v: "+
				"keep what belongs to one call in variables of Fetch, not in the struct that all calls share",
				function, n, got[i], errs[i], email(i), want, wantErr)
		}
	}
}
