package withcontext_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain reports, once all tests have passed, goroutines that any of them
// left behind.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}
