"""The front door: each app's own urls under its own prefix."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(
        path(prefix, include(f"gongjiang.{app}.urls"))
        for app, prefix in [
            ("kernel", ""),
            ("accounts", ""),
            ("standards", ""),
            ("bodies", ""),
            ("workforce", ""),
            ("planning", ""),
            ("evaluation", ""),
            ("enrolment", ""),
            ("sittings", ""),
            ("results", ""),
            ("certificates", ""),
            ("supervision", ""),
            ("filing", ""),
            ("reports", ""),
            ("portal", ""),
        ]
        if find_spec(f"gongjiang.{app}.urls")
    ),
]
