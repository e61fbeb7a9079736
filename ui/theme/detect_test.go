package theme

import "testing"

func TestDetect(t *testing.T) {
	const utf = "en_GB.UTF-8"
	tests := []struct {
		name   string
		system string
		env    map[string]string
		want   Options
	}{
		{"putty", "linux", map[string]string{"TERM": "xterm", "LANG": utf}, Options{Profile: Colours16}},
		{"256", "linux", map[string]string{"TERM": "xterm-256color", "LANG": utf}, Options{Profile: Colours256}},
		{"rgb", "linux", map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": utf}, Options{Profile: RGB}},
		{"kitty", "linux", map[string]string{"TERM": "xterm-kitty", "LANG": utf}, Options{Profile: RGB}},
		{"dumb", "linux", map[string]string{"TERM": "dumb", "LANG": utf}, Options{}},
		{"vt100", "linux", map[string]string{"TERM": "vt100", "LANG": utf}, Options{}},
		{"no terminal type", "linux", map[string]string{"LANG": utf}, Options{}},
		{"screen hides rgb", "linux", map[string]string{"TERM": "screen-256color", "COLORTERM": "truecolor", "LANG": utf}, Options{Profile: Colours256}},
		{"plain screen", "linux", map[string]string{"TERM": "screen", "LANG": utf}, Options{Profile: Colours16}},
		{"tmux", "linux", map[string]string{"TERM": "screen-256color", "COLORTERM": "truecolor", "TERM_PROGRAM": "tmux", "LANG": utf}, Options{Profile: RGB}},
		{"no color", "linux", map[string]string{"TERM": "xterm", "NO_COLOR": "1", "LANG": utf}, Options{Profile: Colours16, NoColor: true}},
		{"empty NO_COLOR", "linux", map[string]string{"TERM": "xterm", "NO_COLOR": "", "LANG": utf}, Options{Profile: Colours16}},
		{"light", "linux", map[string]string{"TERM": "xterm", "COLORFGBG": "0;15", "LANG": utf}, Options{Profile: Colours16, Background: Light}},
		{"dark", "linux", map[string]string{"TERM": "xterm", "COLORFGBG": "15;default;0", "LANG": utf}, Options{Profile: Colours16, Background: Dark}},
		{"grey is dark", "linux", map[string]string{"TERM": "xterm", "COLORFGBG": "15;8", "LANG": utf}, Options{Profile: Colours16, Background: Dark}},
		{"odd colours", "linux", map[string]string{"TERM": "xterm", "COLORFGBG": "0;default", "LANG": utf}, Options{Profile: Colours16}},
		{"half colours", "linux", map[string]string{"TERM": "xterm", "COLORFGBG": "7", "LANG": utf}, Options{Profile: Colours16}},
		{"latin 1", "linux", map[string]string{"TERM": "xterm", "LANG": "de_DE.ISO-8859-1"}, Options{Profile: Colours16, ASCII: true}},
		{"C", "linux", map[string]string{"TERM": "xterm", "LANG": utf, "LC_ALL": "C"}, Options{Profile: Colours16, ASCII: true}},
		{"C.UTF-8", "linux", map[string]string{"TERM": "xterm", "LANG": "C", "LC_ALL": "C.utf8"}, Options{Profile: Colours16}},
		{"ctype", "linux", map[string]string{"TERM": "xterm", "LC_CTYPE": "UTF-8"}, Options{Profile: Colours16}},
		{"no locale", "linux", map[string]string{"TERM": "xterm"}, Options{Profile: Colours16, ASCII: true}},
		{"japanese", "linux", map[string]string{"TERM": "xterm", "LANG": "ja_JP.UTF-8"}, Options{Profile: Colours16, ASCII: true}},
		{"konkani is not korean", "linux", map[string]string{"TERM": "xterm", "LANG": "kok_IN.UTF-8"}, Options{Profile: Colours16}},
		{"windows", "windows", nil, Options{Profile: RGB}},
		{"windows, git bash", "windows", map[string]string{"TERM": "xterm-256color", "LANG": utf}, Options{Profile: Colours256}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := detect(func(name string) string { return tt.env[name] }, tt.system)
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
