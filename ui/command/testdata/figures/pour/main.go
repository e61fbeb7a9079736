// Command pour sends a file that is ready for the wire to an SMTP server,
// without a look at it: the least that sending a message can cost.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"os"
)

func main() {
	conn, err := net.Dial("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.Open(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	in := bufio.NewReader(conn)
	in.ReadString('\n')
	for _, line := range []string{"EHLO pour", "MAIL FROM:<me@example.com>", "RCPT TO:<anna@example.org>", "DATA"} {
		fmt.Fprintf(conn, "%s\r\n", line)
		in.ReadString('\n')
	}
	// Not io.Copy: the kernel would copy by itself, which no program can that
	// has to look at the bytes.
	block := make([]byte, 64<<10)
	for {
		n, err := file.Read(block)
		if _, err := conn.Write(block[:n]); err != nil {
			log.Fatal(err)
		}
		if err == io.EOF {
			break
		}
	}
	for _, line := range []string{".", "QUIT"} {
		fmt.Fprintf(conn, "%s\r\n", line)
		in.ReadString('\n')
	}
}
