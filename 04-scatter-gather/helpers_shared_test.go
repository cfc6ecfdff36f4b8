package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// kitWantSharable fails the test unless one decorator around a kitEcho can be used
// by many goroutines at the same time. It must return the errors of the echo if it
// passes them on.
func kitWantSharable(t *rehearsal.T, function string, decorator Fetcher, passesErrors bool) {
	t.Helper()
	kitWantManyAtOnce(t, function, decorator, func(i int) (email string, want []Result, err error) {
		if i%4 != 3 {
			email = fmt.Sprintf("ada%d@example.com", i)
			return email, []Result{{"email", email}}, nil
		}
		email = fmt.Sprintf("bad%d@example.com", i)
		if passesErrors {
			err = kitEchoError{email}
		}
		return email, nil, err
	})
}

// kitWantManyAtOnce fails the test unless the fetcher, asked by 40 goroutines at
// the same time, gives each of them what ask says: about which email number i asks
// it, and which results and error that one wants.
func kitWantManyAtOnce(t *rehearsal.T, function string, fetcher Fetcher, ask func(i int) (email string, want []Result, err error)) {
	t.Helper()
	meet := t.Crowd()
	const n = 40
	var wg sync.WaitGroup
	var got [n][]Result
	var errs [n]error
	for i := range n {
		email, _, _ := ask(i)
		wg.Go(func() {
			results := make(chan Result, 2)
			meet()
			errs[i] = fetcher.Fetch(kitBusyContext{t.Context()}, email, results)
			got[i] = kitDrain(results)
		})
	}
	wg.Wait()

	for i := range n {
		email, want, wantErr := ask(i)
		if !slices.Equal(got[i], want) || !errors.Is(errs[i], wantErr) {
			t.Fatalf("%s, called by %d goroutines at the same time, gave %v and the error %v for %q; want %v and %v: "+
				"keep what belongs to one call in variables of Fetch, not in the struct that all calls share",
				function, n, got[i], errs[i], email, want, wantErr)
		}
	}
}
