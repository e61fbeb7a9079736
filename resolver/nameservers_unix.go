//go:build !windows

package resolver

// readSystem reads the servers of the system. macOS keeps this file up to date
// with the network that is used first.
func readSystem() (system, error) { return readResolvConf("/etc/resolv.conf") }

func hostsFile() string { return "/etc/hosts" }
