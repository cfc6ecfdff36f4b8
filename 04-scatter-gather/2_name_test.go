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

const nameJSON = `{"name":"Ada","surname":"Lovelace"}`

func TestNameFetcher(t *testing.T) {
	t.Run("sends the name that the service answers", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &nameService{status: 200, body: nameJSON, latency: 3 * time.Second}
		results := make(chan Result, 1)
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(t.Context(), ada, results)

		script.Returned()
		if service.request == nil {
			t.Fatalf("NameFetcher.Fetch sent no request through the field Client, and returned %v; want a GET of URL by Client", err)
		}
		script.WantElapsed(3*time.Second, "the time of the request")
		wantNoError(t, "NameFetcher.Fetch", err)
		wantResults(t, "NameFetcher.Fetch", drain(results), Result{"name", Name{"Ada", "Lovelace"}})
		wantOpen(t, "NameFetcher.Fetch", results)
		service.wantClosed(t)
	}))

	t.Run("escapes the email in the query", func(t *testing.T) {
		for _, email := range []string{ada, "ada+go@example.com", "a&b=c@example.com", "50%@example.com", "a#b ?@example.com"} {
			t.Run(email, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				service := &nameService{status: 200, body: nameJSON}

				err := service.fetcher().Fetch(t.Context(), email, make(chan Result, 1))

				wantNoError(t, "NameFetcher.Fetch", err)
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
				service := &nameService{status: status, body: nameJSON}
				results := make(chan Result, 1)

				err := service.fetcher().Fetch(t.Context(), ada, results)

				switch {
				case err == nil:
					t.Errorf("NameFetcher.Fetch returned nil for an answer with the status %d; want an error that shows the status", status)
				case !strings.Contains(err.Error(), fmt.Sprint(status)):
					t.Errorf("NameFetcher.Fetch returned the error %q for an answer with the status %d; want one that shows the status", err, status)
				}
				wantResults(t, "NameFetcher.Fetch", drain(results))
				service.wantClosed(t)
			}))
		}
	})

	t.Run("returns an error when the body isn't the JSON that it asked for", func(t *testing.T) {
		for _, tt := range []struct{ name, body string }{
			{"a page", "<html>please log in</html>"},
			{"cut off", nameJSON[:20]},
			{"empty", ""},
			{"a list", "[" + nameJSON + "]"},
			{"a number for a name", `{"name":7,"surname":"Lovelace"}`},
			{"something behind it", nameJSON + " and more"},
		} {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				service := &nameService{status: 200, body: tt.body}
				results := make(chan Result, 1)

				err := service.fetcher().Fetch(t.Context(), ada, results)

				if err == nil {
					t.Errorf("NameFetcher.Fetch returned nil for the body %q; want an error, because it isn't the JSON of a name", tt.body)
				}
				wantResults(t, "NameFetcher.Fetch", drain(results))
				service.wantClosed(t)
			}))
		}
	})

	t.Run("takes a body of 1 MiB, and not one that is larger", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		results := make(chan Result, 1)
		full := &nameService{status: 200, body: padded(1 << 20)}
		err := full.fetcher().Fetch(t.Context(), ada, results)
		wantNoError(t, "NameFetcher.Fetch for a body of exactly 1 MiB", err)
		wantResults(t, "NameFetcher.Fetch for a body of exactly 1 MiB", drain(results), Result{"name", Name{"Ada", "Lovelace"}})
		full.wantClosed(t)

		for _, size := range []int{1<<20 + 1, 8 << 20} {
			large := &nameService{status: 200, body: padded(size)}
			err = large.fetcher().Fetch(t.Context(), ada, results)
			if err == nil {
				t.Errorf("NameFetcher.Fetch returned nil for a body of %d bytes; want an error, because it is larger than 1 MiB", size)
			}
			wantResults(t, "NameFetcher.Fetch", drain(results))
			large.wantClosed(t)
		}
	}))

	t.Run("returns an error when the body breaks off", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &nameService{status: 200, body: nameJSON[:20], breaks: errEarly}
		results := make(chan Result, 1)

		err := service.fetcher().Fetch(t.Context(), ada, results)

		if err == nil {
			t.Errorf("NameFetcher.Fetch returned nil for a body that can't be read to its end; want an error")
		}
		wantResults(t, "NameFetcher.Fetch", drain(results))
		service.wantClosed(t)
	}))

	t.Run("ends the request the moment its context is done", func(t *testing.T) {
		for _, tt := range endings {
			t.Run(tt.name, rehearsal.Bubble(func(t *rehearsal.T) {
				defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
				ctx, cancel := tt.end(t.Context())
				defer cancel()
				service := &nameService{status: 200, body: nameJSON, latency: time.Hour}
				script := t.Script("NameFetcher.Fetch", "call")

				err := service.fetcher().Fetch(ctx, ada, make(chan Result, 1))

				script.WantElapsed(2*time.Second, "the moment at which its context was done (http.NewRequestWithContext ties a request to it)")
				wantError(t, "NameFetcher.Fetch", err, tt.err)
			}))
		}
	})

	t.Run("ends the request the moment its context is done, also while the body comes", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := endings[0].end(t.Context())
		defer cancel()
		service := &nameService{status: 200, body: nameJSON[:20], stalls: true}
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, ada, make(chan Result, 1))

		script.WantElapsed(2*time.Second, "the moment at which its context was done: "+
			"the context of the request must live until the body has been read, and end with the one of Fetch")
		wantError(t, "NameFetcher.Fetch", err, endings[0].err)
		service.wantClosed(t)
	}))

	t.Run("waits for a receiver while its context lives", rehearsal.Bubble(func(t *rehearsal.T) {
		wantWaitForReceiver(t, "NameFetcher.Fetch", (&nameService{status: 200, body: nameJSON}).fetcher(), Result{"name", Name{"Ada", "Lovelace"}})
	}))

	t.Run("doesn't wait for a receiver once its context is done", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		ctx, cancel := endings[0].end(t.Context())
		defer cancel()
		service := &nameService{status: 200, body: nameJSON, latency: time.Second}
		nobodyReceives := make(chan Result)
		script := t.Script("NameFetcher.Fetch", "call")

		err := service.fetcher().Fetch(ctx, ada, nobodyReceives)

		script.WantElapsed(2*time.Second, "the moment at which its context was done")
		wantError(t, "NameFetcher.Fetch", err, endings[0].err)
		service.wantClosed(t)
	}))

	t.Run("returns an error for a URL that is not valid", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &nameService{status: 200, body: nameJSON}
		fetcher := service.fetcher()
		fetcher.URL = "http://bad host:port/%"

		err := fetcher.Fetch(t.Context(), ada, make(chan Result, 1))

		if err == nil {
			t.Errorf("NameFetcher.Fetch returned nil for the URL %q; want an error", fetcher.URL)
		}
	}))

	t.Run("uses http.DefaultClient when it has no client", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		service := &nameService{status: 200, body: nameJSON}
		defer func(before http.RoundTripper) { http.DefaultClient.Transport = before }(http.DefaultClient.Transport)
		http.DefaultClient.Transport = service
		results := make(chan Result, 1)

		err := (&NameFetcher{URL: "http://names/"}).Fetch(t.Context(), ada, results)

		wantNoError(t, "NameFetcher.Fetch", err)
		wantResults(t, "NameFetcher.Fetch", drain(results), Result{"name", Name{"Ada", "Lovelace"}})
	}))
}

// padded returns the JSON of a name and spaces up to size bytes.
func padded(size int) string {
	return nameJSON + strings.Repeat(" ", size-len(nameJSON))
}

// A nameService answers a request without any network.
type nameService struct {
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
func (s *nameService) fetcher() *NameFetcher {
	return &NameFetcher{URL: "http://127.0.0.1:1/", Client: &http.Client{Transport: s}}
}

// RoundTrip implements http.RoundTripper.
func (s *nameService) RoundTrip(request *http.Request) (*http.Response, error) {
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
		Body:          &body{Reader: strings.NewReader(s.body), service: s},
		Request:       request,
	}, nil
}

func (s *nameService) wantClosed(t testing.TB) {
	t.Helper()
	if s.request != nil && !s.closed {
		t.Errorf("NameFetcher.Fetch left the body of the answer open (status %d, %d bytes); want it closed on every path: "+
			"an open body keeps its connection", s.status, len(s.body))
	}
}

type body struct {
	io.Reader
	service *nameService
}

func (b *body) Read(p []byte) (int, error) {
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

func (b *body) Close() error {
	b.service.closed = true
	return nil
}
