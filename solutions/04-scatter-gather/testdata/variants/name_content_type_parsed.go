// It parses the Content-Type, and takes JSON only.

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
)

type Name struct {
	Name    string `json:"name"`
	Surname string `json:"surname"`
}

type NameFetcher struct {
	URL    string
	Client *http.Client // nil: http.DefaultClient
}

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
	if media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return name, fmt.Errorf("the answer is %q, not JSON", response.Header.Get("Content-Type"))
	}
	err = json.NewDecoder(response.Body).Decode(&name)
	return name, err
}
