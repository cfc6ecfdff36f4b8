package rehearsal

import "testing"

func TestFrameFunction(t *testing.T) {
	for _, tt := range []struct{ name, symbol, want string }{
		{"a function", "example.com/errgroup-workshop/02-errgroup.FetchAll", "FetchAll"},
		{"a closure", "example.com/errgroup-workshop/02-errgroup.FetchAll.func1", "FetchAll"},
		{"a closure in a closure", "example.com/errgroup-workshop/02-errgroup.FetchAll.func1.2", "FetchAll"},
		{"a go statement with arguments", "example.com/errgroup-workshop/02-errgroup.FetchAll.gowrap1", "FetchAll"},
		{"a range over a function", "example.com/errgroup-workshop/02-errgroup.FetchAll-range1", "FetchAll"},
		{"a method", "example.com/errgroup-workshop/04-scatter-gather.CancellationFetcher.Fetch", "CancellationFetcher.Fetch"},
		{"a method of a pointer", "golang.org/x/sync/errgroup.(*Group).Go.func1", "Group.Go"},
		{"a generic function", "example.com/errgroup-workshop/02-errgroup.each[...].func1", "each"},
		{"a function of main", "main.main", "main"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := (frame{symbol: tt.symbol}).function(); got != tt.want {
				t.Errorf("the function of %s is %q; want %q", tt.symbol, got, tt.want)
			}
		})
	}
}

func TestParseGoroutines(t *testing.T) {
	const dump = `goroutine 7 [chan send (durable), 2 minutes, synctest bubble 3]:
example.com/m/02-errgroup.FetchAll.func1()
	/home/ada/m/02-errgroup/fetch_all.go:16 +0x1e
golang.org/x/sync/errgroup.(*Group).Go.func1()
	/home/ada/go/pkg/mod/golang.org/x/sync@v0.24.0/errgroup/errgroup.go:93 +0x50
created by golang.org/x/sync/errgroup.(*Group).Go in goroutine 6
	/home/ada/go/pkg/mod/golang.org/x/sync@v0.24.0/errgroup/errgroup.go:78 +0x93

goroutine 1 [running]:
main.main()
	C:/Users/ada/m/main.go:5 +0x1a
`
	got := parseGoroutines(dump)
	if len(got) != 2 {
		t.Fatalf("the dump has %d goroutines; want 2", len(got))
	}
	g := got[0]
	if g.state != "chan send" || !g.durable || g.bubble != 3 || len(g.frames) != 2 {
		t.Errorf("the first goroutine is %+v; want 2 frames, durably in chan send, in bubble 3", g)
	}
	if want := (frame{"example.com/m/02-errgroup.FetchAll.func1", "/home/ada/m/02-errgroup/fetch_all.go", 16}); g.frames[0] != want {
		t.Errorf("its first frame is %+v; want %+v", g.frames[0], want)
	}
	if got, want := g.createdBy.symbol, "golang.org/x/sync/errgroup.(*Group).Go"; got != want {
		t.Errorf("it was created by %q; want %q", got, want)
	}
	if got, want := got[1].frames[0].position(), "main.go:5"; got != want || got == "" {
		t.Errorf("the second goroutine is at %q; want %q", got, want)
	}
}
