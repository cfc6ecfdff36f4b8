// It returns at the first error, while the other tasks run on. In production
// they write to files that the caller has closed by then.
//
// Refused by: TestFirstError/returns the error of the task that failed
// Says: FirstError returned after 2s; want 3s, the time of the slowest task: it didn't wait for 1 task ("sync")

package waitgroup

func FirstError(tasks []func() error) error {
	errs := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() { errs <- task() }()
	}
	for range tasks {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}
