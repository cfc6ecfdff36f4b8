package rehearsal

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// A Script is a list of calls that the function under test is going to make,
// and the record of those that it made. Make one with [T.Script].
type Script struct {
	t        *T
	function string // the function under test, for messages
	noun     string // what one call is named in messages: "fetch", "source"
	calls    []Call
	began    time.Time
	inTurn   bool             // whether the calls are meant to run one after another
	byName   map[string][]int // where the calls with a name stand in calls
	atStart  map[int]func()   // to do when so many calls have been made before

	mu          sync.Mutex
	record      []entry
	served      map[string]int // how many calls with a name have been made
	returned    bool           // whether the function under test is known to have ended
	how         ending         // how it ended
	note        string         // for its row in the timeline
	elapsed     time.Duration
	left        int // calls that were under way when it returned
	inFlight    int
	maxInFlight int
}

// Script begins a script for one call of the function under test; elapsed time
// is counted from here. The noun names one of the calls in messages: "fetch"; it
// is empty if there are none, and the script takes the time.
func (t *T) Script(function, noun string, calls ...Call) *Script {
	s := &Script{t: t, function: function, noun: noun, calls: calls, began: time.Now()}
	s.record = make([]entry, 0, len(calls))
	s.byName, s.served = make(map[string][]int, len(calls)), make(map[string]int)
	places := make([]int, len(calls)) // of the calls with a name of their own, in one piece
	for i := range calls {
		places[i] = i
		if before := s.byName[calls[i].Name]; before != nil {
			s.byName[calls[i].Name] = append(before, i)
		} else {
			s.byName[calls[i].Name] = places[i : i+1 : i+1]
		}
	}
	t.locked(func() { t.scripts = append(t.scripts, s) })
	return s
}

// OneAfterAnother says that the calls are meant to run one after another, so that
// no message takes this for a fault.
func (s *Script) OneAfterAnother() { s.inTurn = true }

// Keys returns the names of the calls, in the order of the script.
//
// Not inlined, for the reason that Bubble gives.
//
//go:noinline
func (s *Script) Keys() []string {
	keys := make([]string, len(s.calls))
	for i, call := range s.calls {
		keys[i] = call.Name
	}
	return keys
}

// Values returns what the calls return, in the order of the script.
func (s *Script) Values() []string {
	values := make([]string, len(s.calls))
	for i, call := range s.calls {
		values[i] = call.Returns
	}
	return values
}

// ValuesLike is Values, with those of calls that have the same name in the order
// in which got holds them: which of these calls was made for which is open.
func (s *Script) ValuesLike(got []string) []string {
	values := s.Values()
	for _, places := range s.byName {
		for k, i := range places {
			for _, j := range places[k+1:] {
				if i < len(got) && got[i] != values[i] && got[i] == values[j] {
					values[i], values[j] = values[j], values[i]
				}
			}
		}
	}
	return values
}

// Sources returns the calls as functions that return a value, in the order of
// the script.
func (s *Script) Sources() []func() string {
	sources := make([]func() string, len(s.calls))
	for i := range s.calls {
		sources[i] = func() string {
			value, _ := s.perform(context.Background(), &s.calls[i], nil)
			return value
		}
	}
	return sources
}

// Tasks returns the calls as functions that return an error, in the order of
// the script.
func (s *Script) Tasks() []func() error {
	tasks := make([]func() error, len(s.calls))
	for i := range s.calls {
		tasks[i] = func() error {
			_, err := s.perform(context.Background(), &s.calls[i], nil)
			return err
		}
	}
	return tasks
}

// Fetch performs the call with the name key. A key that is not in the script
// fails the test.
func (s *Script) Fetch(key string) (string, error) {
	return s.FetchContext(context.Background(), key)
}

// FetchContext is Fetch with a context: unless the call ignores it, the call
// ends when ctx is done and returns an error that wraps ctx.Err. Where several
// calls have the same name, the first FetchContext performs the first of them,
// and so on; one more performs the last again.
func (s *Script) FetchContext(ctx context.Context, key string) (string, error) {
	return s.fetch(ctx, key, nil)
}

