// With errgroup, before it is needed: the functions never fail.

package waitgroup

import "golang.org/x/sync/errgroup"

func Gather(sources []func() string) []string {
	answers := make([]string, len(sources))
	var eg errgroup.Group
	for i, source := range sources {
		eg.Go(func() error {
			answers[i] = source()
			return nil
		})
	}
	eg.Wait()
	return answers
}
