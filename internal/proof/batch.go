package proof

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/proof/gallery"
	"example.com/errgroup-workshop/internal/rehearsal"
)

// batchSize is how many binaries one run of the go command builds. It takes as
// long to start as to build one of them; the binaries of a batch take 100 MB.
const batchSize = 16

// A builder builds the exercise's tests over files of its gallery, many in one
// run of the go command: each in a package of its own, which exists in an
// overlay alone.
type builder struct {
	exercise
	race    bool
	dir     string // for the binaries
	batches []*batch
}

// newBuilder returns a builder whose binaries are there until t ends.
func (e exercise) newBuilder(t testing.TB, race bool) *builder {
	t.Helper()
	return &builder{exercise: e, race: race || rehearsal.RaceEnabled, dir: t.TempDir()}
}

// A batch is what one run of the go command builds.
type batch struct {
	overlay  overlay
	packages []string
	once     sync.Once
	output   string // of the go command
}

// A suite is the exercise's tests over one file of the gallery.
type suite struct {
	builder *builder
	batch   *batch
	name    string
}

// add adds the tests over the solution, with the answer in place of the file that
// it stands for. If test is not empty, they are only the
// test file that it is in, and what that needs. All that is added before the
// first suite runs is built in few runs of the go command.
func (b *builder) add(t testing.TB, answer gallery.Answer, test string) suite {
	t.Helper()
	path := filepath.Join(b.dir, answer.Name+".go")
	if err := os.WriteFile(path, []byte(answer.Code), 0o666); err != nil {
		t.Fatal(err)
	}
	files, err := b.files(map[string]string{answer.File: path})
	if err != nil {
		t.Fatal(err)
	}
	tests, err := b.testFiles(test)
	if err != nil {
		t.Fatal(err)
	}
	if test != "" {
		if files, err = needed(files, slices.Collect(maps.Values(tests))); err != nil {
			t.Fatal(err)
		}
	}
	maps.Copy(files, tests)
	if n := len(b.batches); n == 0 || len(b.batches[n-1].packages) == batchSize {
		b.batches = append(b.batches, &batch{overlay: make(overlay)})
	}
	last := b.batches[len(b.batches)-1]
	folder := filepath.Join(b.solution, "testdata", answer.Name) // there is none
	for name, path := range files {
		last.overlay[filepath.Join(folder, name)] = path
	}
	relative, err := filepath.Rel(b.root, folder)
	if err != nil {
		t.Fatal(err)
	}
	last.packages = append(last.packages, "./"+filepath.ToSlash(relative))
	return suite{b, last, answer.Name}
}

// build builds the batch that the suite is in, and returns the path of its
// binary. If there is none, the output says why.
func (s suite) build(t testing.TB) (binary, output string) {
	t.Helper()
	s.batch.once.Do(func() { s.batch.output = s.builder.buildBatch(t, s.batch) })
	binary = filepath.Join(s.builder.dir, s.name+".test")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if _, err := os.Stat(binary); err != nil {
		return "", s.batch.output
	}
	return binary, s.batch.output
}

// buildBatch builds what it can of the batch, and returns what the go command
// prints.
func (b *builder) buildBatch(t testing.TB, batch *batch) (output string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "overlay.json")
	writeJSON(t, path, batch.overlay)
	// A test must refuse a mistake, not go vet, which can't work in a folder that
	// isn't there. Without what a debugger needs it links in half of the time.
	flags := []string{"-vet=off", "-ldflags=-s -w", "-overlay=" + path, "-o", b.dir + string(filepath.Separator)}
	output, err := b.goTestC(b.race, append(flags, batch.packages...)...)
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return output
}

// goTestC runs go test -c in the module's folder.
func (e exercise) goTestC(race bool, args ...string) (output string, err error) {
	if race {
		args = append([]string{"-race"}, args...)
	}
	command := exec.Command("go", append([]string{"test", "-c"}, args...)...)
	command.Dir = e.root
	command.Env = command.Environ() // it sets PWD, see goTest
	printed, err := command.CombinedOutput()
	return string(printed), err
}

// run runs the tests that the pattern fits, once. A run that has not ended
// after 10 s ends then, and fails.
func (s suite) run(t testing.TB, pattern string) result {
	t.Helper()
	binary, output := s.build(t)
	if binary == "" {
		return result{Result: gotest.Result{Output: output}, err: errors.New("it doesn't build")}
	}
	// The test kit takes the files of a folder with this name for a learner's.
	folder := filepath.Join(s.builder.dir, s.name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	return runBinary(t, binary, folder, "-test.run="+pattern, "-test.timeout=10s")
}

// runBinary runs a test binary in the folder dir.
func runBinary(t testing.TB, binary, dir string, args ...string) result {
	t.Helper()
	command := exec.Command(binary, append([]string{"-test.v"}, args...)...)
	command.Dir = dir
	command.Env = append(command.Environ(), "GORACE="+gotest.NoSleep+" "+os.Getenv("GORACE"))
	printed, err := command.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{*gotest.Parse(string(printed)), err}
}
