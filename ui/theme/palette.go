package theme

import "strconv"

// none is the terminal's own foreground.
const none = -1

// hue is one colour as each profile can show it; none means the default.
type hue struct {
	basic int // 0 to 15
	index int // 16 to 255, of the xterm palette
	rgb   int // 0xRRGGBB
}

// hues is a role's colour for every background. Colours of the 16 differ so
// much between terminals that none of them reads on both black and white.
type hues struct{ dark, light, unknown hue }

// The hues of the roles. Contrast was measured against black and white, worst
// of the Windows, xterm, PuTTY and macOS palettes: 4.5 or more for all but
// rule, which never colours words, and 9 on macOS (4.4; it has 256).
var (
	noHue = hues{
		dark:    hue{none, none, none},
		light:   hue{none, none, none},
		unknown: hue{none, none, none},
	}
	voice = hues{
		dark:    hue{14, 116, 0x86c5da},
		light:   hue{4, 24, 0x0b5e7a},
		unknown: hue{none, 63, 0x097ea9},
	}
	good = hues{
		dark:    hue{10, 114, 0x7fd18c},
		light:   hue{none, 22, 0x1a6b2d},
		unknown: hue{none, 29, 0x0b8835},
	}
	wait = hues{
		dark:    hue{11, 179, 0xe8c265},
		light:   hue{5, 94, 0x7d5200},
		unknown: hue{none, 163, 0xa56800},
	}
	refused = hues{
		dark:    hue{9, 209, 0xff8c7a},
		light:   hue{1, 124, 0xb3261e},
		unknown: hue{none, 131, 0xdf2f22},
	}
	muted = hues{
		dark:    hue{none, 248, 0xa3a3a3},
		light:   hue{none, 240, 0x5c5c5c},
		unknown: hue{none, 243, 0x757575},
	}
	rule = hues{
		dark:    hue{8, 240, 0x5a5a5a},
		light:   hue{8, 248, 0xb0b0b0},
		unknown: hue{none, 243, 0x757575},
	}
)

// on picks the hue for a background.
func (h hues) on(b Background) hue {
	switch b {
	case Dark:
		return h.dark
	case Light:
		return h.light
	default:
		return h.unknown
	}
}

// sgr returns the SGR parameters of the hue, "" for the default foreground.
func (h hues) sgr(p Profile, b Background) string {
	c := h.on(b)
	switch {
	case p == Colours16 && c.basic != none:
		return basicSGR(c.basic)
	case p == Colours256 && c.index != none:
		return "38;5;" + strconv.Itoa(c.index)
	case p == RGB && c.rgb != none:
		return rgbSGR(c.rgb)
	}
	return ""
}

// basicSGR names one of the 16: 30 to 37, and 90 to 97 for the bright ones.
func basicSGR(colour int) string {
	if colour < 8 {
		return strconv.Itoa(30 + colour)
	}
	return strconv.Itoa(90 + colour - 8)
}

// rgbSGR names a colour directly (ITU-T T.416, in the form xterm reads).
func rgbSGR(colour int) string {
	part := func(shift uint) string { return strconv.Itoa(colour >> shift & 0xff) }
	return "38;2;" + part(16) + ";" + part(8) + ";" + part(0)
}
