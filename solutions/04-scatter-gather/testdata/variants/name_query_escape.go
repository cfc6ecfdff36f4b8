// The query is written by hand, with url.QueryEscape. Use it if the URL has no
// query of its own.

package main

import (
	"context"
	"encoding/json"
	"fmt"
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
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL+"?email="+url.QueryEscape(email), nil)
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
	err = json.NewDecoder(response.Body).Decode(&name)
	return name, err
}
