//go:build race

package rehearsal

// RaceEnabled reports whether the program was built with the race detector.
const RaceEnabled = true
