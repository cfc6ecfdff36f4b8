package rehearsal

import (
	"context"
	"time"
)

// FetchAndSend is FetchContext for a call that hands its value over before it
// returns. When its time is over, it calls send with the value, unless that is
// "" or the call fails; see Call.SendsAndFails. Then it runs on for Lingers,
// whatever happens to ctx, and returns.
//
// While send blocks, ctx may end: send returns ctx.Err() then, and the call
// returns what it returns when canceled. The ctx of a call that ignores its
// context never ends.
func (s *Script) FetchAndSend(ctx context.Context, key string, send sendFunc) error {
	_, err := s.fetch(ctx, key, send)
	return err
}

// A sendFunc hands a value over, or returns the error of ctx if that is done
// before.
type sendFunc = func(ctx context.Context, value string) error

// handOver hands the value of call i over, if it has one.
func (s *Script) handOver(ctx context.Context, i int, call *Call, send sendFunc) error {
	if call.Returns == "" || call.Fails != nil && !call.SendsAndFails {
		return nil
	}
	if err := send(ctx, call.Returns); err != nil {
		return err
	}
	s.mu.Lock()
	s.record[i].sent, s.record[i].sentAt = true, time.Since(s.began)
	s.mu.Unlock()
	time.Sleep(call.Lingers)
	return nil
}
