// Package verdicts holds exercises that are solved wrongly, each in another
// way, and tests that use the kit. The tests of package rehearsal run them and
// compare what they print with the text files beside them.
package verdicts

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

type source = func() string

// OneByOne is a Gather that forgets that it is about goroutines.
func OneByOne(sources []source) (answers []string) {
	for _, source := range sources {
		answers = append(answers, source())
	}
	return answers
}

// Abandon waits for nothing but the first.
func Abandon(sources []source) string {
	first := make(chan string, len(sources))
	for _, source := range sources {
		go func() { first <- source() }()
	}
	return <-first
}

// Jam leaves the slower goroutines at an unbuffered channel.
func Jam(sources []source) string {
	first := make(chan string)
	for _, source := range sources {
		go func() {
			first <- source()
		}()
	}
	return <-first
}

// ForgetDone counts a goroutine that never says that it is done.
func ForgetDone(sources []source) {
	var wg sync.WaitGroup
	wg.Add(len(sources))
	for i, source := range sources {
		go func() {
			source()
			if i > 0 {
				wg.Done()
			}
		}()
	}
	wg.Wait()
}

// WaitForAll waits for a Done that isn't deferred.
func WaitForAll(sources []source) {
	var wg sync.WaitGroup
	wg.Add(len(sources))
	for _, source := range sources {
		go func() {
			source()
			wg.Done()
		}()
	}
	wg.Wait()
}

// CountOnly counts goroutines, and starts none.
func CountOnly(sources []source) {
	var wg sync.WaitGroup
	wg.Add(len(sources))
	wg.Wait()
}

// Endless starts itself again, in a goroutine, and waits for it.
func Endless() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		Endless()
	}()
	wg.Wait()
}

// AgainAndAgain asks for ever.
func AgainAndAgain(source source) {
	for source() != "" {
	}
}

// LimitLate sets the limit when a goroutine has begun.
func LimitLate() {
	var g errgroup.Group
	limited := make(chan bool)
	g.Go(func() error {
		<-limited
		return nil
	})
	g.SetLimit(1)
	close(limited)
	g.Wait()
}

// LimitTwice changes the limit while a goroutine runs, at which errgroup panics.
func LimitTwice(source source) {
	var g errgroup.Group
	for range 2 {
		g.SetLimit(1)
		g.Go(func() error {
			source()
			return nil
		})
	}
	g.Wait()
}

// LimitZero lets nothing in.
func LimitZero() {
	var g errgroup.Group
	g.SetLimit(0)
	g.Go(func() error { return nil })
	g.Wait()
}

// GroupOfOne waits for a function that waits for ever.
func GroupOfOne() {
	never := make(chan int)
	var g errgroup.Group
	g.Go(func() error {
		<-never
		return nil
	})
	g.Wait()
}

// NilChannel forgets to make its channel.
func NilChannel() int {
	var answers chan int
	return <-answers
}

// EmptySelect selects from two channels that stay silent.
func EmptySelect() {
	a, b := make(chan int), make(chan int)
	select {
	case <-a:
	case <-b:
	}
}

// NobodySignals waits on a condition.
func NobodySignals() {
	cond := sync.NewCond(new(sync.Mutex))
	cond.L.Lock()
	cond.Wait()
}

// Overrun panics in the goroutine of its caller.
func Overrun(answers []string) string {
	return answers[len(answers)]
}

// OverrunElsewhere panics in a goroutine of its own, if there are two sources.
func OverrunElsewhere(sources []source) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if len(sources) == 2 {
			Overrun(nil)
		}
	})
	wg.Wait()
}

// LockTwice waits for a mutex that it holds itself.
func LockTwice() {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
}

// Spin runs until something changes that nobody changes.
func Spin() {
	for n := 0; n >= 0; n = 1 - n {
	}
}

var everybodys sync.WaitGroup

// Share waits on a WaitGroup that belongs to the whole package.
func Share(source source) {
	everybodys.Add(1)
	go func() {
		defer everybodys.Done()
		source()
	}()
	everybodys.Wait()
}

// HoldWhileAsking holds a mutex during a call.
func HoldWhileAsking(sources []source) {
	var (
		wg sync.WaitGroup
		mu sync.Mutex
	)
	for _, source := range sources {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			source()
		})
	}
	wg.Wait()
}

// OnlyThree calls the first three sources, and forgets the others.
func OnlyThree(sources []source) {
	var wg sync.WaitGroup
	for _, source := range sources[:min(3, len(sources))] {
		wg.Go(func() { source() })
	}
	wg.Wait()
}

// Unbuffered returns the first answer of two sources or more, and has no
// receiver for the others.
func Unbuffered(sources []source) string {
	if len(sources) < 2 {
		return ""
	}
	return Jam(sources)
}

// WaitForTwo is blocked when the second source doesn't return.
func WaitForTwo(sources []source) {
	done := make(chan bool)
	for _, source := range sources {
		go func() {
			source()
			done <- true
		}()
	}
	for range sources {
		<-done
	}
}

// OverrunAtTwo panics with two sources.
func OverrunAtTwo(sources []source) {
	if len(sources) == 2 {
		Overrun(nil)
	}
}

// LockAtTwo hangs with two sources.
func LockAtTwo(sources []source) {
	if len(sources) == 2 {
		LockTwice()
	}
}

// A Memory asks its source only in the first call.
type Memory struct {
	once   sync.Once
	answer string
}

func (m *Memory) Ask(source source) string {
	m.once.Do(func() { m.answer = source() })
	return m.answer
}

// GatherAll is right.
func GatherAll(sources []source) {
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() { source() })
	}
	wg.Wait()
}

// AbandonSlowly starts the sources one after another in one goroutine, and doesn't
// wait.
func AbandonSlowly(sources []func() string) {
	go func() {
		for _, source := range sources {
			source()
		}
	}()
}

// CountUnlocked counts the sources in goroutines, and protects the count by nothing.
func CountUnlocked(sources []source) int {
	n := 0
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() {
			source()
			n++
		})
	}
	wg.Wait()
	return n
}
