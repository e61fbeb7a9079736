// Command ehlo shows where mail goes, talks to the servers there, and explains
// every line of the talk.
package main

import (
	"os"

	"ehlo/ui/command"
)

func main() {
	os.Exit(command.Main(os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
