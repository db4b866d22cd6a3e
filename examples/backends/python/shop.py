import os
import secrets
import sys
from urllib.parse import urlsplit
from uuid import uuid4

import jwt
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

PLATFORM = "https://platform.example"
ISSUER = "https://platform.example/sandbox"
CLIENT_ID = "YOUR_CLIENT_ID"
ORIGIN = "http://localhost:3000"  # of your page, as you registered it

# In a project of yours, these are in settings.py, where most of them are already.
is_https = ORIGIN.startswith("https:")
settings.configure(
    DEBUG=not is_https,
    SECRET_KEY=os.environ.get("SESSION_SECRET") or secrets.token_hex(32),
    ALLOWED_HOSTS=[urlsplit(ORIGIN).hostname],
    CSRF_TRUSTED_ORIGINS=[ORIGIN],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    SESSION_ENGINE="django.contrib.sessions.backends.file",
    SESSION_COOKIE_SECURE=is_https,
    CSRF_COOKIE_SECURE=is_https,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
application = get_wsgi_application()

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
  {% csrf_token %}
  <signup-with-platform client-id="{{ client_id }}" nonce="{{ nonce }}" fields="name email"></signup-with-platform>
  <label>Name <input name="name" autocomplete="name"></label>
  <label>Email <input name="email" type="email" autocomplete="email"></label>
  <button>Create account</button>
</form>
</html>"""


def page(request, message="", status=200):
    # A nonce for each form, so that a second tab does not break the first. Ten are enough.
    nonce = str(uuid4())
    request.session["nonces"] = [*request.session.get("nonces", []), nonce][-10:]
    values = {"platform": PLATFORM, "client_id": CLIENT_ID, "nonce": nonce, "message": message}
    return HttpResponse(engines["django"].from_string(PAGE).render(values, request), status=status)


@require_GET
@never_cache
def home(request):
    user = request.session.get("user")
    return page(request, f"Signed in as {user['name']}" if user else "")


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


@require_POST
def register(request):
    nonces = request.session.get("nonces", [])
    try:
        claims = verify(request.POST.get("credential", ""), nonces)
    except jwt.PyJWKClientConnectionError:
        return page(request, "The platform does not answer. Please try again.", 503)
    except jwt.ExpiredSignatureError:
        return page(request, "That took too long. Please press the button again.", 400)
    except WrongNonce:
        message = "This form was sent before, or in another browser. Please press the button again."
        return page(request, message, 400)
    except jwt.InvalidIssuerError:
        return page(request, "This sign-up comes from another platform, or from its sandbox.", 400)
    except jwt.InvalidAudienceError:
        return page(request, "This sign-up was meant for another app.", 400)
    except jwt.PyJWTError as error:
        print("refused:", error, file=sys.stderr)
        return page(request, "This sign-up could not be verified. Please press the button again.", 400)
    # A new session id, so that nobody who knew the old one is signed in too.
    request.session.cycle_key()
    request.session["nonces"] = [nonce for nonce in nonces if nonce != claims["nonce"]]  # each works once
    # Find or create your own user by iss and sub together, because people change their email addresses.
    name = claims.get("name") or claims.get("email") or claims["sub"]
    request.session["user"] = {"iss": claims["iss"], "sub": claims["sub"], "name": name}
    return redirect("/")


urlpatterns = [path("", home), path("register", register)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
