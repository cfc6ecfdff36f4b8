package proof

import (
	"strings"
	"testing"

	"example.com/errgroup-workshop/internal/gotest"
	"example.com/errgroup-workshop/internal/proof/gallery"
)

// TestProgram checks that an answer that doesn't build says why and hides no
// other, and that a message reads as it does in the exercise's folder.
func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it builds the tests of an exercise")
	}
	e := exercises(t)[0]
	p := e.newProgram(t, false)
	add := func(name, body string) *answer {
		code := "package waitgroup\n\n" + body
		return p.add(t, gallery.Answer{Name: "gather_" + name, File: "gather.go", Code: code})
	}
	const head = "func Gather(sources []func() string) []string {\n\treturn "
	wrong := add("wrong", head+"nil\n}\n")
	broken := []struct {
		name, body, want string
		answer           *answer
	}{
		{name: "type", body: head + "1\n}\n", want: "cannot use 1"},
		{name: "syntax", body: "func Gather {\n", want: "syntax error"},
		{name: "import", body: "import _ \"no/such/package\"\n", want: "no/such/package"},
	}
	for i, b := range broken {
		broken[i].answer = add(b.name, b.body)
	}
	for _, b := range broken {
		if r := b.answer.run(t, ""); r.Built || !strings.Contains(r.Output, b.want) {
			t.Errorf("an answer with a wrong %s gets built: %t, and the output\n%s\nwant none, and %q", b.name, r.Built, r.Output, b.want)
		}
	}
	const first = "TestGather/waits for a source and returns its answer"
	r := wrong.run(t, gotest.Pattern(first))
	if !r.failed(first) || !strings.Contains(r.Output, "    1_gather_test.go:") || !strings.Contains(r.Output, "Gather returned after 0s") {
		t.Errorf("the answer that builds gets the error %v and\n%s\nwant the failure of %s", r.err, r.Output, first)
	}
}
