package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// A Name is what the name service answers.
type Name struct {
	Name    string `json:"name"`
	Surname string `json:"surname"`
}

// A NameFetcher asks the name service for the name behind an email. Any number of
// goroutines may use it.
type NameFetcher struct {
	URL    string
	Client *http.Client // nil: http.DefaultClient
}

// Fetch sends a GET request to URL, with the properly escaped query parameter
// email, and sends {"name", Name}. A status other than 200 is an error that
// shows the status code or its text. A body that can't be read is an error, and
// so is a body whose JSON doesn't fit a Name. Fetch closes the body on every
// path. When ctx is done, the request ends, and Fetch no longer blocks on
// results.
func (f NameFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	name, err := f.get(ctx, email)
	if err != nil {
		return fmt.Errorf("name service: %w", err)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"name", name}:
		return nil
	}
}

// maxBody is how many bytes of an answer are read: no service may fill our memory.
const maxBody = 1 << 20

func (f NameFetcher) get(ctx context.Context, email string) (name Name, err error) {
	u, err := url.Parse(f.URL)
	if err != nil {
		return name, err
	}
	query := u.Query()
	query.Set("email", email)
	u.RawQuery = query.Encode()

	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return name, err
	}
	client := f.Client
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(request)
	if err != nil {
		return name, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return name, fmt.Errorf("status %s", response.Status)
	}
	err = json.NewDecoder(io.LimitReader(response.Body, maxBody)).Decode(&name)
	return name, err
}
