package command

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/signin"
)

// authFlags say who signs in, and how. A password never stands among them:
// every program on a computer can read what others were called with.
type authFlags struct {
	Auth             string `placeholder:"MECH" help:"Sign in, in this way (default: the strongest that is offered)." group:"trust"`
	AuthUser         string `placeholder:"NAME" help:"Sign in as this user." group:"trust"`
	AuthPasswordFile string `placeholder:"FILE|-" help:"Where the password, or the token, stands; - is standard input. Without it: EHLO_PASSWORD in the environment." group:"trust"`
	InsecureAuth     bool   `help:"Sign in without encryption." group:"trust"`
}

// passwordVariable is where a password may stand in the environment.
const passwordVariable = "EHLO_PASSWORD"

// maxPassword bounds a password or token, in bytes.
const maxPassword = 64 << 10

// wanted reports whether a sign-in was asked for.
func (f authFlags) wanted() bool { return f.Auth != "" || f.AuthUser != "" || f.AuthPasswordFile != "" }

// readsInput reports whether the password is to come from standard input.
func (f authFlags) readsInput() bool { return f.AuthPasswordFile == "-" }

// signIn reads what the flags name, before anything is contacted.
func (f authFlags) signIn(ctx context.Context, streams Streams, trust trustFlags) (script.SignIn, error) {
	if !f.wanted() {
		return script.SignIn{}, nil
	}
	if err := f.check(trust); err != nil {
		return script.SignIn{}, err
	}
	password, err := f.password(ctx, streams)
	if err != nil {
		return script.SignIn{}, err
	}
	return script.SignIn{
		Wanted: true, Way: f.Auth, Who: signin.Credentials{User: f.AuthUser, Password: password},
		Insecure: trust.Insecure, InsecureAuth: f.InsecureAuth,
	}, nil
}

// hides are the secrets of a sign-in, for whoever shows a talk.
func hides(signIn script.SignIn) []session.Secret {
	if !signIn.Wanted {
		return nil
	}
	return []session.Secret{signIn.Who.Password}
}

// check finds what is missing or cannot be said.
func (f authFlags) check(trust trustFlags) error {
	user, _ := signin.Wants(f.Auth)
	switch {
	case f.Auth != "" && !signin.Known(f.Auth):
		return usage("--auth: %v", &signin.Problem{Kind: signin.Unknown, Way: f.Auth})
	case user && f.AuthUser == "":
		return usage("Who signs in? --auth-user NAME is needed.")
	case !utf8.ValidString(f.AuthUser) || strings.ContainsFunc(f.AuthUser, unicode.IsControl):
		return usage("--auth-user %q: a user name holds no control characters.", f.AuthUser)
	case strings.EqualFold(f.Auth, signin.External) && trust.ClientCert == "":
		return usage("EXTERNAL signs in by our certificate: --client-cert and --client-key are needed.")
	}
	return nil
}

// password reads the secret from where it stands.
func (f authFlags) password(ctx context.Context, streams Streams) (session.Secret, error) {
	_, needed := signin.Wants(f.Auth)
	value, set := os.LookupEnv(passwordVariable)
	switch {
	case f.readsInput():
		if term.IsTerminal(streams.In.Fd()) {
			return session.Secret{}, usage("A password typed here could be read by others. Give --auth-password-file a file, or send it through a pipe.")
		}
		return readPassword(&patient{ctx: ctx, source: streams.In}, "--auth-password-file -")
	case f.AuthPasswordFile != "":
		file, err := os.Open(f.AuthPasswordFile)
		if err != nil {
			return session.Secret{}, usage("--auth-password-file: %v.", err)
		}
		defer file.Close()
		return readPassword(&patient{ctx: ctx, source: file}, "--auth-password-file")
	case set && needed:
		return readPassword(io.NopCloser(strings.NewReader(value)), passwordVariable)
	case needed:
		return session.Secret{}, usage("Which password? --auth-password-file FILE names one; - reads it from standard input; %s in the environment does too.", passwordVariable)
	}
	return session.Secret{}, nil
}

// readPassword takes one trailing line end off. It never tells what it read.
func readPassword(source io.Reader, from string) (session.Secret, error) {
	text, err := io.ReadAll(io.LimitReader(source, maxPassword+1))
	password := strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r")
	switch {
	case errors.Is(err, context.Canceled):
		return session.Secret{}, &Failure{Code: exitStopped, Sentence: "Stopped, as you asked."}
	case err != nil:
		return session.Secret{}, usage("%s: %v.", from, err)
	case len(text) > maxPassword:
		return session.Secret{}, usage("%s: more than 64 KiB is no password.", from)
	case password == "":
		return session.Secret{}, usage("%s: there is no password in it.", from)
	case strings.ContainsAny(password, "\r\n"):
		return session.Secret{}, usage("%s: a password is one line, and there are several.", from)
	case strings.ContainsFunc(password, unicode.IsControl):
		return session.Secret{}, usage("%s: there are control characters in it.", from)
	}
	return session.NewSecret(password), nil
}
