package session_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"ehlo/session"
)

// TestASecretIsNeverPrinted: by no verb, alone or inside something else, and by
// no encoder.
func TestASecretIsNeverPrinted(t *testing.T) {
	secret := session.NewSecret("hunter22")
	inside := struct {
		Name     string
		Password session.Secret
		Pointer  *session.Secret
		List     []session.Secret
		within   session.Secret
	}{"meme", secret, &secret, []session.Secret{secret}, secret}
	var seen strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T"} {
		fmt.Fprintf(&seen, verb+"\n"+verb+"\n", secret, inside)
	}
	for _, value := range []any{secret, inside} {
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Error(err)
		}
		seen.Write(encoded)
	}
	slog.New(slog.NewTextHandler(&seen, nil)).Info("x", "secret", secret, "inside", inside)
	for _, form := range []string{"hunter22", "68756e7465723232", "104 117"} {
		if strings.Contains(strings.ToLower(seen.String()), form) {
			t.Errorf("%q was shown:\n%s", form, seen.String())
		}
	}
	if secret.Reveal() != "hunter22" || secret.Empty() || !(session.Secret{}).Empty() {
		t.Error("the secret itself is lost")
	}
}
