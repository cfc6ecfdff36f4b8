package waitgroup

// FirstError runs all tasks at the same time, each in a goroutine of its own,
// and waits until every one of them has returned. It returns the error that
// occurred first, or nil if none did.
func FirstError(tasks []func() error) error {
	// TODO: run the tasks, and keep the first error of any of them.
	return nil
}
