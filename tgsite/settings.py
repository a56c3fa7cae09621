"""Every setting of the site, read from the environment in this one place.

Production values are the default; comfort is switched on by a variable (``DEBUG=1``). A required
variable that is missing stops the start and says what to set.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)


def required(name: str, in_development: str, how: str) -> str:
    """The variable ``name``; in development a stand-in, elsewhere a clear refusal to start."""
    value: str = env.str(name, "")
    if value:
        return value
    if DEBUG:
        return in_development
    raise ImproperlyConfigured(f"Set the environment variable {name}: {how}")


SECRET_KEY = required(
    "SECRET_KEY",
    "for development only, never on a public address",
    "50 or more random characters, kept secret and the same for every process.",
)
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "the host names this site answers to, separated by commas, e.g. guide.example.org",
).split(",")
# The public address, without a trailing slash: in feeds, sitemaps, e-mails and on paper.
SITE_URL = required("SITE_URL", "http://127.0.0.1:8000", "e.g. https://guide.example.org")

INSTALLED_APPS = [
    "tgsite.editorial",
    "tgsite.search",
    "drugs",
    "education",
    "tgsite",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.snippets",
    "wagtail.users",
    # Wagtail's admin needs the addresses of images and documents; nobody gets their menus.
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # For its copy of htmx only: responses are the same whoever asks for them.
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tgsite.middleware.ResponseHeadersMiddleware",
    "tgsite.editorial.pages_in_memory.OneVersionMiddleware",
    "tgsite.middleware.NotFoundPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tgsite.editorial.sessions.KeptTextMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: what stands above does its work on a page from memory as well.
    "tgsite.editorial.pages_in_memory.PagesInMemoryMiddleware",
]

ROOT_URLCONF = "tgsite.urls"
WSGI_APPLICATION = "tgsite.wsgi.application"
# Admin widgets are rendered with the project's own template engine, so they can be overridden.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Only what needs no database and no cookie: public pages are the same for everybody.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["tgsite.templatetags.tgsite_tags", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{VAR_DIR / 'guide.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # A write transaction takes its lock at once and waits, instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
        ),
    }
# Opening a connection costs more than most queries: each thread keeps its own for a minute.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", "locmemcache://")}

AUTHENTICATION_BACKENDS = ["tgsite.editorial.accounts.NoDemoAccountsBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", "America/New_York")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "tgsite.static_files.BundledStaticFilesStorage"
        if env.bool("HASHED_STATIC_FILES", not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Encrypted connections only, unless DEBUG: see "Deploying" in the README.
HTTPS_ONLY = env.bool("HTTPS_ONLY", not DEBUG)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS_ONLY
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
# The admin shows previews of public pages in a frame.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
# Editors' cookies never travel with a reader's request.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tgsite.editorial.sessions.csrf_failure"
# A medicine with all its rows has more fields than the thousand that Django takes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

EMAIL_CONFIG = env.email("EMAIL_URL", "consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
# Seconds: a reminder is mailed inside a transaction, which must not wait for ever.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "guide@localhost")

WAGTAIL_SITE_NAME = "Targeted Therapy Guide"
WAGTAILADMIN_BASE_URL = SITE_URL
# Mails about reviews go to who decides and who wrote; administrators have no part in it.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Otherwise each admin page tells a third party the hash of an editor's address.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
# Publishes the revision that was signed, not the last one that was saved.
WAGTAIL_FINISH_WORKFLOW_ACTION = "tgsite.editorial.publication.publish_signed"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# The number printed in every "get help now" box.
EMERGENCY_NUMBER = env.str("EMERGENCY_NUMBER", "911")

# Editors type the addresses that `check_links` asks: it stays out of the server's own network.
LINK_CHECK_PRIVATE_ADDRESSES = env.bool("LINK_CHECK_PRIVATE_ADDRESSES", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "no_query": {
            "()": "tgsite.logs.FormatterWithoutQueries",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "no_query"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What a reader searched for or filtered by is health data: it never reaches a log.
    "loggers": {
        name: {"handlers": ["console"], "level": "INFO", "propagate": False}
        for name in ("django.server", "django.request", "django.security", "django")
    },
}
