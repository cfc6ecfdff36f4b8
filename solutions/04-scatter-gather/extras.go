package main

// The extras are for whoever is ahead, and for home: more decorators for a
// Fetcher. The tests of one are skipped until you set its constant to true.
const (
	extraRetry = true // retry.go
	extraHedge = true // hedge.go
	extraLimit = true // limit.go
	extraCache = true // cache.go
)
