package main

// The extras are for whoever is ahead, and for home: more decorators for a
// Fetcher. The tests of one are skipped until you set its constant to true.
const (
	extraRetry = false // retry.go
	extraHedge = false // hedge.go
	extraLimit = false // limit.go
	extraCache = false // cache.go
)
