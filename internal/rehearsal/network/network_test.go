package network_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.com/errgroup-workshop/internal/rehearsal"
	"example.com/errgroup-workshop/internal/rehearsal/network"
)

func TestNetwork(t *testing.T) {
	t.Run("carries HTTP under fake time", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		n := network.New()
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(time.Hour)
			io.WriteString(w, "hello")
		})}
		go server.Serve(n)
		defer server.Close()
		client := &http.Client{Transport: n.Transport()}
		defer client.CloseIdleConnections()
		begin := time.Now()

		response, err := client.Get("http://any.name/")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)

		if string(body) != "hello" || err != nil {
			t.Errorf("the client read %q, error %v; want hello", body, err)
		}
		if elapsed := time.Since(begin); elapsed != time.Hour {
			t.Errorf("the request took %v of fake time; want 1h", elapsed)
		}
	}))

	t.Run("refuses connections once it is closed", rehearsal.Bubble(func(t *rehearsal.T) {
		defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
		n := network.New()
		n.Close()
		n.Close() // a second time does no harm
		if _, err := n.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept returned the error %v; want net.ErrClosed", err)
		}
		if _, err := n.Dial(t.Context()); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Dial returned the error %v; want net.ErrClosed", err)
		}
	}))
}
