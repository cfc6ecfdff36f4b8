package proof

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/proof/gallery"
	"example.com/errgroup-workshop/internal/rehearsal"
)

// A program is a test binary that holds the exercise's tests over many answers:
// to link one for each takes several times as long as all else.
//
// Each answer is a package of its own, which exists in an overlay alone: the
// answer, and what its tests need of the solution and of the exercise's test
// files, as files that are no tests to the go command. One further
// package is what go test builds: it has the exercise's TestMain, and for each
// test a function of the same name that calls that of the chosen answer.
type program struct {
	exercise
	race    bool
	dir     string // for the binary, and the sources that are written
	sources map[string]*source
	answers map[string]*answer

	once   sync.Once
	binary string
	output string // of the go command, if there is no binary
}

// An answer is a package of a program.
type answer struct {
	program *program
	name    string
	files   overlay  // paths by name
	tests   []string // the test functions in them
	broken  string   // what the compiler says, if it doesn't build
}

// chosen is the environment variable that chooses an answer. So a test that runs
// its own binary again, as those of func main do, chooses the same one.
const chosen = "PROOF_ANSWER"

// newProgram returns a program that is there until t ends.
func (e exercise) newProgram(t testing.TB, race bool) *program {
	t.Helper()
	return &program{
		exercise: e,
		race:     race || rehearsal.RaceEnabled,
		dir:      t.TempDir(),
		sources:  e.sources(t),
		answers:  make(map[string]*answer),
	}
}

// add adds an answer, with the tests of the file that it stands for. All that is
// added before the first answer runs is built at once.
func (p *program) add(t testing.TB, of gallery.Answer) *answer {
	t.Helper()
	if p.binary != "" {
		t.Fatalf("%s is added to a program that is built", of.Name)
	}
	a := &answer{program: p, name: of.Name, files: make(overlay)}
	for name, s := range neededFor(of, p.sources) {
		if name == of.File {
			continue
		}
		if !strings.HasSuffix(name, "_test.go") {
			a.files[name] = p.write(t, name, importable(s.code))
			continue
		}
		for _, m := range testFunction.FindAllStringSubmatch(s.code, -1) {
			a.tests = append(a.tests, m[1])
		}
		// The name is no test's. In messages and stacks the directive restores it.
		a.files[name+"_.go"] = p.write(t, name, "//line "+s.path+":1\n"+importable(s.code))
	}
	a.files[of.File] = p.write(t, of.Name+".go", importable(of.Code))
	slices.Sort(a.tests)
	code := "package " + packageName(read(t, a.files[of.File])) + "\n\nimport \"testing\"\n\nvar RehearsalTests = map[string]func(*testing.T){\n"
	for _, test := range a.tests {
		code += fmt.Sprintf("\t%q: %s,\n", test, test)
	}
	a.files["rehearsal_tests.go"] = p.write(t, of.Name+"_tests.go", code+"}\n")
	p.answers[of.Name] = a
	return a
}

// testFunction fits the head of a test function.
var testFunction = regexp.MustCompile(`(?m)^func (Test\w+)\(\w+ \*testing\.T\)`)

// importable returns the file with another package clause if it is of package
// main, which can't be imported.
func importable(code string) string { return packageMain.ReplaceAllString(code, "package program") }

var packageMain = regexp.MustCompile(`(?m)^package main$`)

// packageName returns the name in the package clause of a file.
func packageName(code string) string {
	return regexp.MustCompile(`(?m)^package (\w+)`).FindStringSubmatch(code)[1]
}

