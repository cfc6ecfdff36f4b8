package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
)

const kitNameJSON = `{"name":"Ada","surname":"Lovelace"}`

func TestNameFetcher(t *testing.T) {
	t.Run("sends the name that the service answers", rehearsal.Bubble(func(t *rehearsal.T) {
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

	t.Run("escapes the email in the query", func(t *testing.T) {
		for _, email := range []string{kitAda, "ada+go@example.com", "a&b=c@example.com", "50%@example.com", "a#b ?@example.com"} {
			t.Run(email, rehearsal.Bubble(func(t *rehearsal.T) {
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
	})

	t.Run("returns an error that shows a status other than 200", func(t *testing.T) {
		for _, status := range []int{500, 404, 204, 201} {
			t.Run(fmt.Sprint(status), rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				service := &kitNameService{status: status, body: kitNameJSON}
				results := make(chan Result, 1)

				err := service.fetcher().Fetch(t.Context(), kitAda, results)

				switch {
				case err == nil:
					t.Errorf("NameFetcher.Fetch returned nil for an answer with the status %d; want an error that shows the status", status)
				case !strings.Contains(err.Error(), fmt.Sprint(status)):
					t.Errorf("NameFetcher.Fetch returned the error %q for an answer with the status %d; want one that shows the status", err, status)
				}
				kitWantResults(t, "NameFetcher.Fetch", kitDrain(results))
				service.wantClosed(t)
			}))
		}
	})

	t.Run("returns an error when the body isn't the JSON that it asked for", func(t *testing.T) {
		for _, tt := range []struct{ name, body string }{
			{"a page", "<html>please log in</html>"},
			{"cut off", kitNameJSON[:20]},
			{"empty", ""},
			{"a list", "[" + kitNameJSON + "]"},
			{"a number for a name", `{"name":7,"surname":"Lovelace"}`},
			{"something behind it", kitNameJSON + " and more"},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
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
	})

	t.Run("takes a body of 1 MiB, and not one that is larger", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		full := &kitNameService{status: 200, body: kitPadded(1 << 20)}
		err := full.fetcher().Fetch(t.Context(), kitAda, results)
		kitWantNoError(t, "NameFetcher.Fetch for a body of exactly 1 MiB", err)
		kitWantResults(t, "NameFetcher.Fetch for a body of exactly 1 MiB", kitDrain(results), Result{"name", Name{"Ada", "Lovelace"}})
		full.wantClosed(t)

		for _, size := range []int{1<<20 + 1, 8 << 20} {
			large := &kitNameService{status: 200, body: kitPadded(size)}
			err = large.fetcher().Fetch(t.Context(), kitAda, results)
			if err == nil {
				t.Errorf("NameFetcher.Fetch returned nil for a body of %d bytes; want an error, because it is larger than 1 MiB", size)
			}
			kitWantResults(t, "NameFetcher.Fetch", kitDrain(results))
			large.wantClosed(t)
		}
	}))

	t.Run("returns an error when the body breaks off", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &kitNameService{status: 200, body: kitNameJSON[:20], breaks: kitErrEarly}
		results := make(chan Result, 1)

		err := service.fetcher().Fetch(t.Context(), kitAda, results)

		if err == nil {
			t.Errorf("NameFetcher.Fetch returned nil for a body that can't be read to its end; want an error")
		}
		kitWantResults(t, "NameFetcher.Fetch", kitDrain(results))
		service.wantClosed(t)
	}))

	t.Run("ends the request the moment its context is done", func(t *testing.T) {
		for _, tt := range kitEndings {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				service := &kitNameService{status: 200, body: kitNameJSON, latency: time.Hour}
				script := t.Script("NameFetcher.Fetch", "call")

				err := service.fetcher().Fetch(ctx, kitAda, make(chan Result, 1))

				script.WantElapsed(2*time.Second, "the moment at which its context was done (http.NewRequestWithContext ties a request to it)")
				kitWantError(t, "NameFetcher.Fetch", err, tt.err)
			}))
		}
	})

	t.Run("ends the request the moment its context is done, also while the body comes", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		service := &kitNameService{status: 200, body: kitNameJSON[:20], stalls: true}
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, kitAda, make(chan Result, 1))

		script.WantElapsed(2*time.Second, "the moment at which its context was done: "+
			"the context of the request must live until the body has been read, and end with the one of Fetch")
		kitWantError(t, "NameFetcher.Fetch", err, kitEndings[0].err)
		service.wantClosed(t)
	}))

	t.Run("waits for a receiver while its context lives", rehearsal.Bubble(func(t *rehearsal.T) {
		kitWantWaitForReceiver(t, "NameFetcher.Fetch", (&kitNameService{status: 200, body: kitNameJSON}).fetcher(), Result{"name", Name{"Ada", "Lovelace"}})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := kitEndings[0].end(t.Context())
		defer cancel()
		service := &kitNameService{status: 200, body: kitNameJSON, latency: time.Second}
		nobodyReceives := make(chan Result)
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, kitAda, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		kitWantError(t, "NameFetcher.Fetch", err, kitEndings[0].err)
		service.wantClosed(t)
	}))

	t.Run("returns an error for a URL that is not valid", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &kitNameService{status: 200, body: kitNameJSON}
		fetcher := service.fetcher()
		fetcher.URL = "http://bad host:port/%"

		err := fetcher.Fetch(t.Context(), kitAda, make(chan Result, 1))

		if err == nil {
			t.Errorf("NameFetcher.Fetch returned nil for the URL %q; want an error", fetcher.URL)
		}
	}))

	t.Run("uses http.DefaultClient when it has no client", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &kitNameService{status: 200, body: kitNameJSON}
		defer func(before http.RoundTripper) { http.DefaultClient.Transport = before }(http.DefaultClient.Transport)
		http.DefaultClient.Transport = service
		results := make(chan Result, 1)

		err := (&NameFetcher{URL: "http://names/"}).Fetch(t.Context(), kitAda, results)

		kitWantNoError(t, "NameFetcher.Fetch", err)
		kitWantResults(t, "NameFetcher.Fetch", kitDrain(results), Result{"name", Name{"Ada", "Lovelace"}})
	}))
}

