// The error shows the status in words.

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

type Name struct {
	Name    string `json:"name"`
	Surname string `json:"surname"`
}

type NameFetcher struct {
	URL    string
	Client *http.Client
}

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
		return errors.New("name service: " + http.StatusText(resp.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20+1))
	if err != nil {
		return err
	}
	if len(body) > 1<<20 {
		return fmt.Errorf("more than 1 MiB")
	}
	var name Name
	if err := json.Unmarshal(body, &name); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case results <- Result{"name", name}:
		return nil
	}
}
