package explain

import (
	"strings"
	"testing"
)

func TestServiceOf(t *testing.T) {
	for _, tt := range []struct{ first, id string }{
		{"SSH-2.0-OpenSSH_9.6", "ssh"},
		{"HTTP/1.1 400 Bad Request", "http"},
		{"<!DOCTYPE HTML PUBLIC>", "http"},
		{"<html>", "http"},
		{"+OK Dovecot ready.", "pop3"},
		{"-ERR out of order", "pop3"},
		{"* OK [CAPABILITY IMAP4rev1] Dovecot ready.", "imap"},
		{"* BYE too many", "imap"},
		{`"IMPLEMENTATION" "Dovecot Pigeonhole"`, "sieve"},
		{"\x15\x03\x01\x00\x02\x02\x0a", "tls"},
		{"\x15\x03\x03\x00\x02\x02", "tls"}, // the alert, cut where it holds a line end
		{"\x16\x03\x03\x00\x7a", "tls"},
		{"\xff\xfd\x18\xff\xfd\x20", "telnet"},
		{"RFB 003.008", "vnc"},
		{"220 (vsFTPd 3.0.5)", "ftp"},
		{"220-FileZilla Server 1.8.0", "smtp"},
		{"220 ProFTPD Server ready", "ftp"},
		{"220 ftp.example.com ESMTP Postfix", "smtp"},
		{"220 mx1.example.org ESMTP", "smtp"},
		{"554 mx1.example.org ESMTP not accepting connections", "smtp"},
		{"\x16\x02", ""},
		{"hello there", ""},
		{"", ""},
		{strings.Repeat("x", 1000), ""},
	} {
		got, ok := ServiceOf([]string{tt.first})
		if got.ID != tt.id || ok != (tt.id != "") || ok && got.Name == "" {
			t.Errorf("%q is %+v, %v", tt.first, got, ok)
		}
	}
	if got, _ := ServiceOf([]string{"", "+OK"}); got.ID != "pop3" {
		t.Errorf("the second line does not tell: %+v", got)
	}
	if _, ok := ServiceOf(nil); ok {
		t.Error("nothing tells something")
	}
}