// write writes a file of the program, and returns its path.
func (p *program) write(t testing.TB, name, content string) (path string) {
	t.Helper()
	path = filepath.Join(p.dir, name)
	if _, err := os.Stat(path); err == nil {
		return path // as most answers need it
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}

// build builds the binary with all answers that can be built.
func (p *program) build(t testing.TB) {
	t.Helper()
	binary := filepath.Join(p.dir, "answers.test.exe")
	folder := p.importPath()
	for p.binary == "" && p.output == "" {
		args := []string{"test", "-c", "-overlay=" + p.writeProgram(t), "-o", binary,
			"-vet=off", // a test must reject a mistake
			// What a debugger needs doubles the time to link, and inlining adds a
			// third to that of compiling.
			"-ldflags=-s -w",
			"-gcflags=" + folder + "/...=-l -dwarf=false",
		}
		if p.race {
			args = append(args, "-race")
		}
		command := exec.Command("go", append(args, folder)...)
		command.Dir = p.root
		command.Env = command.Environ() // it sets PWD, see goTest
		output, err := command.CombinedOutput()
		exit := (*exec.ExitError)(nil)
		switch {
		case err == nil:
			p.binary = binary
		case !errors.As(err, &exit):
			t.Fatal(err)
		case !p.setAside(string(output)):
			p.output = string(output)
		}
	}
}

// importPath returns that of the program; each answer's is below it.
func (p *program) importPath() string {
	return "example.com/errgroup-workshop/solutions/" + p.name + "/testdata/answers"
}

// writeProgram writes the overlay of all answers that are not broken, and returns
// its path.
func (p *program) writeProgram(t testing.TB) (path string) {
	t.Helper()
	folder := filepath.Join(p.solution, "testdata", "answers") // there is none
	original := filepath.Join(p.folder, mainTest)
	o := overlay{filepath.Join(folder, mainTest): original}
	var imports, table, tests bytes.Buffer
	has := make(map[string]bool)
	for _, name := range slices.Sorted(maps.Keys(p.answers)) {
		a := p.answers[name]
		if a.broken != "" {
			continue
		}
		for file, path := range a.files {
			o[filepath.Join(folder, name, file)] = path
		}
		fmt.Fprintf(&imports, "\t%s %q\n", name, p.importPath()+"/"+name)
		fmt.Fprintf(&table, "\t%q: %s.RehearsalTests,\n", name, name)
		for _, test := range a.tests {
			if !has[test] {
				has[test] = true
				fmt.Fprintf(&tests, "\nfunc %s(t *testing.T) { answers[os.Getenv(%q)][%q](t) }\n", test, chosen, test)
			}
		}
	}
	file := filepath.Join(p.dir, "answers_test.go")
	content := fmt.Sprintf("package %s\n\nimport (\n\t\"os\"\n\t\"testing\"\n\n%s)\n\nvar answers = map[string]map[string]func(*testing.T){\n%s}\n%s",
		packageName(read(t, original)), &imports, &table, &tests)
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	o[filepath.Join(folder, "answers_test.go")] = file
	path = filepath.Join(p.dir, "overlay.json")
	writeJSON(t, path, o)
	return path
}

// setAside takes what the go command printed, and sets aside the answers that it
// speaks of. It returns false if these are none.
func (p *program) setAside(output string) bool {
	found := false
	for part := range strings.SplitSeq("\n"+output, "\n# ") { // one for each package
		for _, m := range answerPath.FindAllStringSubmatch(filepath.ToSlash(part), -1) {
			if a := p.answers[m[1]]; a != nil {
				a.broken = part
				found = true
			}
		}
	}
	return found
}

var answerPath = regexp.MustCompile(`/testdata/answers/(\w+)`)

// run runs the answer's tests that the pattern fits, or if it is empty, all of
// them, in a process of their own, with further environment variables.
func (a *answer) run(t testing.TB, pattern string, env ...string) result {
	t.Helper()
	p := a.program
	p.once.Do(func() { p.build(t) })
	if output := a.broken + p.output; output != "" {
		return result{Result: gotest.Result{Output: output}, err: errors.New("it doesn't build")}
	}
	// The test kit takes the files of a folder with this name for a learner's.
	folder := filepath.Join(p.dir, a.name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if pattern == "" {
		pattern = "^(" + strings.Join(a.tests, "|") + ")$"
	}
	return runBinary(t, p.binary, folder, append(env, chosen+"="+a.name), "-test.run="+pattern)
}
