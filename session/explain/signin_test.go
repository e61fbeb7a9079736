package explain

import (
	"strings"
	"testing"
)

// TestSignInRefusals: a sign-in is refused for different reasons, and each has
// somebody else to act: the owner of the account, the mail team, or the one who
// signs in at the wrong place.
func TestSignInRefusals(t *testing.T) {
	for _, tt := range []struct{ reply, text, who, next string }{
		{
			"534-5.7.14 <https://accounts.google.com/signin/continue?plt=AKgn> Please log | 534-5.7.14 in via your web browser and then try again. | 534-5.7.14 Learn more at | 534 5.7.14 https://support.google.com/mail/answer/78754 a1sm - gsmtp",
			"must sign in on its web page", "sender", "an app password",
		},
		{
			"534-5.7.9 Application-specific password required. Learn more at | 534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor a1sm - gsmtp",
			"a second step", "sender", "an app password",
		},
		{
			"535-5.7.8 Username and Password not accepted. Learn more at | 535 5.7.8 https://support.google.com/mail/?p=BadCredentials a1sm - gsmtp",
			"Wrong user name or password", "sender", "an app password",
		},
		{
			"535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [PH0PR07CA0004.namprd07.prod.outlook.com]",
			"Wrong user name or password, or sign-in with a password is switched off", "sender", "the mail team must allow",
		},
		{
			"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
			"switched off for the company", "sender_admin", "SMTP sign-in must be allowed",
		},
		{
			"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
			"switched off for the company", "sender_admin", "another way",
		},
		{"503 5.5.1 Error: authentication not enabled", "offers no sign-in here, or only after STARTTLS", "you", "port 587 or 465"},
		{"503 AUTH command used when not advertised", "offers no sign-in here, or only after STARTTLS", "you", "port 587 or 465"},
		{"503 5.5.1 Error: already authenticated", "you are signed in already", "you", "MAIL FROM"},
		{"535 5.7.8 Error: authentication failed: (reason unavailable)", "Wrong user name or password", "sender", "webmail"},
	} {
		got := Reply(heardReply(tt.reply), command("AUTH PLAIN"))
		if !strings.Contains(got.Text, tt.text) || got.Who != tt.who || !strings.Contains(got.Next, tt.next) {
			t.Errorf("%q: %+v", tt.reply, got)
		}
	}
}
