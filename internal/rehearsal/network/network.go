// Package network is a network in memory, for tests that run a real HTTP
// server and client under fake time. A loopback connection would not do: a
// goroutine that waits for the operating system keeps the clock of a
// testing/synctest bubble from moving, one that waits for a net.Pipe doesn't.
package network

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// A Network has one listener; whoever dials, whatever the address, reaches it.
// Make it inside the bubble, with [New].
type Network struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// New returns a network to which nobody is connected.
func New() *Network {
	return &Network{conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Transport returns an HTTP transport that dials in the network.
func (n *Network) Transport() *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return n.Dial(ctx) },
	}
}

// Dial connects to the listener. It waits until the listener accepts, ctx is
// done or the listener is closed; then it returns an error.
func (n *Network) Dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case n.conns <- server:
		return client, nil
	case <-n.closed:
		return nil, &net.OpError{Op: "dial", Net: "memory", Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for the next connection. After Close it returns net.ErrClosed.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.conns:
		return conn, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close makes Accept, and every Dial from now on, return an error.
func (n *Network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

// Addr returns an address that looks like one on loopback.
func (n *Network) Addr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}
}
