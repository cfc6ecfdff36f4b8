package main

import (
	"context"
	"fmt"
	"sync"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// A kitInTurn is a Fetcher for scenes. Each call of a scene asks it about an email
// of its own, more than once: it does what the first call of that email's script
// says, then what the second one says, and so on. Once it has come to the last it
// repeats that.
type kitInTurn struct {
	function string // the function under test
	noun     string // for the names of calls: "try 1"
	scene    *rehearsal.Scene

	mu      sync.Mutex
	scripts map[string]*rehearsal.Script
	asked   map[string]int
}

func kitNewInTurn(s *rehearsal.Scene, function, noun string) *kitInTurn {
	return &kitInTurn{function: function, noun: noun, scene: s,
		scripts: make(map[string]*rehearsal.Script), asked: make(map[string]int)}
}

// draw draws n calls, and about whom they are asked. Some may be stubborn: they
// ignore their context.
func (f *kitInTurn) draw(a *rehearsal.Act, n int, vary rehearsal.Vary) (email string, script *rehearsal.Script, stubborn bool) {
	vary.All, vary.Sends, vary.Values = true, true, kitOddValues
	calls := a.Calls(max(n, 1), vary)
	for i := range calls {
		name := fmt.Sprintf("%s %d", f.noun, i+1)
		kitName(&calls[i], name, "value of "+name)
		stubborn = stubborn || calls[i].IgnoresContext
		calls[i].SendsAndFails = false // a Fetcher returns nil once it has sent its result
	}
	email = rehearsal.OneOf(a.Scene, kitAda, "", "Ada@Example.com", "ada+news@example.com", "a b%20&c=d")
	if len(f.scripts) > 0 {
		email = fmt.Sprintf("%d%s", len(f.scripts)+1, email)
	}
	if email != kitAda {
		a.Say("the email is %q", email)
	}
	script = a.Script(f.function, "fetch", calls...)
	script.OneAfterAnother()
	f.scripts[email] = script
	return email, script, stubborn
}

func (f *kitInTurn) Fetch(ctx context.Context, email string, results chan<- Result) error {
	f.mu.Lock()
	script, n := f.scripts[email], f.asked[email]
	f.asked[email]++
	f.mu.Unlock()
	if script == nil {
		f.scene.Errorf("%s asked the wrapped Fetcher about %q; want the email that it got", f.function, email)
		return nil // whoever asks until it gets an answer has one
	}
	keys := script.Keys()
	return kitScriptedFetcher{script, keys[min(n, len(keys)-1)]}.Fetch(ctx, email, results)
}
