package main

// The extras are more decorators for a Fetcher. The tests of an extra are
// skipped until you set its constant to true.
const (
	extraRetry = false // retry.go
	extraHedge = false // hedge.go
	extraLimit = false // limit.go
	extraCache = false // cache.go
)
