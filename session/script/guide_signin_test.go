package script

import (
	"slices"
	"testing"

	"ehlo/session"
	"ehlo/session/signin"
)

// TestTheGuideCarriesASignIn into its plan, and shows that there will be one.
func TestTheGuideCarriesASignIn(t *testing.T) {
	who := signin.Credentials{User: "anna", Password: session.NewSecret("hunter22")}
	for way, want := range map[string]string{"": "AUTH <hidden>", "login": "AUTH LOGIN <hidden>"} {
		guide := NewGuide(Facts{Hello: "pc17.example.org", SignIn: SignIn{Wanted: true, Way: way, Who: who}})
		plan, _ := guide.Plan()
		if !plan.SignIn.Wanted || plan.SignIn.Who.Password.Reveal() != "hunter22" {
			t.Errorf("the plan has %+v", plan.SignIn)
		}
		if said := guide.Overview().Say; !slices.Contains(said, want) {
			t.Errorf("the overview says %q, want %q", said, want)
		}
	}
}
