"""Settings of the tests: quick hashing, no lockout by accident, files in a temporary folder."""

import atexit
import shutil
import tempfile
from pathlib import Path

from rmn_site.logs import configure_logging
from rmn_site.settings.base import *
from rmn_site.settings.base import DATABASES

SECRET_KEY = "tests-only-0000000000000000000000000000000000000000000000000"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATA_DIR = Path(tempfile.mkdtemp(prefix="rmn-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["OPTIONS"] = {}
DATABASES["default"]["CONN_MAX_AGE"] = None
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = None
SPARE_SCHEMAS = 0
SOURCE_PROTOCOLS = ["file", "memory", "s3", "gs", "az"]
CREDENTIAL_KEYS = ["dGVzdHMtb25seS1rZXktMDAwMDAwMDAwMDAwMDAwMDE="]
LOGGING_CONFIG = None
configure_logging(level="ERROR", as_json=False)
BRIEF_PARSER = "campaigns.briefs.rules.RulesParser"
EMBEDDING_BACKEND = ""
