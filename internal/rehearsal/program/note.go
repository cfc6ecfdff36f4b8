package program

import (
	"fmt"
	"os"
)

// Note adds a line to the Notes of the program that this process runs.
func Note(line string) {
	file, err := os.OpenFile(os.Getenv(notesVariable), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		panic(err) // the test would take the program for one that did nothing
	}
	defer file.Close()
	fmt.Fprintln(file, line)
}
