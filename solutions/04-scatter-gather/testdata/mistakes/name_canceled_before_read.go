// The function that sends the request cancels its context when it returns, which is
// before the body is read. In production it works with small answers, which have
// come by then, and fails with large ones.
//
// Refused by: TestNameFetcher/ends the request the moment its context is done, also while the body comes
// Says: NameFetcher.Fetch returned after 0s; want 2s

package main

import (
	"context"
	"encoding/json"
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

const maxBody = 1 << 20 // bytes

func do(client *http.Client, request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(request.Context())
	defer cancel()
	return client.Do(request.WithContext(ctx))
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
	response, err := do(client, request)
	if err != nil {
		return name, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return name, fmt.Errorf("status %s", response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if err != nil {
		return name, err
	}
	if len(body) > maxBody {
		return name, fmt.Errorf("the answer is larger than %d bytes", maxBody)
	}
	err = json.Unmarshal(body, &name)
	return name, err
}
