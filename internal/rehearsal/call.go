package rehearsal

import "time"

// A Call says how one call, made by the function under test, is going to end.
// The zero values of its fields make a call that returns "" at once.
type Call struct {
	// Name tells the calls of a script apart. It is the key of a fetch, and
	// the name of a row in the timeline.
	Name string

	// Takes is how long the call runs, in fake time.
	Takes time.Duration

	// Returns is the value that the call returns.
	Returns string

	// Fails is the error that the call returns instead of a value.
	Fails error

	// IgnoresContext makes the call run on when its context is done. Without
	// it, the call ends at that moment and returns an error that wraps
	// ctx.Err.
	IgnoresContext bool

	// WhenCanceled says what the call returns when its context ends it.
	WhenCanceled WhenCanceled

	// Lingers is how long the call runs on after it has handed its value over;
	// see [Script.FetchAndSend].
	Lingers time.Duration

	// SendsAndFails makes a call that fails hand its value over before that.
	SendsAndFails bool

	// Exits makes the call end its goroutine with runtime.Goexit, as
	// t.FailNow does, instead of returning.
	Exits bool

	sends bool // whether it is described as one that sends its value
}

// WhenCanceled says what a call returns that its context has ended.
type WhenCanceled int

const (
	WrapsContextError   WhenCanceled = iota // an error that wraps ctx.Err()
	ReturnsContextError                     // ctx.Err() itself
	ReturnsValue                            // its value and nil, as if nothing had happened; FetchAndSend sends nothing then
)
