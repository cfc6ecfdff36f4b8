// Command 04-scatter-gather asks a name service and a partner about an email,
// both at the same time, and prints what they know:
//
//	{name {ricardo linck}}
//	{loyalty_points 20}
//
// It stops when the time is up, or on Ctrl-C, and prints what it has by then.
// Results go to standard output, one a line in the order of their arrival, and
// errors to standard error. The exit status is 0, 1 after an error that ended
// it early, and 2 for a wrong flag or a timeout that is not above zero: the
// error names the flag then.
//
// Flags:
//
//	-email address     whom to ask about (default test@test.com)
//	-timeout duration  when to stop (default 2s)
//	-fail-fast         stop at the first error
package main

func main() {
	// TODO: start internal/nameservice, and Gather from a NameFetcher and from a
	// PartnerFetcher (20 points for test@test.com, a latency of 1s), each in a
	// CancellationFetcher.
}
