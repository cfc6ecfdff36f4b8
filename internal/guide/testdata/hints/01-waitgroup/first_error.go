package waitgroup

import "sync"

func FirstError(tasks []func() error) error {
	var wg sync.WaitGroup
	var once sync.Once
	var first error
	for _, task := range tasks {
		// hint
	}
	wg.Wait()
	return first
}
