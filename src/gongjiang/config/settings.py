"""Settings of Gongjiang: one file, read from the environment (``GONGJIANG_…``), each described in docs/operating.md.

The default mode is production, which refuses to start with demo keys, without keys, or with unsafe database settings
(gongjiang.kernel.checks). Demo and test modes must be asked for.
"""

import hashlib
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from gongjiang.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
MODE = env.text("MODE", "production")
if MODE not in env.MODES:
    raise ValueError(f"GONGJIANG_MODE: {MODE!r} is none of {', '.join(env.MODES)}")
PRODUCTION, DEMO, TEST = (name == MODE for name in env.MODES)
DEBUG = False

DATA_DIR = env.directory("DATA_DIR", Path("var"))
SECRET_KEY = env.text("SECRET_KEY") or ("" if PRODUCTION else "demo-" + hashlib.sha256(b"gongjiang demo").hexdigest())
# Keys for identity numbers at rest and their blind index: 32 bytes each, hexadecimal. Production refuses demo keys.
FIELD_KEY = env.text("FIELD_KEY") or ("" if PRODUCTION else hashlib.sha256(b"gongjiang demo field key").hexdigest())
INDEX_KEY = env.text("INDEX_KEY") or ("" if PRODUCTION else hashlib.sha256(b"gongjiang demo index key").hexdigest())
KEYS_DIR = env.directory("KEYS_DIR", DATA_DIR / "keys")
FILES_DIR = env.directory("FILES_DIR", DATA_DIR / "files")
PUBLIC_URL = env.text("PUBLIC_URL", "" if PRODUCTION else "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
TRUSTED_PROXIES = env.items("TRUSTED_PROXIES")
FONT_DIRS = env.items("FONT_DIRS")
# Public verification, by client address: against guessing numbers, and against keeping the server busy.
VERIFY_MISSES_AN_HOUR = int(env.text("VERIFY_MISSES_AN_HOUR", "30"))
VERIFY_LOOK_UPS_A_MINUTE = int(env.text("VERIFY_LOOK_UPS_A_MINUTE", "120"))
VERIFY_FILES_A_MINUTE = int(env.text("VERIFY_FILES_A_MINUTE", "20"))
REGISTRATIONS_AN_HOUR = int(env.text("REGISTRATIONS_AN_HOUR", "20"))
COMPLAINTS_AN_HOUR = int(env.text("COMPLAINTS_AN_HOUR", "10"))
RECEIPT_MISSES_AN_HOUR = int(env.text("RECEIPT_MISSES_AN_HOUR", "20"))

INSTALLED_APPS = [
    "gongjiang.portal",
    "gongjiang.filing",
    "gongjiang.reports",
    "gongjiang.supervision",
    "gongjiang.certificates",
    "gongjiang.results",
    "gongjiang.sittings",
    "gongjiang.enrolment",
    "gongjiang.planning",
    "gongjiang.evaluation",
    "gongjiang.workforce",
    "gongjiang.bodies",
    "gongjiang.standards",
    "gongjiang.accounts",
    "gongjiang.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjiang.kernel.middleware.RefusalMiddleware",
    "gongjiang.accounts.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongjiang.config.urls"
WSGI_APPLICATION = "gongjiang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongjiang.portal.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "gongjiang.kernel.templatetags.parts"],
        },
    },
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite://{DATA_DIR / 'gongjiang.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "public"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "gongjiang.accounts.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Staff sign in with a second factor; only the demo, whose sign-in is one click, does without.
REQUIRE_SECOND_FACTOR = PRODUCTION or env.flag("REQUIRE_SECOND_FACTOR")
MFA_TOTP_ISSUER = "Gongjiang"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "gongjiang.kernel.http.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
# The account from all addresses together, and second factors: as many tries in as long.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,10/15m/key"}
AXES_ENABLED = not TEST

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        # ECharts and Tabler set style attributes; scripts never are inline.
        "style-src": [SELF, "'unsafe-inline'"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "gongjiang@localhost")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.dummy.EmailBackend"
)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}
