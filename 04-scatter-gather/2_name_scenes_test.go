package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"example.com/errgroup-workshop/internal/rehearsal"
)

// kitNameScene plays calls of one NameFetcher, and compares each with its
// contract.
func kitNameScene(s *rehearsal.Scene) {
	services := make(kitServices)
	url := rehearsal.OneOf(s, "http://127.0.0.1:1/", "http://127.0.0.1:1/people")
	fetcher := &NameFetcher{URL: url, Client: &http.Client{Transport: services}}

	s.Play(func(a *rehearsal.Act) {
		email := rehearsal.OneOf(s, kitAda, "a+b@example.com", "a&email=b#c?d=e%20", "", "Ä ö ") + strings.Repeat("x", len(services))
		service := kitDrawService(a)
		services[email] = service
		request := rehearsal.Call{Name: "request", Takes: s.Duration(), Returns: http.StatusText(service.status),
			WhenCanceled: rehearsal.OneOf(s, rehearsal.ReturnsContextError, rehearsal.WrapsContextError, rehearsal.ReturnsValue)}
		script := a.Script("NameFetcher.Fetch", "request", request)
		service.wait = func(r *http.Request) error {
			if to, _, _ := strings.Cut(r.URL.String(), "?"); to != url {
				s.Errorf("NameFetcher.Fetch sent a request to %q; want %q with a query", to, url)
			}
			_, err := script.FetchContext(r.Context(), "request")
			return err
		}
		ctx := a.Context()
		_, ends := ctx.Ended()
		inbox := kitDrawInbox(a, "NameFetcher.Fetch", 1, ends != nil)

		var err error
		a.Do(func() {
			err = inbox.During(func(results chan<- Result) error { return fetcher.Fetch(ctx, email, results) })
		})

		a.Check(func() {
			results := inbox.Results()
			if n := service.open(); n > 0 {
				a.Fatalf("NameFetcher.Fetch left the bodies of %d answers open, of %d that it got; want each closed on every path: "+
					"an open body keeps its connection", n, len(service.bodies))
			}
			end, ended := ctx.Ended()
			made := script.Made()
			if len(made) == 0 {
				if !ctx.DoneBefore() {
					a.Fatalf("NameFetcher.Fetch sent no request about %q, and returned the error %s; want a GET by Client of URL, with the email escaped", email, kitQuoted(err))
				}
				kitWantContextError(a, "NameFetcher.Fetch", err, ended)
				return
			}
			script.WantDerived(ctx)
			answered := made[0].End
			ready := answered + service.delay
			switch {
			case ended != nil && end <= answered && err == nil && !made[0].Failed():
				return // the answer came at the moment at which the context was done
			case service.status == http.StatusOK && service.wants != nil:
				kitWantDelivery(a, script, ctx, inbox, ready, "the moment at which the body had come", err, []Result{{"name", *service.wants}})
				return
			case ended != nil && end <= ready:
				if err == nil {
					a.Fatalf("NameFetcher.Fetch returned nil; want %q, the error of its context", ended)
				}
			case err == nil && service.status != http.StatusOK:
				a.Fatalf("NameFetcher.Fetch returned nil for an answer with the status %d; want an error that shows the status", service.status)
			// Where the body breaks off too, its error may be the one.
			case service.status != http.StatusOK && service.breaks == nil && !kitShowsStatus(err, service.status):
				a.Fatalf("NameFetcher.Fetch returned the error %q for an answer with the status %d; want one that shows the code or the text of the status", err, service.status)
			case err == nil:
				a.Fatalf("NameFetcher.Fetch returned nil for the body %q; want an error", service.body)
			}
			kitWantSent(a, "NameFetcher.Fetch", results)
			ctx.WantNothingLeft("NameFetcher.Fetch")
		})
	})
}

// A kitDrawnService answers one email in a scene.
type kitDrawnService struct {
	kitNameService
	wants *Name // that its body holds; nil if that is no name
}

// kitDrawService draws how a service answers.
func kitDrawService(a *rehearsal.Act) *kitDrawnService {
	s := new(kitDrawnService)
	s.status = rehearsal.OneOf(a.Scene, 200, 200, 200, 200, 200, 500, 404, 503, 204, 201)
	name := rehearsal.OneOf(a.Scene, Name{"Ada", "Lovelace"}, Name{}, Name{"Łukasz", "\"O'Neil\" \\ \n"}, Name{strings.Repeat("long ", 2000), "x"})
	text, _ := json.Marshal(name) // strings always can be
	s.body, s.wants = string(text)+"\n", &name
	if a.Percent(10) {
		s.body, name.Surname = `{"name":"Ada"}`, ""
		name.Name = "Ada"
	}
	s.piece = rehearsal.OneOf(a.Scene, 0, 0, 1, 7)
	if a.Percent(30) && len(s.body) < 1000 {
		s.delay = a.Moment()
		a.Say("its body comes %v later", s.delay)
	}
	switch a.Number(10) {
	case 7:
		s.breaks, s.body, s.wants = io.ErrUnexpectedEOF, s.body[:len(s.body)/2], nil
		a.Say("the body breaks off in the middle")
	case 8:
		s.body, s.wants = s.body[:len(s.body)/2], nil
		a.Say("the body ends in the middle")
	case 9:
		s.body, s.wants = "<html>please log in</html>", nil
		a.Say("the body is a page")
	default:
		a.Say("the body is %.40q", s.body)
	}
	if s.piece > 0 {
		a.Say("which comes in pieces of %d bytes", s.piece)
	}
	a.Say("the status is %d", s.status)
	return s
}

// kitServices is an http.RoundTripper that asks for each email its service.
type kitServices map[string]*kitDrawnService

func (m kitServices) RoundTrip(request *http.Request) (*http.Response, error) {
	email := request.URL.Query().Get("email")
	service, ok := m[email]
	if !ok || request.Method != http.MethodGet {
		return kitResponse(request, http.StatusNotFound, io.NopCloser(strings.NewReader("nobody has this email"))), nil
	}
	return service.RoundTrip(request)
}
