package terminal

import "golang.org/x/sys/unix"

// How the mode of a terminal is asked for and set.
const getMode, setMode = unix.TCGETS, unix.TCSETS
