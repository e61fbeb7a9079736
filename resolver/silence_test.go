package resolver_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/resolver"
)

// mute is a network in which every packet vanishes; it notes who was asked and
// when. Only for use inside a synctest bubble.
type mute struct {
	start time.Time
	asked chan string
}

func (m *mute) dial(_ context.Context, network, address string) (net.Conn, error) {
	near, far := net.Pipe()
	go io.Copy(io.Discard, far)
	m.asked <- fmt.Sprint(network, " ", address, " ", time.Since(m.start))
	return near, nil
}

func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		void := &mute{start: time.Now(), asked: make(chan string, 64)}
		r := resolver.New(resolver.Options{
			Servers: []string{"192.0.2.1", "192.0.2.2:5353"}, Dial: void.dial,
		})
		_, err := r.Route(t.Context(), "catium.com")
		if took := time.Since(void.start); took != resolver.DefaultTimeout {
			t.Errorf("took %v", took)
		}
		var failed *resolver.Error
		if !errors.As(err, &failed) || failed.Kind != resolver.NoAnswer || len(failed.Tries) != 2 {
			t.Fatalf("got %v", err)
		}
		const want = "DNS gave no answer about catium.com: 192.0.2.1 did not answer within 5.0 s; 192.0.2.2:5353 did not answer within 3.5 s"
		if err.Error() != want {
			t.Errorf("got  %s\nwant %s", err, want)
		}
		close(void.asked)
		var asked []string
		for one := range void.asked {
			asked = append(asked, one)
		}
		const order = "udp 192.0.2.1:53 0s, udp 192.0.2.2:5353 1.5s, udp 192.0.2.1:53 3s, udp 192.0.2.2:5353 4.5s"
		if got := strings.Join(asked, ", "); got != order {
			t.Errorf("asked %s", got)
		}
	})
}

// Every way in ends with its time, or at once when it is stopped.
func TestSilenceEverywhere(t *testing.T) {
	for name, look := range map[string]func(context.Context, *resolver.Resolver) error{
		"addresses": func(ctx context.Context, r *resolver.Resolver) error {
			_, err := r.Addresses(ctx, "mx.example.com")
			return err
		},
		"reverse": func(ctx context.Context, r *resolver.Resolver) error {
			_, err := r.Reverse(ctx, resolverAddr)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				void := &mute{start: time.Now(), asked: make(chan string, 64)}
				r := resolver.New(resolver.Options{Servers: []string{"192.0.2.1"}, Dial: void.dial, HostsFile: "testdata/hosts"})
				expect(t, look(t.Context(), r), resolver.NoAnswer, void.start, resolver.DefaultTimeout)
				start := time.Now()
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				expect(t, look(ctx, r), resolver.Stopped, start, time.Second)
			})
		})
	}
}

func expect(t *testing.T, err error, kind resolver.Kind, start time.Time, took time.Duration) {
	t.Helper()
	var failed *resolver.Error
	if !errors.As(err, &failed) || failed.Kind != kind {
		t.Errorf("got %v, want %s", err, kind)
	}
	if got := time.Since(start); got != took {
		t.Errorf("took %v, want %v", got, took)
	}
}

// The name of a silent server is not waited for.
func TestSilentName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		void := &mute{start: time.Now(), asked: make(chan string, 64)}
		r := resolver.New(resolver.Options{Servers: []string{"192.0.2.1"}, Dial: void.dial})
		if got := r.ServerName(t.Context(), resolver.Server{Shown: resolverAddr}); got != "" {
			t.Errorf("got %q", got)
		}
		if took := time.Since(void.start); took != 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
