"""Settings of the laptop: the demo and hands-on work."""

from rmn_site.logs import configure_logging
from rmn_site.settings.base import *
from rmn_site.settings.base import DATA_DIR, LOG_LEVEL, env

SECRET_KEY = env.str("SECRET_KEY", default="laptop-only-key-never-used-in-production-0000000000000000")
DEBUG = env.bool("DEBUG", default=False)
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STATIC_ROOT = None  # files are served from where they are
CREDENTIAL_KEY_FILE = DATA_DIR / "credential.key"
SOURCE_FILE_ROOTS = env.list("SOURCE_FILE_ROOTS", default=[str(DATA_DIR.parent / "inbox")])
LOGGING_CONFIG = None
configure_logging(level=LOG_LEVEL, as_json=env.bool("LOG_JSON", default=False))
