package certificate

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
)

// Trouble says in plain words, without a full stop, why a handshake did not come
// to its end: an alert of the server (RFC 8446 section 6.2), what our own side
// could not take, or a line that broke. What has no words of ours is told in
// those of the library, safe to show; "" for no error.
func Trouble(err error) string {
	var alert *net.OpError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &alert) && alert.Op == "remote error":
		return known("alert:", strings.TrimPrefix(alert.Err.Error(), "tls: "), say("alert", "text", alert.Err.Error()))
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return say("handshake_slow")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return say("handshake_cut")
	}
	text := strings.TrimPrefix(err.Error(), "tls: ")
	return known("local:", text, say("handshake_other", "text", err.Error()))
}

// known returns the words whose key begins a text behind a prefix, else others.
func known(prefix, text, others string) string {
	for key, words := range words() {
		if begin, ok := strings.CutPrefix(key, prefix); ok && strings.HasPrefix(text, begin) {
			return words
		}
	}
	return others
}
