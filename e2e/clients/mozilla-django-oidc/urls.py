from django.http import JsonResponse
from django.urls import include, path


def home(request):
    person = request.user
    return JsonResponse({"email": person.email} if person.is_authenticated else {})


urlpatterns = [path("", home), path("oidc/", include("mozilla_django_oidc.urls"))]
