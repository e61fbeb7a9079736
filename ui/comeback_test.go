package ui

import (
	"strings"
	"testing"
	"time"
)

// TestComeBack: an answer that asks us to come back starts a timer, and one key
// asks again, on the open line.
func TestComeBack(t *testing.T) {
	greylisted := kind("RCPT", "450 4.2.0 Greylisted, try again in 300 seconds")
	c := &calls{scripts: []map[string]string{greylisted, kind()}}
	replays(t, c, func(d *drive) {
		d.press("ctrl+t")
		d.shows("Nothing was asked yet")
		sayMessage(d)
		d.wait(5 * time.Second)
		d.arrange() // the clock
		d.shows("NOT NOW", "Ask again at ", "in 4:5", "Ctrl+T does it")
		d.press("ctrl+t")
		d.wait(time.Second)
		if got := c.heard(0); !strings.HasSuffix(got, "RCPT TO:<b@example.com>; RCPT TO:<b@example.com>") {
			t.Errorf("not asked again: %q", got)
		}
		d.wait(5 * time.Minute)
		d.shows("It is time to ask again")
	})
}

// TestComeBackOnAnotherLine: where the server has hung up the key calls again,
// says what led there, asks, and the timer ends with the yes.
func TestComeBackOnAnotherLine(t *testing.T) {
	greylisted := kind("RCPT", "450 4.2.0 Greylisted", "NOOP", "421 4.4.2 idle for too long")
	c := &calls{scripts: []map[string]string{greylisted, kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("NOOP")
		d.wait(6 * time.Minute)
		d.shows("It is time to ask again")
		d.press("ctrl+t")
		d.wait(3 * time.Second)
		if got := c.heard(1); got != threeLines {
			t.Errorf("said again: %q", got)
		}
		d.shows("before it was 450, now it is 250", "YES")
		d.hides("Ask again")
		d.press("esc")
		d.wait(20 * time.Minute)
		d.hides("It is time")
	})
}

// TestComeBackIsOfItsServer: another server has not asked us to come back.
func TestComeBackIsOfItsServer(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind("RCPT", "450 4.2.0 Greylisted"), kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("/connect 192.0.2.99:25")
		d.wait(time.Hour)
		d.hides("It is time to ask again")
		d.press("ctrl+t")
		d.shows("Nothing was asked yet")
	})
}

// TestRepeatWaits while an answer is out, and where the state does not allow it.
func TestRepeatWaits(t *testing.T) {
	c := &calls{scripts: []map[string]string{kind()}}
	replays(t, c, func(d *drive) {
		sayMessage(d)
		d.types("RSET")
		d.wait(time.Second)
		d.press("ctrl+t")
		d.shows("Nothing was asked yet")
		d.types("MAIL FROM:<a@example.org>")
		d.press("ctrl+t")
		d.shows("Nothing was asked yet")
		d.wait(time.Second)
		d.press("ctrl+t")
		d.shows("Not now: RSET comes first.")
	})
}

// TestIdle warns before the server is likely to hang up, as its kind does.
func TestIdle(t *testing.T) {
	for banner, tt := range map[string]struct {
		early, late time.Duration
		say         string
	}{
		"220 mx1.example.com ESMTP Postfix": {3 * time.Minute, 4*time.Minute + time.Second, "Postfix waits 5 minutes"},
		"220 mx1.example.com ready":         {3 * time.Minute, 4*time.Minute + time.Second, "Servers wait about 5 minutes"},
		"220 email-smtp.amazonaws.com ESMTP SimpleEmailService-d-VCSHDP1YZ A1b2C3d4E5f6": {5 * time.Second, 9 * time.Second, "Amazon hangs up"},
	} {
		drives(t, "192.0.2.25:25", &network{peer: &peer{banner: banner, answers: map[string]string{"NOOP": "250 ok"}}}, func(d *drive) {
			d.wait(tt.early)
			d.hides(tt.say)
			d.wait(tt.late - tt.early)
			d.shows("idle ", tt.say, "NOOP keeps the line.")
			d.types("NOOP")
			d.wait(time.Second)
			d.hides(tt.say)
		})
	}
}
