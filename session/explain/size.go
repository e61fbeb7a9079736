package explain

import "strconv"

// Size says a number of bytes as a person would, in decimal units: 31981568 is
// "32 MB", 1500000 is "1.5 MB". Less than nothing is nothing.
func Size(bytes int64) string {
	if bytes < 1000 {
		return strconv.FormatInt(max(bytes, 0), 10) + " bytes"
	}
	units := [...]string{"kB", "MB", "GB", "TB", "PB", "EB"}
	unit, amount := 0, float64(bytes)/1000
	for amount >= 999.5 && unit < len(units)-1 {
		amount /= 1000
		unit++
	}
	digits := 0
	if amount < 9.95 {
		digits = 1
	}
	text := strconv.FormatFloat(amount, 'f', digits, 64)
	if digits == 1 && text[len(text)-1] == '0' {
		text = text[:len(text)-len(".0")]
	}
	return text + " " + units[unit]
}

// Attachment is how many bytes of attached files fit into a message of so many
// bytes: base64 makes 78 of 57, line ends included (RFC 2045 section 6.8), and
// 10 kB are left for the rest. It is never less than 0.
func Attachment(message int64) int64 {
	return max(0, message/78*57-10_000)
}
