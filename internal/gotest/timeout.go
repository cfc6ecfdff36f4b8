package gotest

import "time"

// Timeout returns the timeout for what a test runs that must end by the deadline:
// nine tenths of the time that is left, but at least a second.
func Timeout(deadline time.Time) time.Duration {
	return max(time.Until(deadline)*9/10, time.Second)
}
