//go:build linux

// Command sink is a mail server that listens on every address of 127.0.0.0/8
// and answers EHLO, STARTTLS and QUIT. It writes its authority to the file
// named by its argument, prints its port and serves until its input ends. A
// second port offers no STARTTLS.
package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

func main() {
	config, authority, err := certificate()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], authority, 0o600); err != nil {
		log.Fatal(err)
	}
	fmt.Println(listen(nil), listen(config))
	io.Copy(io.Discard, os.Stdin)
}

// listen serves a port of its own on all addresses.
func listen(config *tls.Config) int {
	loopback := net.ListenConfig{Control: onLoopback}
	ln, err := loopback.Listen(context.Background(), "tcp4", "0.0.0.0:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go talk(conn, config)
		}
	}()
	return ln.Addr().(*net.TCPAddr).Port
}

// onLoopback keeps a socket that listens on all addresses to those of loopback.
func onLoopback(_, _ string, socket syscall.RawConn) error {
	var bound error
	err := socket.Control(func(fd uintptr) {
		bound = syscall.SetsockoptString(int(fd), syscall.SOL_SOCKET, syscall.SO_BINDTODEVICE, "lo")
	})
	return errors.Join(err, bound)
}

func talk(conn net.Conn, config *tls.Config) {
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 512)
	io.WriteString(conn, "220 mx.example ESMTP sink\r\n")
	for {
		line, err := in.ReadString('\n')
		switch {
		case err != nil:
			return
		case strings.HasPrefix(line, "EHLO") && config != nil:
			io.WriteString(conn, "250-mx.example\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 PIPELINING\r\n")
		case strings.HasPrefix(line, "EHLO"):
			io.WriteString(conn, "250-mx.example\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 PIPELINING\r\n")
		case strings.HasPrefix(line, "STARTTLS"):
			io.WriteString(conn, "220 go ahead\r\n")
			conn = tls.Server(conn, config)
			in, config = bufio.NewReaderSize(conn, 512), nil
		case strings.HasPrefix(line, "QUIT"):
			io.WriteString(conn, "221 bye\r\n")
			return
		default:
			io.WriteString(conn, "502 no\r\n")
		}
	}
}

// certificate makes a certificate for all hosts of the zone, and the authority
// that signed it, in PEM.
func certificate() (*tls.Config, []byte, error) {
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "figures"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "sink"}, DNSNames: []string{"*.mail.example"},
		NotBefore: root.NotBefore, NotAfter: root.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
	}
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	rootDER, err := x509.CreateCertificate(rand.Reader, root, root, &rootKey.PublicKey, rootKey)
	if err != nil {
		return nil, nil, err
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, root, &leafKey.PublicKey, rootKey)
	if err != nil {
		return nil, nil, err
	}
	pair := tls.Certificate{Certificate: [][]byte{leafDER}, PrivateKey: leafKey}
	return &tls.Config{Certificates: []tls.Certificate{pair}},
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER}), nil
}
