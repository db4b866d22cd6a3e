import os

# pip install django mozilla-django-oidc
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "mozilla_django_oidc",
]
AUTHENTICATION_BACKENDS = ["mozilla_django_oidc.auth.OIDCAuthenticationBackend"]

OIDC_RP_CLIENT_ID = "YOUR_CLIENT_ID"
OIDC_RP_CLIENT_SECRET = os.environ["CLIENT_SECRET"]
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_OP_JWKS_ENDPOINT = "https://platform.example/jwks"
OIDC_OP_AUTHORIZATION_ENDPOINT = "https://platform.example/authorize"
OIDC_OP_TOKEN_ENDPOINT = "https://platform.example/token"
OIDC_OP_USER_ENDPOINT = "https://platform.example/userinfo"
LOGIN_REDIRECT_URL = "/"

# What any Django site has.
SECRET_KEY = os.environ["SESSION_SECRET"]
DEBUG = True
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.sqlite"}}
ROOT_URLCONF = "urls"
USE_TZ = True
