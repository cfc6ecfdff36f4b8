// Package nameservice is the HTTP name service that exercise 04 asks for the
// name behind an email. It is given code: there is nothing to do here.
//
//	GET /?email=test%40test.com
//	200 {"name":"ricardo","surname":"linck"}
//
// An email that it doesn't know gets 404, a request without one 400.
package nameservice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
)

type person struct {
	Name    string `json:"name"`
	Surname string `json:"surname"`
}

var people = map[string]person{
	"test@test.com": {Name: "ricardo", Surname: "linck"},
}

// Listen opens the listener of a service: a free port on loopback. Tests that
// run under fake time put a network in memory in its place.
var Listen = func() (net.Listener, error) {
	return net.Listen("tcp", "127.0.0.1:0")
}

// A Service is a name service that runs.
type Service struct {
	// URL is where it answers, without a query.
	URL string

	server *http.Server
	served chan struct{} // closed when Serve has returned
	err    error         // what it returned
}

// Start starts a name service. When it returns, the service accepts
// connections: a request that is sent at once is answered.
func Start() (*Service, error) {
	// The listener is open before the goroutine starts, so that it doesn't
	// matter when the goroutine gets to its work: early connections wait.
	listener, err := Listen()
	if err != nil {
		return nil, fmt.Errorf("name service: %w", err)
	}
	s := &Service{
		URL:    "http://" + listener.Addr().String() + "/",
		server: &http.Server{Handler: Handler()},
		served: make(chan struct{}),
	}
	go func() {
		defer close(s.served)
		s.err = s.server.Serve(listener)
	}()
	return s, nil
}

// Shutdown stops the service: it takes no new request, lets those that are in
// flight end, and returns when all of this is done or ctx is.
func (s *Service) Shutdown(ctx context.Context) error {
	if err := s.server.Shutdown(ctx); err != nil {
		return fmt.Errorf("name service: %w", err)
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("name service: %w", ctx.Err())
	case <-s.served:
	}
	if !errors.Is(s.err, http.ErrServerClosed) {
		return fmt.Errorf("name service: %w", s.err)
	}
	return nil
}

// Handler returns the service without a network around it.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", serveName)
	return mux
}

func serveName(w http.ResponseWriter, r *http.Request) {
	email := r.URL.Query().Get("email")
	if email == "" {
		http.Error(w, "the query parameter email is missing", http.StatusBadRequest)
		return
	}
	p, ok := people[email]
	if !ok {
		http.Error(w, "nobody has this email", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(p) // an error means that the client has gone
}