func (s *Script) fetch(ctx context.Context, key string, send sendFunc) (string, error) {
	if ctx == nil {
		s.t.failWith(fmt.Sprintf("%s passed a nil context to the %s %q; want a context that can be canceled", s.function, s.noun, key), nil)
		ctx = context.Background()
	}
	if with := s.byName[key]; len(with) > 0 {
		i := with[0]
		if len(with) > 1 {
			s.mu.Lock()
			i = with[min(s.served[key], len(with)-1)]
			s.served[key]++
			s.mu.Unlock()
		}
		return s.perform(ctx, &s.calls[i], send)
	}
	s.t.failWith(fmt.Sprintf("%s asked for the key %q; want one of %q", s.function, key, s.Keys()), nil)
	return "", fmt.Errorf("unknown key %q", key)
}

// perform does what call says, and records when it started and how it ended.
func (s *Script) perform(ctx context.Context, call *Call, send sendFunc) (value string, err error) {
	i := s.start(ctx, call)
	end := exited
	waitFor := ctx
	if call.IgnoresContext {
		waitFor = context.Background()
	}
	defer func() { s.end(i, end, value, err, cancelable(waitFor)) }()

	err = wait(waitFor, call.Takes)
	if err == nil && send != nil {
		err = s.handOver(waitFor, i, call, send)
	}
	if err != nil {
		end = canceled
		switch call.WhenCanceled {
		case ReturnsContextError:
			return "", err
		case ReturnsValue:
			end = ended
			if send != nil {
				return "", nil
			}
			return call.Returns, nil
		}
		return "", fmt.Errorf("%s: %w", call.Name, err)
	}
	if call.Exits {
		runtime.Goexit()
	}
	end = ended
	return call.Returns, call.Fails
}

// wait waits for d, or until ctx is done, and returns ctx.Err then.
func wait(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil || d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Script) start(ctx context.Context, call *Call) (index int) {
	steps.Add(1)
	s.mu.Lock()
	index = len(s.record)
	s.record = append(s.record, entry{name: call.Name, start: time.Since(s.began), ctx: ctx, ignores: call.IgnoresContext})
	s.inFlight++
	s.maxInFlight = max(s.maxInFlight, s.inFlight)
	s.mu.Unlock()
	if do := s.atStart[index]; do != nil {
		do()
	}
	return index
}

func (s *Script) end(index int, how ending, value string, err error, uncanceled bool) {
	steps.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inFlight--
	e := &s.record[index]
	e.end = time.Since(s.began)
	e.how = how
	e.uncanceled = uncanceled
	e.value, e.err = value, err
	e.note = value
	if err != nil {
		e.note = err.Error()
	}
	if e.sent && e.sentAt < e.end {
		e.note += fmt.Sprintf(" (its value was sent at %v)", e.sentAt)
	}
	if err != nil {
		if how == ended {
			e.how = failed
		}
	}
}

// Returned notes that the function under test has returned, and when. Only the
// first call counts. The methods whose name begins with Want call it, unless they
// look at contexts alone.
func (s *Script) Returned() { s.functionEnded(ended, "") }

// functionEnded notes how the function under test has ended, and when, unless
// that is known.
func (s *Script) functionEnded(how ending, note string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.returned {
		s.returned, s.how, s.note = true, how, note
		s.elapsed, s.left = time.Since(s.began), s.inFlight
	}
}

// waitForCalls waits, in fake time, until the calls that are under way have ended.
// The clock stands still once the test has returned.
func (s *Script) waitForCalls() {
	s.mu.Lock()
	inFlight := s.inFlight
	s.mu.Unlock()
	if inFlight == 0 {
		return
	}
	var longest time.Duration
	for _, call := range s.calls {
		longest = max(longest, call.Takes+call.Lingers)
	}
	time.Sleep(longest)
}
