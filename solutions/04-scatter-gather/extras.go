package main

// The extras are more decorators for a Fetcher. The tests of an extra are
// skipped until you set its constant to true.
const (
	extraRetry = true // retry.go
	extraHedge = true // hedge.go
	extraLimit = true // limit.go
	extraCache = true // cache.go
)
