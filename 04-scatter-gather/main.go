// Command 04-scatter-gather asks a name service and a partner about an email,
// both at the same time, and prints what they know:
//
//	{name {ricardo linck}}
//	{loyalty_points 20}
//
// It stops when the time is up, or on Ctrl-C, and prints the results that have
// arrived. Each result is a line on standard output, in order of arrival; errors
// go to standard error. The exit status is 1 if an error stopped the program,
// otherwise 0. All requests go through http.DefaultTransport.
//
// Flags:
//
//	-email address     whom to ask about (default test@test.com)
//	-timeout duration  when to stop (default 2s)
//	-fail-fast         stop at the first error
package main

func main() {
	// TODO: start internal/nameservice, and Gather from a NameFetcher and a
	// PartnerFetcher (20 points for test@test.com, a latency of 1s), each in a
	// CancellationFetcher.
	// Test:  go test -run TestMainProgram ./04-scatter-gather
	// Hints: WORKSHOP.md#the-program
}
