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
		{"knows test@test.com", "GET", "/?email=test%40test.com", 200, `{"name":"ricardo","surname":"linck"}`},
		{"knows nobody else", "GET", "/?email=ada%40example.com", 404, "nobody has this email"},
		{"asks for an email", "GET", "/", 400, "the query parameter email is missing"},
		{"answers on one path", "GET", "/other?email=test%40test.com", 404, "404 page not found"},
		{"answers only GET and HEAD", "POST", "/?email=test%40test.com", 405, "Method Not Allowed"},
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
