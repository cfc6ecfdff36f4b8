package rehearsal

import (
	"strconv"
	"time"
)

// Numbered returns n calls that take a second each and return their names, which
// are the numbers from 0.
func Numbered(n int) []Call {
	calls := make([]Call, n)
	for i := range calls {
		name := strconv.Itoa(i)
		calls[i] = Call{Name: name, Takes: time.Second, Returns: name}
	}
	return calls
}
