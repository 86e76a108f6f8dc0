"""Django's settings, all of them made from the table in `environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF

from fairlead.reference.home import home_folder
from fairlead.web.site import environment
from fairlead.web.site.secret import secret_key

HERE = Path(__file__).parent
HOME = home_folder()
#: Uploaded files, snapshots and exports, each under its organisation.
FILES = HOME / "files"

PUBLIC_URL = environment.read("FAIRLEAD_PUBLIC_URL", "http://localhost:8000").rstrip("/")
_PUBLIC = urlsplit(PUBLIC_URL)
_ENCRYPTED = _PUBLIC.scheme == "https"

SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = sorted({_PUBLIC.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

FEATURES = (
    "site",
    "accounts",
    "organisations",
    "audit",
    "records",
    "lists",
    "jobs",
    "parties",
    "evidence",
    "standards",
    "questionnaires",
    "chain",
    "files",
    "imports",
    "actions",
    "dashboards",
    "assessments",
    "api",
)

INSTALLED_APPS = [
    *(f"fairlead.web.{feature}" for feature in FEATURES),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "fairlead.web.site.middleware.forwarded_address",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairlead.web.api.failures.problems_for_programs",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fairlead.web.accounts.language.language_of_account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fairlead.web.site.middleware.told_what_is_not_possible",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "fairlead.web.organisations.middleware.organisation_of_address",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "fairlead.web.site.urls"
WSGI_APPLICATION = "fairlead.web.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairlead.web.site.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "fairlead.web.site.templatetags.words",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **environment.database(
            environment.read("FAIRLEAD_DATABASE_URL", f"sqlite:///{(HOME / 'workbench.sqlite3').as_posix()}")
        ),
        "ATOMIC_REQUESTS": False,
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organisations:choose"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation, which reaches them by their address
ACCOUNT_ADAPTER = "fairlead.web.accounts.adapter.ByInvitation"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address each; the new one counts once the link that was sent to it is opened
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # whoever finds a browser signed in does not take the account by its address
ACCOUNT_EMAIL_NOTIFICATIONS = True  # people are told when a password, an address or a second factor changes
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letter to somebody who has no account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "fairlead.web.accounts.forms.SignInForm",
    "add_email": "fairlead.web.accounts.forms.NewAddressForm",
    "reauthenticate": "fairlead.web.accounts.forms.ReauthenticateForm",
    "change_password": "fairlead.web.accounts.forms.ChangePasswordForm",
    "set_password": "fairlead.web.accounts.forms.SetPasswordForm",
    "reset_password": "fairlead.web.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "fairlead.web.accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")  # not by e-mail: a mailbox that lies open would do
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login_failed": False,  # django-axes counts failures, and keeps its count over restarts
    "login": "600/m/ip",  # a whole office may come by one address
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address may change where there is a second factor; nobody signs up to hold one
MFA_ADAPTER = "fairlead.web.accounts.adapter.SecondFactors"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "fairlead.web.accounts.forms.SecondFactorForm",
    "reauthenticate": "fairlead.web.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "fairlead.web.accounts.forms.ActivateAppForm",
    "add_webauthn": "fairlead.web.accounts.forms.AddKeyForm",
    "edit_webauthn": "fairlead.web.accounts.forms.RenameKeyForm",
}
MFA_TOTP_ISSUER = "Fairlead"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _ENCRYPTED
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "fairlead.web.accounts.locked_out.address_tried"
AXES_LOCKOUT_CALLABLE = "fairlead.web.accounts.locked_out.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

FORM_RENDERER = "django.forms.renderers.Jinja2"  # several times faster than Django's own templates

SESSION_COOKIE_AGE = 3600 * environment.read_number("FAIRLEAD_SESSION_HOURS", 12)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _ENCRYPTED
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "fairlead.web.site.failures.stale_form"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _ENCRYPTED else 0
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = environment.read_yes("FAIRLEAD_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = environment.read("FAIRLEAD_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("kk", "Қазақша"), ("fr", "Français")]
LOCALE_PATHS = [HERE.parent / "locale", HERE.parent / "locale_of_libraries"]  # the first that has a text wins
LANGUAGE_COOKIE_AGE = 31_536_000
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    # On the disk, so that the processes of the server share what took one of them long to work out.
    "figures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache" / "figures",
    },
}

USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.read("FAIRLEAD_TIME_ZONE", "UTC")
FORMAT_MODULE_PATH = "fairlead.web.site.formats"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "cache" / "static"
_ASSETS = HERE.parents[1] / "report" / "assets"  # fonts, colours and classes of pictures are the report's own
STATICFILES_DIRS = [(folder, _ASSETS / folder) for folder in ("fonts", "colours", "pictures")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

API_REQUESTS_PER_MINUTE = environment.read_number("FAIRLEAD_API_REQUESTS_PER_MINUTE", 600)
UPLOAD_LIMIT = environment.read_number("FAIRLEAD_UPLOAD_MEGABYTES", 50) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "fairlead.web.site.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

vars().update(environment.email(environment.read("FAIRLEAD_EMAIL_URL", "console")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.read("FAIRLEAD_EMAIL_FROM", "fairlead@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "fairlead.web.site.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": environment.read("FAIRLEAD_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "axes": {"level": "ERROR"},  # it would log addresses and names
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "splink": {"level": "WARNING"},
    },
}

SILENCED_SYSTEM_CHECKS = ["simple_history.W001"]
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

django_stubs_ext.monkeypatch()
