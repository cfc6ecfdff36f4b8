// A Decoder reads the body, behind http.MaxBytesReader.

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// A Name is what the name service answers.
type Name struct {
	Name    string `json:"name"`
	Surname string `json:"surname"`
}

// A NameFetcher asks the name service.
type NameFetcher struct {
	URL    string
	Client *http.Client
}

// What most Go programs do: a Decoder on the body, behind MaxBytesReader.
func (f NameFetcher) Fetch(ctx context.Context, email string, results chan<- Result) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL+"?email="+url.QueryEscape(email), nil)
	if err != nil {
		return err
	}
	client := f.Client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status %s", resp.Status)
	}
	var name Name
	if err := json.NewDecoder(http.MaxBytesReader(nil, resp.Body, 1<<20)).Decode(&name); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"name", name}:
		return nil
	}
}
