// The errors of all tries are joined. In production the error of a source that is
// up again, and says what is wrong with the request, looks like a timeout.
//
// Refused by: TestRetryFetcher/returns the error of the last try, and doesn't wait after it
// Says: which matches "early error"; want "late error" alone

package main

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"time"
)

type RetryFetcher struct {
	Fetcher

	Tries int

	Wait time.Duration

	Jitter func(time.Duration) time.Duration
}

func (f RetryFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	wait := max(f.Wait, 0)
	var errs []error
	for try := 1; ctx.Err() == nil; try++ {
		err := f.Fetcher.Fetch(ctx, email, results)
		errs = append(errs, err)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err() // err may be no more than what that did to the try
		case try >= f.Tries:
			return errors.Join(errs...)
		}

		timer := time.NewTimer(f.jitter(wait))
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
		if wait <= math.MaxInt64/2 {
			wait *= 2
		}
	}
	return ctx.Err()
}

func (f RetryFetcher) jitter(d time.Duration) time.Duration {
	if f.Jitter != nil {
		return f.Jitter(d)
	}
	half := d / 2
	return half + rand.N(d-half+1) // rand.N needs an argument above zero, so + 1
}
