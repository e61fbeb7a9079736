package command

// commandLine is all that can be typed.
type commandLine struct {
	Screen screenCommand `cmd:"" default:"withargs" help:"Look a target up on the full screen (the default)."`
	practiceLine
	mxLine
	checkLine
	sendLine
	versionLine
}

type (
	practiceLine struct {
		Practice practiceCommand `cmd:"" help:"The same against built-in servers: try anything, harm nothing."`
	}
	mxLine struct {
		MX mxCommand `cmd:"" name:"mx" help:"Where mail for a domain goes."`
	}
	checkLine struct {
		Check checkCommand `cmd:"" help:"Try the route stage by stage and ask about a recipient; nothing is sent."`
	}
	sendLine struct {
		Send sendCommand `cmd:"" help:"Send one message, the whole transaction."`
	}
	versionLine struct {
		Version versionCommand `cmd:"" help:"Print the version."`
	}
)

// grammar returns what args are read by: the one command that they begin with,
// else all. Reading the tags of every flag of every command takes longer than
// the rest of a small command.
func grammar(args []string) any {
	if len(args) == 0 {
		return &commandLine{}
	}
	switch args[0] {
	case "practice":
		return &practiceLine{}
	case "mx":
		return &mxLine{}
	case "check":
		return &checkLine{}
	case "send":
		return &sendLine{}
	}
	return &commandLine{}
}
