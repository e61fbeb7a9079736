package sanitize

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"ascii", "250 ok dirdel", "250 ok dirdel"},
		{"backslash stays", `C:\x1B \u{202E}`, `C:\x1B \u{202E}`},
		{"accents", "¿Cómo estás? Grüße", "¿Cómo estás? Grüße"},
		{"cjk and emoji", "郵便 ✓ 📮", "郵便 ✓ 📮"},
		{"blanks of other scripts", "a\u00A0b\u3000c", "a\u00A0b\u3000c"},
		{"escape", "\x1b[2J", `\x1B[2J`},
		{"controls", "\x00\a\b\t\n\r", `\x00\x07\x08\x09\x0A\x0D`},
		{"delete", "a\x7f", `a\x7F`},
		{"latin-1", "caf\xe9", `caf\xE9`},
		{"8-bit csi", "\x9b31m", `\x9B31m`},
		{"c1 in utf-8", "\u009b31m\u0085", `\u{9B}31m\u{85}`},
		{"bidi", "\u202Eabc\u202C\u2066\u2069\u200F\u061C", `\u{202E}abc\u{202C}\u{2066}\u{2069}\u{200F}\u{61C}`},
		{"zero width", "a\u200Bb\u200Dc\u2060\uFEFF", `a\u{200B}b\u{200D}c\u{2060}\u{FEFF}`},
		{"soft hyphen", "pay\u00ADpal", `pay\u{AD}pal`},
		{"separators", "\u2028\u2029", `\u{2028}\u{2029}`},
		{"variation", "✓\uFE0F\U000E0101\u180B", `✓\u{FE0F}\u{E0101}\u{180B}`},
		{"tags", "a\U000E0001\U000E0041\U000E007F", `a\u{E0001}\u{E0041}\u{E007F}`},
		{"interlinear", "\uFFF9\uFFFA\uFFFB", `\u{FFF9}\u{FFFA}\u{FFFB}`},
		{"fillers", "\u115F\u3164\uFFA0\u034F", `\u{115F}\u{3164}\u{FFA0}\u{34F}`},
		{"noncharacters", "\uFDD0\uFFFE\U0010FFFF", `\u{FDD0}\u{FFFE}\u{10FFFF}`},
		{"private use", "\uE0B0", `\u{E0B0}`},
		{"replacement character", "\uFFFD", "\uFFFD"},
		{"surrogate", "\xed\xa0\x80", `\xED\xA0\x80`},
		{"overlong", "\xc0\xaf", `\xC0\xAF`},
		{"cut short", "ab\xe2\x82", `ab\xE2\x82`},
		{"mark on a letter", "e\u0301", "e\u0301"},
		{"mark on nothing", "\u0301e", `\u{301}e`},
		{"mark on an escape", "\x1b\u0301", `\x1B\u{301}`},
		{"skin tones", "\U0001F44D\U0001F3FD", "\U0001F44D\U0001F3FD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Text(tt.in); got != tt.want {
				t.Errorf("Text(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got := string(Append([]byte("> "), []byte(tt.in))); got != "> "+tt.want {
				t.Errorf("Append(%q) = %q, want %q", tt.in, got, "> "+tt.want)
			}
		})
	}
}

func TestMarksAreBounded(t *testing.T) {
	for _, mark := range []string{"\u0301", "\u1161", "\U0001F3FB", "\uFF9E"} {
		got := Text("a" + strings.Repeat(mark, MaxMarks+3) + "b" + mark)
		kept := "a" + strings.Repeat(mark, MaxMarks)
		rest, ok := strings.CutPrefix(got, kept)
		if !ok || strings.Count(rest, `\u{`) != 3 || !strings.HasSuffix(rest, "}b"+mark) {
			t.Errorf("marks %q: got %q", mark, got)
		}
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	text, dst := []byte("250 2.0.0 Ok: queued as 4WkZ"), make([]byte, 0, 64)
	line := string(text)
	allocs := testing.AllocsPerRun(100, func() {
		_ = Text(line)
		_ = Append(dst, text)
	})
	if allocs != 0 {
		t.Errorf("%v allocations for clean text, want 0", allocs)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"250 ok", "\x1b]0;title\a", "caf\xe9", "\u202Egpj.exe", "a\u0301\u0301", "\U000E0041", "\xed\xa0\x80",
		strings.Repeat("\u0301", 20), "\u1112\u1161\u11AB", "\u0915\u094D\u0937",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := Text(in)
		if !utf8.ValidString(out) {
			t.Fatalf("Text(%q) = %q is not UTF-8", in, out)
		}
		if string(Append(nil, []byte(in))) != out || Text(out) != out {
			t.Fatalf("Text(%q) = %q differs from Append, or changes again", in, out)
		}
		marks := MaxMarks
		for _, r := range out {
			if !unicode.IsGraphic(r) || r >= 0x80 && unsafeToShow(r) {
				t.Fatalf("Text(%q) = %q holds %U", in, out, r)
			}
			if marks++; !clings(r) {
				marks = 0
			} else if marks > MaxMarks {
				t.Fatalf("Text(%q) = %q piles up marks", in, out)
			}
		}
		if printable(in) && out != in {
			t.Fatalf("Text(%q) = %q changes printable ASCII", in, out)
		}
	})
}

func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

func BenchmarkText(b *testing.B) {
	for name, line := range map[string]string{
		"ascii":   strings.Repeat("250-PIPELINING and more of it ", 3),
		"accents": strings.Repeat("¿Cómo estás? Grüße aus Köln. ", 3),
		"hostile": strings.Repeat("\x1b[2J\u202E\xff", 10),
	} {
		dst, raw := make([]byte, 0, 4096), []byte(line)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				dst = Append(dst[:0], raw)
			}
		})
	}
}

// TestShown: it is told alone what Text leaves as it is.
func TestShown(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if kept := Text("a"+string(r)) == "a"+string(r); kept != Shown(r) {
			t.Fatalf("%U: kept %v", r, kept)
		}
	}
}
