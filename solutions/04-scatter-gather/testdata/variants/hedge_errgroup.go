// A group runs the requests, and its second goroutine waits before it asks. A
// sync.Once keeps the first answer, which ends the contexts.

package main

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type HedgeFetcher struct {
	Fetcher
	After time.Duration
}

func (f HedgeFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		g        errgroup.Group // its Wait gives the error that occurred first
		once     sync.Once
		answered = make(chan []Result, 1)
		failed   = make(chan struct{})
	)
	answer := func(all ...Result) {
		once.Do(func() {
			cancel()
			answered <- all
		})
	}
	ask := func() error {
		inner, ended := make(chan Result, 1), make(chan error, 1)
		go func() { ended <- f.Fetcher.Fetch(both, email, inner) }()
		select {
		case result := <-inner:
			answer(result)
			return nil
		case err := <-ended:
			if err != nil {
				return err
			}
			close(inner)
			if result, ok := <-inner; ok {
				answer(result)
			} else {
				answer()
			}
			return nil
		}
	}
	g.Go(func() error {
		err := ask()
		if err != nil {
			close(failed)
		}
		return err
	})
	g.Go(func() error {
		timer := time.NewTimer(f.After)
		defer timer.Stop()
		select {
		case <-both.Done():
			return nil
		case <-timer.C:
		case <-failed:
		}
		if both.Err() != nil {
			return nil
		}
		return ask()
	})
	ended := make(chan error, 1)
	go func() { ended <- g.Wait() }()

	pass := func(all []Result) error {
		for _, result := range all {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case results <- result:
			}
		}
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case all := <-answered:
		return pass(all)
	case err := <-ended:
		select {
		case all := <-answered:
			return pass(all)
		default:
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
}
