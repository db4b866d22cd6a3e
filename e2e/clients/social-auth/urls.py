from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import include, path

SIGN_IN = """<form method="post" action="/login/oidc/">
<input type="hidden" name="csrfmiddlewaretoken" value="{}"><button>Sign in</button></form>"""


def home(request):
    person = request.user
    if not person.is_authenticated:
        return HttpResponse(SIGN_IN.format(get_token(request)))
    sub = person.social_auth.get(provider="oidc").uid
    return JsonResponse({"sub": sub, "email": person.email, "name": person.get_full_name()})


urlpatterns = [path("", home), path("", include("social_django.urls", namespace="social"))]
