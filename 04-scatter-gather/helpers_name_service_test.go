package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// A kitNameService answers requests without any network.
type kitNameService struct {
	status  int
	body    string
	latency time.Duration
	breaks  error // of reading the body behind its end, in place of io.EOF
	stalls  bool  // whether reading it there waits for the end of the request

	// What only scenes use.
	wait  func(request *http.Request) error // in place of latency
	piece int                               // bytes of the body that come at a time; 0: all
	delay time.Duration                     // before the first of them

	mu      sync.Mutex
	request *http.Request // the last one
	bodies  []*kitBody    // of all answers
}

// fetcher returns a NameFetcher that asks the service. Nothing answers at its URL,
// and no name has to be looked up: a request by another client fails at once.
func (s *kitNameService) fetcher() *NameFetcher {
	return &NameFetcher{URL: "http://127.0.0.1:1/", Client: &http.Client{Transport: s}}
}

// RoundTrip implements http.RoundTripper.
func (s *kitNameService) RoundTrip(request *http.Request) (*http.Response, error) {
	body := &kitBody{service: s, request: request, rest: strings.NewReader(s.body)}
	s.mu.Lock()
	s.request = request
	s.mu.Unlock()
	wait := s.wait
	if wait == nil {
		wait = func(request *http.Request) error { return kitWait(request, s.latency) }
	}
	if err := wait(request); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.bodies = append(s.bodies, body)
	s.mu.Unlock()
	return kitResponse(request, s.status, body), nil
}

// kitWait waits for d, or until the request is over.
func kitWait(request *http.Request, d time.Duration) error {
	ctx := request.Context()
	if ctx.Err() != nil || d <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// kitResponse returns an answer with the headers of internal/nameservice.
func kitResponse(request *http.Request, status int, body io.ReadCloser) *http.Response {
	return &http.Response{
		StatusCode: status,
		Status:     fmt.Sprintf("%d %s", status, http.StatusText(status)),
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"Content-Type": {"application/json"}},
		ContentLength: -1,
		Body:          body,
		Request:       request,
	}
}

// open returns how many bodies have not been closed.
func (s *kitNameService) open() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, body := range s.bodies {
		if !body.isClosed() {
			n++
		}
	}
	return n
}

func (s *kitNameService) wantClosed(t testing.TB) {
	t.Helper()
	if s.open() > 0 {
		t.Errorf("NameFetcher.Fetch left the body of the answer open (status %d, %d bytes); want it closed on every path: "+
			"an open body keeps its connection", s.status, len(s.body))
	}
}

// A kitBody is the body of an answer.
type kitBody struct {
	service *kitNameService
	request *http.Request
	rest    *strings.Reader
	begun   bool

	mu     sync.Mutex
	closed bool
}

func (b *kitBody) Read(p []byte) (int, error) {
	if b.isClosed() {
		return 0, http.ErrBodyReadAfterClose
	}
	if !b.begun {
		b.begun = true
		if err := kitWait(b.request, b.service.delay); err != nil {
			return 0, err
		}
	}
	if piece := b.service.piece; piece > 0 && len(p) > piece {
		p = p[:piece]
	}
	n, err := b.rest.Read(p)
	switch {
	case err == io.EOF && b.service.stalls:
		<-b.request.Context().Done()
		err = b.request.Context().Err()
	case err == io.EOF && b.service.breaks != nil:
		err = b.service.breaks
	}
	return n, err
}

func (b *kitBody) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}

func (b *kitBody) isClosed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}

// A kitEchoService answers each request after a second, with a person whose name
// is the email. The two halves of the body come a second apart.
type kitEchoService struct{}

func (kitEchoService) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := kitWait(request, time.Second); err != nil {
		return nil, err
	}
	text := fmt.Sprintf(`{"name":%q,"surname":"of many"}`, request.URL.Query().Get("email"))
	half := len(text) / 2
	body := io.MultiReader(strings.NewReader(text[:half]), kitPause{request}, strings.NewReader(text[half:]))
	return kitResponse(request, 200, io.NopCloser(body)), nil
}

// A kitPause is a Reader that ends after a second, and holds nothing.
type kitPause struct{ request *http.Request }

func (p kitPause) Read([]byte) (int, error) {
	if err := kitWait(p.request, time.Second); err != nil {
		return 0, err
	}
	return 0, io.EOF
}

// kitShowsStatus reports whether the error shows the code or the text of a status.
func kitShowsStatus(err error, status int) bool {
	text := strings.ToLower(err.Error())
	return strings.Contains(text, fmt.Sprint(status)) || strings.Contains(text, strings.ToLower(http.StatusText(status)))
}
