package command

import (
	"context"
	"os"

	"ehlo/session/script"
	"ehlo/session/signin"
)

// atScreen is signIn where a person can be asked for what the flags leave out:
// the guide signs in by itself when nothing is missing.
func (f authFlags) atScreen(ctx context.Context, streams Streams, trust trustFlags) (script.SignIn, error) {
	signIn := script.SignIn{
		Way: f.Auth, Who: signin.Credentials{User: f.AuthUser}, Insecure: trust.Insecure, InsecureAuth: f.InsecureAuth,
	}
	user, password := signin.Wants(f.Auth)
	known := f
	if known.AuthUser == "" && user {
		known.AuthUser = "-" // it is asked for
	}
	if err := known.check(trust); err != nil {
		return signIn, err
	}
	if f.readsInput() {
		return signIn, usage("Standard input is for the keys here: give --auth-password-file a file, or type the password when it is asked for.")
	}
	if _, set := os.LookupEnv(passwordVariable); password && (set || f.AuthPasswordFile != "") {
		secret, err := f.password(ctx, streams)
		if err != nil {
			return signIn, err
		}
		signIn.Who.Password = secret
	}
	missing := user && f.AuthUser == "" || password && signIn.Who.Password.Empty()
	signIn.Wanted = f.wanted() && !missing
	return signIn, nil
}
