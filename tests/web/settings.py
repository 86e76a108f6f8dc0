"""Settings of the tests: the real ones, with quick passwords, work done at once, and static files as they lie."""

from fairlead.web.site.settings import *  # noqa: F403
from fairlead.web.site.settings import CACHES, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]  # noqa: F405
# A server that a test starts keeps no connection after it: PostgreSQL would not let go of the database.
DATABASES = {"default": {**DATABASES["default"], "CONN_MAX_AGE": 0}}
CACHES = {**CACHES, "figures": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
