package gallery

import (
	"strings"
	"testing"
)

const original = `package x

import "sync"

// Run runs f twice.
func Run(f func()) {
	var wg sync.WaitGroup // one for both
	for range 2 {
		wg.Go(f)
	}
	// Nobody is left behind.
	wg.Wait()
}

// Twice is Run.
func Twice(f func()) {
	for range 2 {
		if f != nil {
			f()
		}
	}
}
`

func TestApply(t *testing.T) {
	const run = "package x\n\nimport \"sync\"\n\n// Run runs f twice.\nfunc Run(f func()) {\n\tvar wg sync.WaitGroup // one for both\n\tfor range 2 {\n\t\twg.Go(f)\n\t}\n"
	const twice = "\n// Twice is Run.\nfunc Twice(f func()) {\n\tfor range 2 {\n\t\tif f != nil {\n\t\t\tf()\n\t\t}\n\t}\n}\n"
	for _, tt := range []struct {
		name, edit, want string
	}{
		{
			name: "a line goes, and the comment above it",
			edit: "-wg.Wait()",
			want: run + "}\n" + twice,
		},
		{
			name: "a line comes, with the import that it needs",
			edit: " wg.Wait()\n+time.Sleep(time.Second)",
			want: strings.Replace(run, `import "sync"`, "import (\n\t\"sync\"\n\t\"time\"\n)", 1) +
				"\t// Nobody is left behind.\n\twg.Wait()\n\ttime.Sleep(time.Second)\n}\n" + twice,
		},
		{
			name: "dots take what is further in, and an import goes",
			edit: "-var wg   sync.WaitGroup\n-...\n-wg.Wait()\n+f()\n\n-for range 2 {\n-\tif f != nil {\n-...\n-\t}\n-}\n+f()",
			want: "package x\n\n// Run runs f twice.\nfunc Run(f func()) {\n\tf()\n}\n\n// Twice is Run.\nfunc Twice(f func()) {\n\tf()\n}\n",
		},
		{
			name: "a declaration comes above a comment",
			edit: "+var twice = 2\n+\n func Twice(f func()) {",
			want: run + "\t// Nobody is left behind.\n\twg.Wait()\n}\n\nvar twice = 2\n" + twice,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := parseEdit(tt.edit)
			if err != nil {
				t.Fatal(err)
			}
			got, err := e.apply(original)
			if err != nil || got != tt.want {
				t.Errorf("got the error %v and\n%s\nwant\n%s", err, got, tt.want)
			}
		})
	}
}

// TestEditDoesNotFit checks that an edit that no longer fits says so.
func TestEditDoesNotFit(t *testing.T) {
	for _, tt := range []struct {
		name, edit, want string
	}{
		{name: "no such line", edit: "-wg.Done()", want: `no line "wg.Done()"`},
		{name: "other line below", edit: " wg.Go(f)\n-wg.Wait()", want: `no line "wg.Wait()" below "wg.Go(f)"`},
		{name: "nothing below the dots", edit: "-for range 2 {\n-...\n-done()", want: `no line "done()" below`},
		{name: "two places", edit: "-for range 2 {", want: "fit two places"},
		{name: "a comment", edit: "-// Nobody is left behind.", want: "comments don't count"},
		{name: "no sign", edit: "wg.Wait()", want: "begins with neither"},
		{name: "dots at the end", edit: "-wg.Wait()\n-...", want: "dots need a line"},
		{name: "nothing", edit: "\n", want: "no line goes or comes"},
		{name: "no Go", edit: "-wg.Wait()\n+wg.Wait(", want: "expected"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := parseEdit(tt.edit)
			if err == nil {
				_, err = e.apply(original)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got the error %v; want one with %q", err, tt.want)
			}
		})
	}
}
