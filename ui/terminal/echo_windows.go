package terminal

import "golang.org/x/sys/windows"

// Echo tells a console whether to show what is typed, for secrets; lines are
// read as ever. What is no console does not mind.
func Echo(fd uintptr, on bool) {
	var mode uint32
	if windows.GetConsoleMode(windows.Handle(fd), &mode) != nil {
		return
	}
	mode &^= windows.ENABLE_ECHO_INPUT
	if on {
		mode |= windows.ENABLE_ECHO_INPUT
	}
	_ = windows.SetConsoleMode(windows.Handle(fd), mode) // it was a console a moment ago
}
