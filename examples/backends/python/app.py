from uuid import uuid4

import jwt
from cachelib import FileSystemCache
from flask import Flask, abort, redirect, render_template_string, request, session
from flask_session import Session

PLATFORM = "https://platform.example"
ISSUER = "https://platform.example/sandbox"
CLIENT_ID = "YOUR_CLIENT_ID"
ORIGIN = "http://localhost:3000"  # of your page, as you registered it

app = Flask(__name__)
app.config.update(
    SESSION_TYPE="cachelib",  # files here; in production Redis or a database
    SESSION_CACHELIB=FileSystemCache("sessions", threshold=0),
    SESSION_PERMANENT=False,
    SESSION_COOKIE_HTTPONLY=True,
    SESSION_COOKIE_SAMESITE="Lax",
    SESSION_COOKIE_SECURE=ORIGIN.startswith("https:"),
)
Session(app)

# Cached for ten minutes. An unknown key fetches them again, at most once in ten seconds.
keys = jwt.PyJWKClient(f"{ISSUER}/jwks", lifespan=600, timeout=5, cooldown_duration=10)

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>My shop</title>
<script type="module" src="{{ platform }}/widget.js"></script>
<h1>My shop</h1>
<p role="alert">{{ message }}</p>
<form method="post" action="/register">
  <signup-with-platform client-id="{{ client_id }}" nonce="{{ nonce }}" fields="name email"></signup-with-platform>
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>
</html>"""


def page(message=""):
    # A nonce for each form, so that a second tab does not break the first. Ten are enough.
    nonce = str(uuid4())
    session["nonces"] = [*session.get("nonces", []), nonce][-10:]
    return render_template_string(PAGE, platform=PLATFORM, client_id=CLIENT_ID, nonce=nonce, message=message)


@app.after_request
def not_stored(response):
    response.headers["Cache-Control"] = "no-store"  # because the pages have the person's name
    return response


@app.get("/")
def home():
    return page(f"Signed in as {session['user']['name']}" if "user" in session else "")


class WrongNonce(jwt.InvalidTokenError):
    pass


def verify(credential, nonces):
    # Only to say what is wrong, because another issuer has other keys. It is checked again below.
    if jwt.decode(credential, options={"verify_signature": False}).get("iss") != ISSUER:
        raise jwt.InvalidIssuerError
    claims = jwt.decode(
        credential,
        keys.get_signing_key_from_jwt(credential),
        algorithms=["ES256"],
        issuer=ISSUER,
        audience=CLIENT_ID,
        leeway=10,
        options={"require": ["exp", "iat", "sub", "nonce"], "strict_aud": True},
    )
    if claims["nonce"] not in nonces:
        raise WrongNonce
    return claims


@app.post("/register")
def register():
    # Comes without the session's cookie. A new session would replace that of somebody who is signed in.
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(400, "Please use our own form.")
    nonces = session.get("nonces", [])
    try:
        claims = verify(request.form.get("credential", ""), nonces)
    except jwt.PyJWKClientConnectionError:
        return page("The platform does not answer. Please try again."), 503
    except jwt.ExpiredSignatureError:
        return page("That took too long. Please press the button again."), 400
    except WrongNonce:
        return page("This form was sent before, or in another browser. Please press the button again."), 400
    except jwt.InvalidIssuerError:
        return page("This sign-up comes from another platform, or from its sandbox."), 400
    except jwt.InvalidAudienceError:
        return page("This sign-up was meant for another app."), 400
    except jwt.PyJWTError as error:
        app.logger.warning("refused: %s", error)
        return page("This sign-up could not be verified. Please press the button again."), 400
    # A new session id, so that nobody who knew the old one is signed in too.
    app.session_interface.regenerate(session)
    session["nonces"] = [nonce for nonce in nonces if nonce != claims["nonce"]]  # each works once
    # Find or create your own user by iss and sub together, because people change their email addresses.
    name = claims.get("name") or claims.get("email") or claims["sub"]
    session["user"] = {"iss": claims["iss"], "sub": claims["sub"], "name": name}
    return redirect("/", 303)
