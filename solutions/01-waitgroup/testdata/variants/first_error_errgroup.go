// With errgroup, the subject of the next exercise.

package waitgroup

import "golang.org/x/sync/errgroup"

func FirstError(tasks []func() error) error {
	var g errgroup.Group
	for _, task := range tasks {
		g.Go(task)
	}
	return g.Wait()
}
