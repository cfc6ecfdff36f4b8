package rehearsal

import (
	"context"
	"os"
	"runtime/pprof"
	"strings"
	"sync"
)

// label names what is running, for a panic in a goroutine that the exercise has
// started: nothing can recover that, and it ends the test run. Goroutines inherit
// their labels, and the report of the panic shows those of its goroutine.
func (t *T) label() {
	showLabels()
	labels := []string{"test", t.Name()}
	if t.scene != nil {
		labels = append(labels, "scene", strings.Join(t.scene.describe(), "; "))
	}
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels(labels...)))
}

// showLabels makes the runtime print labels, which it does by itself in modules
// whose go.mod says go 1.27 or later (Go issue 76349).
var showLabels = sync.OnceFunc(func() {
	os.Setenv("GODEBUG", strings.TrimPrefix(os.Getenv("GODEBUG")+",tracebacklabels=1", ","))
})
