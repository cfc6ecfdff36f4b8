package waitgroup

// FirstError runs all tasks at the same time, each in its own goroutine, and
// waits until every goroutine has finished. It returns the error that occurred
// first, or nil if no task failed.
//
// A task that ends its goroutine with runtime.Goexit has not failed, and
// FirstError still returns.
func FirstError(tasks []func() error) error {
	// TODO: run the tasks, and keep the first error of any of them.
	// Test:  go test -run TestFirstError ./01-waitgroup
	// Hints: WORKSHOP.md#firsterror
	return nil
}
