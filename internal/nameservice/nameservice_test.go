package nameservice

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestHandler(t *testing.T) {
	for _, tt := range []struct {
		name, method, target string
		status               int
		body                 string
	}{
		{
			name:   "knows test@test.com",
			method: "GET",
			target: "/?email=test%40test.com",
			status: 200,
			body:   `{"name":"ricardo","surname":"linck"}`,
		},
		{name: "knows nobody else", method: "GET", target: "/?email=ada%40example.com", status: 404, body: "nobody has this email"},
		{name: "asks for an email", method: "GET", target: "/", status: 400, body: "the query parameter email is missing"},
		{name: "answers on one path", method: "GET", target: "/other?email=test%40test.com", status: 404, body: "404 page not found"},
		{name: "answers only GET and HEAD", method: "POST", target: "/?email=test%40test.com", status: 405, body: "Method Not Allowed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			Handler().ServeHTTP(w, httptest.NewRequest(tt.method, tt.target, nil))
			if got := strings.TrimSpace(w.Body.String()); w.Code != tt.status || got != tt.body {
				t.Errorf("%s %s answered %d %q; want %d %q", tt.method, tt.target, w.Code, got, tt.status, tt.body)
			}
		})
	}
}

// TestService uses a real connection, so it runs without fake time.
func TestService(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for range 20 {
		service, err := Start()
		if err != nil {
			t.Fatal(err)
		}
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		response, err := client.Get(service.URL + "?email=test%40test.com")
		if err != nil {
			t.Fatalf("the first request after Start failed: %v; want the service to be ready when Start returns", err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || !strings.Contains(string(body), "ricardo") {
			t.Errorf("the service answered %q, error %v; want the name ricardo", body, err)
		}
		if err := service.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown returned the error %q; want nil", err)
		}
		if err := service.Shutdown(t.Context()); err != nil {
			t.Errorf("a second Shutdown returned the error %q; want nil", err)
		}
		if response, err := client.Get(service.URL); err == nil {
			response.Body.Close()
			t.Errorf("the service answered %s after Shutdown; want a refused connection", response.Status)
		}
	}
}
