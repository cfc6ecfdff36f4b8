package rehearsal

import "errors"

// ErrEarly and ErrLate are errors for calls of which one fails before the other.
// They have different types: a program may look at those.
var (
	ErrEarly = errors.New("early error")
	ErrLate  = error(lateError{})
)

type lateError struct{}

func (lateError) Error() string { return "late error" }
