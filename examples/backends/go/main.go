package main

import (
	"context"
	"crypto/rand"
	"errors"
	"html/template"
	"log"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/alexedwards/scs/v2"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/time/rate"
)

const (
	platform = "https://platform.example"
	issuer   = "https://platform.example/sandbox"
	clientID = "YOUR_CLIENT_ID"
	origin   = "http://localhost:3000" // of your page, as you registered it
)

type credential struct {
	jwt.RegisteredClaims
	Nonce string `json:"nonce"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

var (
	sessions      = scs.New() // in memory here; in production a store of scs
	keys          keyfunc.Keyfunc
	errWrongNonce = errors.New("the nonce is not of this session")
)

var form = template.Must(template.New("form").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>My shop</title>
<script type="module" src="{{.Platform}}/widget.js"></script>
<h1>My shop</h1>
<p role="alert">{{.Message}}</p>
<form method="post" action="/register">
  <signup-with-platform client-id="{{.ClientID}}" nonce="{{.Nonce}}" fields="name email"></signup-with-platform>
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>
</html>
`))

func noncesOf(ctx context.Context) []string {
	nonces, _ := sessions.Get(ctx, "nonces").([]string)
	return nonces
}

func page(w http.ResponseWriter, r *http.Request, status int, message string) {
	// A nonce for each form, so that a second tab does not break the first. Ten are enough.
	nonce := rand.Text()
	nonces := append(slices.Clone(noncesOf(r.Context())), nonce)
	sessions.Put(r.Context(), "nonces", nonces[max(0, len(nonces)-10):])
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store") // because it has the person's name
	w.WriteHeader(status)
	form.Execute(w, map[string]string{"Platform": platform, "ClientID": clientID, "Nonce": nonce, "Message": message})
}

func home(w http.ResponseWriter, r *http.Request) {
	message := ""
	if name := sessions.GetString(r.Context(), "name"); name != "" {
		message = "Signed in as " + name
	}
	page(w, r, http.StatusOK, message)
}

func verify(text string, nonces []string) (*credential, error) {
	claims := &credential{}
	_, err := jwt.ParseWithClaims(text, claims, func(token *jwt.Token) (any, error) {
		// Before the key is looked for, because another issuer has other keys.
		if claims.Issuer != issuer {
			return nil, jwt.ErrTokenInvalidIssuer
		}
		return keys.Keyfunc(token)
	},
		jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer(issuer), jwt.WithAudience(clientID),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(10*time.Second))
	if err == nil && !slices.Contains(nonces, claims.Nonce) {
		err = errWrongNonce
	}
	return claims, err
}

// What to answer to a credential that signs nobody in.
func refusal(ctx context.Context, err error) (status int, message string) {
	known, _ := keys.Storage().KeyReadAll(ctx)
	switch {
	case errors.Is(err, keyfunc.ErrKeyfunc) && len(known) == 0:
		return http.StatusServiceUnavailable, "The platform does not answer. Please try again."
	case errors.Is(err, jwt.ErrTokenExpired):
		return http.StatusBadRequest, "That took too long. Please press the button again."
	case errors.Is(err, errWrongNonce):
		return http.StatusBadRequest, "This form was sent before, or in another browser. Please press the button again."
	case errors.Is(err, jwt.ErrTokenInvalidIssuer):
		return http.StatusBadRequest, "This sign-up comes from another platform, or from its sandbox."
	case errors.Is(err, jwt.ErrTokenInvalidAudience):
		return http.StatusBadRequest, "This sign-up was meant for another app."
	}
	return http.StatusBadRequest, "This sign-up could not be verified. Please press the button again."
}

func register(w http.ResponseWriter, r *http.Request) {
	// Comes without the session's cookie. A new session would replace that of somebody who is signed in.
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		http.Error(w, "Please use our own form.", http.StatusBadRequest)
		return
	}
	ctx := r.Context()
	nonces := noncesOf(ctx)
	claims, err := verify(r.PostFormValue("credential"), nonces)
	if err != nil {
		log.Print("refused: ", err)
		status, message := refusal(ctx, err)
		page(w, r, status, message)
		return
	}
	// A new session id, so that nobody who knew the old one is signed in too.
	if err := sessions.RenewToken(ctx); err != nil {
		http.Error(w, "Please try again.", http.StatusInternalServerError)
		return
	}
	isUsed := func(nonce string) bool { return nonce == claims.Nonce }
	sessions.Put(ctx, "nonces", slices.DeleteFunc(slices.Clone(nonces), isUsed)) // each works once
	// Find or create your own user by iss and sub together, because people change their email addresses.
	sessions.Put(ctx, "iss", claims.Issuer)
	sessions.Put(ctx, "sub", claims.Subject)
	for _, name := range []string{claims.Subject, claims.Email, claims.Name} {
		if name != "" {
			sessions.Put(ctx, "name", name)
		}
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func main() {
	var err error
	// Cached for ten minutes. An unknown key fetches them again, at most once in ten seconds.
	keys, err = keyfunc.NewDefaultOverrideCtx(context.Background(), []string{issuer + "/jwks"}, keyfunc.Override{
		HTTPTimeout:       5 * time.Second,
		RefreshInterval:   10 * time.Minute,
		RefreshUnknownKID: rate.NewLimiter(rate.Every(10*time.Second), 1),
		RateLimitWaitMax:  time.Second,
	})
	if err != nil {
		log.Fatal(err)
	}
	sessions.Cookie.SameSite = http.SameSiteLaxMode
	sessions.Cookie.HttpOnly = true
	sessions.Cookie.Secure = strings.HasPrefix(origin, "https:")
	http.HandleFunc("GET /{$}", home)
	http.HandleFunc("POST /register", register)
	log.Print(origin, " is ready")
	log.Fatal(http.ListenAndServe("localhost:3000", sessions.LoadAndSave(http.DefaultServeMux)))
}
