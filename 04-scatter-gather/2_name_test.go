package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

const kitNameJSON = `{"name":"Ada","surname":"Lovelace"}`

func TestNameFetcher(t *testing.T) {
	step := rehearsal.NewLadder(t)

	t.Run("sends the name that the service answers", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &kitNameService{status: 200, body: kitNameJSON, latency: 3 * time.Second}
		results := make(chan Result, 1)
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(t.Context(), kitAda, results)

		script.Returned()
		if service.request == nil {
			t.Fatalf("NameFetcher.Fetch sent no request through the field Client, and returned %v; want a GET of URL by Client", err)
		}
		script.WantElapsed(3*time.Second, "the time of the request")
		kitWantNoError(t, "NameFetcher.Fetch", err)
		kitWantResults(t, "NameFetcher.Fetch", kitDrain(results), Result{"name", Name{"Ada", "Lovelace"}})
		kitWantOpen(t, "NameFetcher.Fetch", results)
		service.wantClosed(t)
	}))

	t.Run("escapes the email in the query", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, email := range []string{kitAda, "ada+go@example.com", "a&b=c@example.com", "50%@example.com", "a#b ?@example.com"} {
			t.Run(email, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				service := &kitNameService{status: 200, body: kitNameJSON}

				err := service.fetcher().Fetch(t.Context(), email, make(chan Result, 1))

				kitWantNoError(t, "NameFetcher.Fetch", err)
				if service.request == nil {
					t.Fatalf("NameFetcher.Fetch sent no request; want a GET of its URL")
				}
				query := service.request.URL.Query()
				if got := query.Get("email"); got != email || len(query) != 1 {
					t.Errorf("the service understood the query %q as %v; want the email %q alone: "+
						"characters that mean something in a URL must be escaped", service.request.URL.RawQuery, query, email)
				}
				if service.request.Method != http.MethodGet {
					t.Errorf("NameFetcher.Fetch sent a %s request; want GET", service.request.Method)
				}
			}))
		}
	}))

	t.Run("returns an error that shows a status other than 200", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, status := range []int{500, 404, 204, 201} {
			t.Run(fmt.Sprint(status), cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				service := &kitNameService{status: status, body: kitNameJSON}
				results := make(chan Result, 1)

				err := service.fetcher().Fetch(t.Context(), kitAda, results)

				switch {
				case err == nil:
					t.Errorf("NameFetcher.Fetch returned nil for an answer with the status %d; want an error that shows the status", status)
				case !kitShowsStatus(err, status):
					t.Errorf("NameFetcher.Fetch returned the error %q for an answer with the status %d %s; want one that shows the code or the text of the status",
						err, status, http.StatusText(status))
				}
				kitWantResults(t, "NameFetcher.Fetch", kitDrain(results))
				service.wantClosed(t)
			}))
		}
	}))

	t.Run("returns an error when the body isn't the JSON that it asked for", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range []struct{ name, body string }{
			{"a page", "<html>please log in</html>"},
			{"cut off", kitNameJSON[:20]},
			{"empty", ""},
			{"a number for a name", `{"name":7,"surname":"Lovelace"}`},
		} {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				service := &kitNameService{status: 200, body: tt.body}
				results := make(chan Result, 1)

				err := service.fetcher().Fetch(t.Context(), kitAda, results)

				if err == nil {
					t.Errorf("NameFetcher.Fetch returned nil for the body %q; want an error, because it isn't the JSON of a name", tt.body)
				}
				kitWantResults(t, "NameFetcher.Fetch", kitDrain(results))
				service.wantClosed(t)
			}))
		}
	}))

	t.Run("reads the body to its end, in however many pieces it comes", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &kitNameService{status: 200, body: kitNameJSON, piece: 7}
		results := make(chan Result, 1)

		err := service.fetcher().Fetch(t.Context(), kitAda, results)

		if err != nil {
			t.Fatalf("NameFetcher.Fetch returned the error %q for a body that came in pieces of 7 bytes; want nil: "+
				"one Read returns the bytes that are there, so read to the end, as io.ReadAll and json.Decoder do", err)
		}
		kitWantResults(t, "NameFetcher.Fetch", kitDrain(results), Result{"name", Name{"Ada", "Lovelace"}})
	}))

	t.Run("ends the request the moment its context is done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		service := &kitNameService{status: 200, body: kitNameJSON, latency: time.Hour}
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, kitAda, make(chan Result, 1))

		script.WantElapsed(2*time.Second, "the moment at which its context was done (http.NewRequestWithContext ties a request to it)")
		kitWantError(t, "NameFetcher.Fetch", err, context.Canceled)
	}))

	t.Run("ends the request the moment its context is done, also while the body comes", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		service := &kitNameService{status: 200, body: kitNameJSON[:20], stalls: true}
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, kitAda, make(chan Result, 1))

		script.WantElapsed(2*time.Second, "the moment at which its context was done: "+
			"the context of the request must live until the body has been read, and end with the one of Fetch")
		kitWantError(t, "NameFetcher.Fetch", err, context.Canceled)
		service.wantClosed(t)
	}))

	t.Run("doesn't wait for a receiver once its context is done", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := rehearsal.CancelAfter(t.Context(), 2*time.Second)
		defer cancel()
		service := &kitNameService{status: 200, body: kitNameJSON, latency: time.Second}
		nobodyReceives := make(chan Result)
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, kitAda, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "NameFetcher.Fetch", err, context.Canceled)
		service.wantClosed(t)
	}))

	t.Run("uses http.DefaultClient when it has no client", step.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &kitNameService{status: 200, body: kitNameJSON}
		defer func(before http.RoundTripper) { http.DefaultClient.Transport = before }(http.DefaultClient.Transport)
		http.DefaultClient.Transport = service
		results := make(chan Result, 1)

		fetcher := &NameFetcher{URL: "http://127.0.0.1:1/"}

		err := fetcher.Fetch(t.Context(), kitAda, results)

		kitWantNoError(t, "NameFetcher.Fetch", err)
		kitWantResults(t, "NameFetcher.Fetch", kitDrain(results), Result{"name", Name{"Ada", "Lovelace"}})
		if fetcher.Client != nil {
			t.Errorf("NameFetcher.Fetch has set its field Client; want the client in a variable of Fetch, because many goroutines may use one NameFetcher")
		}
	}))

	t.Run("can be used by many goroutines at the same time", step.Real(func(t *testing.T) {
		cases := rehearsal.NewLadder(t)
		for _, tt := range []struct {
			name   string
			client *http.Client
		}{
			{"with a client", &http.Client{Transport: kitEchoService{}}},
			{"without a client", nil},
		} {
			t.Run(tt.name, cases.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				defer func(before http.RoundTripper) { http.DefaultClient.Transport = before }(http.DefaultClient.Transport)
				http.DefaultClient.Transport = kitEchoService{}
				fetcher := &NameFetcher{URL: "http://127.0.0.1:1/", Client: tt.client}
				kitWantManyAtOnce(t, "NameFetcher.Fetch", fetcher, func(i int) (email string, want []Result, err error) {
					email = strconv.Itoa(i)
					return email, []Result{{"name", Name{email, "of many"}}}, nil
				})
			}))
		}
	}))

	t.Run("keeps its contract in random scenes", step.Scenes(kitNameScene))
}
