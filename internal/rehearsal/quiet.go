package rehearsal

import (
	"io"
	"log"
	"os"
)

// Quiet drops, until the end of the test, what the exercise prints: a line that
// somebody has put there to see what happens would come a thousand times.
func (t *T) Quiet() { t.Cleanup(dropOutput()) }

// stderr is for the kit, also while the output of the exercise is dropped.
var stderr = os.Stderr

// dropOutput drops what is printed, until restore is called. It can't drop what
// the built-in println prints.
func dropOutput() (restore func()) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return func() {} // it is printed, then
	}
	out, errs, logged := os.Stdout, os.Stderr, log.Writer()
	os.Stdout, os.Stderr = null, null
	log.SetOutput(io.Discard)
	return func() {
		os.Stdout, os.Stderr = out, errs
		log.SetOutput(logged)
		null.Close()
	}
}