// kitPadded returns the JSON of a name and spaces up to size bytes.
func kitPadded(size int) string {
	return kitNameJSON + strings.Repeat(" ", size-len(kitNameJSON))
}

// A kitNameService answers a request without any network.
type kitNameService struct {
	status  int
	body    string
	latency time.Duration
	breaks  error // of reading the body behind its end, in place of io.EOF
	stalls  bool  // whether reading it there waits for the end of the request

	request *http.Request // the last one
	closed  bool          // whether its body was closed
}

// fetcher returns a NameFetcher that asks the service. Nothing answers at its URL,
// and no name has to be looked up: a request by another client fails at once.
func (s *kitNameService) fetcher() *NameFetcher {
	return &NameFetcher{URL: "http://127.0.0.1:1/", Client: &http.Client{Transport: s}}
}

// RoundTrip implements http.RoundTripper.
func (s *kitNameService) RoundTrip(request *http.Request) (*http.Response, error) {
	s.request, s.closed = request, false
	select {
	case <-time.After(s.latency):
	case <-request.Context().Done():
		return nil, request.Context().Err()
	}
	return &http.Response{
		StatusCode: s.status,
		Status:     fmt.Sprintf("%d %s", s.status, http.StatusText(s.status)),
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"Content-Type": {"application/json"}},
		ContentLength: -1,
		Body:          &kitBody{Reader: strings.NewReader(s.body), service: s},
		Request:       request,
	}, nil
}

func (s *kitNameService) wantClosed(t testing.TB) {
	t.Helper()
	if s.request != nil && !s.closed {
		t.Errorf("NameFetcher.Fetch left the body of the answer open (status %d, %d bytes); want it closed on every path: "+
			"an open body keeps its connection", s.status, len(s.body))
	}
}

type kitBody struct {
	io.Reader
	service *kitNameService
}

func (b *kitBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	switch {
	case err == io.EOF && b.service.stalls:
		<-b.service.request.Context().Done()
		err = b.service.request.Context().Err()
	case err == io.EOF && b.service.breaks != nil:
		err = b.service.breaks
	}
	return n, err
}

func (b *kitBody) Close() error {
	b.service.closed = true
	return nil
}
