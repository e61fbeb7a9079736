package theme

import (
	"runtime"
	"strconv"
	"strings"
)

// Detect guesses the options of a terminal from the environment, which getenv
// reads (os.Getenv). It never asks the terminal. Flags and settings overrule
// what it finds.
//
//	NO_COLOR   set and not empty: no hue (no-color.org)
//	COLORTERM  truecolor or 24bit: RGB
//	TERM       dumb: no hue; names that tell their colours
//	COLORFGBG  dark or light, where the terminal sets it (rxvt, Konsole)
//	LC_ALL, LC_CTYPE, LANG  ASCII without UTF-8, and in Chinese, Japanese and
//	           Korean, where the marks may be two columns wide
func Detect(getenv func(string) string) Options {
	return detect(getenv, runtime.GOOS)
}

func detect(getenv func(string) string, system string) Options {
	return Options{
		Profile:    profile(getenv, system),
		Background: background(getenv("COLORFGBG")),
		ASCII:      needsASCII(getenv, system),
		NoColor:    getenv("NO_COLOR") != "",
	}
}

// profile reads the number of colours from names alone.
func profile(getenv func(string) string, system string) Profile {
	term := strings.ToLower(getenv("TERM"))
	switch {
	case term == "" && system == "windows":
		return RGB // a console that takes sequences at all takes these
	case term == "" || term == "dumb" || strings.HasPrefix(term, "vt"):
		return Mono
	case strings.HasPrefix(term, "screen") && getenv("TERM_PROGRAM") != "tmux":
		return screenProfile(term)
	case truecolour(term, strings.ToLower(getenv("COLORTERM"))):
		return RGB
	case strings.Contains(term, "256color"):
		return Colours256
	default:
		return Colours16
	}
}

// screenProfile is apart because GNU screen hands COLORTERM on from the
// terminal around it and does not pass RGB through.
func screenProfile(term string) Profile {
	if strings.Contains(term, "256color") {
		return Colours256
	}
	return Colours16
}

// truecolour reports whether the names promise 24-bit colour.
func truecolour(term, colorterm string) bool {
	if colorterm == "truecolor" || colorterm == "24bit" {
		return true
	}
	for _, known := range [...]string{"direct", "truecolor", "kitty", "alacritty", "wezterm", "ghostty", "foot"} {
		if strings.Contains(term, known) {
			return true
		}
	}
	return false
}

// background reads COLORFGBG, "foreground;background" with the numbers of the
// 16 colours, sometimes with a word between. Anything else is Unknown.
func background(colorfgbg string) Background {
	last := colorfgbg[strings.LastIndexByte(colorfgbg, ';')+1:]
	colour, err := strconv.Atoi(last)
	switch {
	case err != nil || last == colorfgbg || colour < 0 || colour > 15:
		return Unknown
	case colour == 7 || colour > 8:
		return Light
	default:
		return Dark
	}
}

// needsASCII reports whether the locale may spoil √ and ─. Windows consoles
// are written to in UTF-16 and set no locale.
func needsASCII(getenv func(string) string, system string) bool {
	locale := ""
	for _, name := range [...]string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = strings.ToLower(getenv(name)); locale != "" {
			break
		}
	}
	if locale == "" {
		return system != "windows"
	}
	for _, wide := range [...]string{"zh", "ja", "ko"} {
		if locale == wide || strings.HasPrefix(locale, wide+"_") || strings.HasPrefix(locale, wide+".") {
			return true
		}
	}
	return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
}
