// The status isn't looked at. In production the JSON of an error page becomes
// a user without a name.
//
// Refused by: TestNameFetcher/returns an error that shows a status other than 200/500
// Says: NameFetcher.Fetch returned nil for an answer with the status 500; want an error that shows the status

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
