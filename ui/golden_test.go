package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// TestWholeScreens holds whole frames at the three sizes of the design: the
// route, and the talk after RCPT with DATA half typed. The clock is that of the
// bubble.
func TestWholeScreens(t *testing.T) {
	for name, come := range map[string]func(*drive){
		"route": func(*drive) {},
		"talk": func(d *drive) {
			d.types("", "EHLO pc17.example.org", "MAIL FROM:<>", "RCPT TO:<jcatalaa@catium.com>")
			d.letters("DATA")
			d.wait(71 * time.Second)
		},
	} {
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 120, Height: 40}, {Width: 40, Height: 10}} {
			drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
				d.take(size)
				come(d)
				golden(t, fmt.Sprintf("%s-%dx%d", name, size.Width, size.Height), d.screen())
			})
		}
	}
}

// golden holds a frame against testdata, as plain text.
func golden(t *testing.T, name, frame string) {
	t.Helper()
	rows := strings.Split(frame, "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	got := strings.Join(rows, "\n") + "\n"
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
