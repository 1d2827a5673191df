"""Settings shared by all environments, read from the environment."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from rmn_site.settings.api import PRODUCT_NAME as PRODUCT_NAME
from rmn_site.settings.api import REST_FRAMEWORK as REST_FRAMEWORK
from rmn_site.settings.api import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from rmn_site.settings.operations import OPERATION_KINDS as OPERATION_KINDS
from rmn_site.settings.operations import WAKE_UP_KINDS as WAKE_UP_KINDS

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".dev" / "data")))
VERSION = "0.1.0"

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# --- apps: django-tenants makes the tables of SHARED_APPS in the public schema, of TENANT_APPS in each tenant's
SHARED_APPS = [
    "tenants",  # before django_tenants, whose create_tenant command it replaces
    "django.contrib.admin",  # before django_tenants, whose admin templates carry inline styles
    "django_tenants",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "template_partials",
    "django_prometheus",
    "csp",
    "rmn_site",
]
TENANT_APPS = ["tenants", "harmonization", "campaigns", "agents", "raters", "rlhf", "training"]
# models of tenants' apps whose rows are shared: public schema, written by the installation, only read under a tenant
SHARED_MODELS = {"agents": ["sharedadapter", "sharedevaluation"]}
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS]

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_LIMIT_SET_CALLS = True
TENANT_DATABASE_ROLES = env.bool("TENANT_DATABASE_ROLES", default=True)
SPARE_SCHEMAS = env.int("SPARE_SCHEMAS", default=2)
PUBLIC_SCHEMA_URLCONF = "rmn_site.urls_public"
TENANT_URLCONF = "rmn_site.urls_tenant"
ROOT_URLCONF = PUBLIC_SCHEMA_URLCONF
TENANT_SYNC_ROUTER = "tenants.routers.SplitTenantRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "rmn_site.middleware.probes.ProbesMiddleware",
    "rmn_site.middleware.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenants.middleware.tenant.TenantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenants.middleware.membership.MembershipMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rmn_site.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

WSGI_APPLICATION = "rmn_site.wsgi.application"

# --- database, broker, cache
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgres://localhost/rmn", engine="tenants.database"),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a pooled connection whose server was restarted is replaced, not used
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=12), "timeout": 10}},
    }
}
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "web"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 3}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_step": 0.1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60.0  # a worker process loads what its jobs need before it says that it is up
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True

# --- long work; its kinds stand in a file of their own
OPERATION_DELIVERY = "rmn_site.celery.deliver"  # by dotted path: only a process that sends loads Celery
OPERATION_LEASE_SECONDS = env.float("OPERATION_LEASE_SECONDS", default=20.0)
OPERATION_REDELIVERY_SECONDS = env.float("OPERATION_REDELIVERY_SECONDS", default=30.0)
OPERATION_ATTEMPTS = 5

# --- what the rooms above are given
BRIEF_PARSERS = {
    "both": "agents.services.brief_parser.AgentBriefParser",  # the rules check the model, and read alone without one
    "model": "agents.services.brief_parser.LoneModelParser",
    "rules": "campaigns.briefs.rules.RulesParser",
}
BRIEF_PARSER = env.str("BRIEF_PARSER", default=BRIEF_PARSERS["both"])
RAY_ADDRESS = env.str(
    "RAY_ADDRESS", default=""
)  # of a Ray cluster that harmonizes; empty: the workers do it themselves
HARMONIZATION_BACKEND = (
    "harmonization.backends.on_ray.harmonize" if RAY_ADDRESS else "harmonization.pipeline.run.harmonize_file"
)
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=2_000_000_000)
SOURCE_CONNECTORS = {
    "watched_folder": "harmonization.connectors.watched_folder.WatchedFolder",
    "amazon_ads": "harmonization.connectors.amazon_ads.connector.AmazonAds",
}
SOURCE_PROTOCOLS = ["file", "s3", "gs", "az"]
SOURCE_FILE_ROOTS: list[str] = env.list("SOURCE_FILE_ROOTS", default=[])  # a workspace reads only in ROOT/<its slug>
SOURCE_MAX_UNPACKED_BYTES = env.int("SOURCE_MAX_UNPACKED_BYTES", default=20_000_000_000)
AMAZON_ADS_TEST_ENDPOINT = ""  # only tests name a server of their own; a check refuses it in production
CREDENTIAL_KEYS: list[str] = env.list("CREDENTIAL_KEYS", default=[])  # 32 bytes in base64 each; the first one seals
CREDENTIAL_KEY_FILE: Path | None = None  # where a laptop keeps a key of its own

# --- models: base, adapters, runtime; the web process never loads torch, so a runtime is behind a dotted path
BASE_MODEL_DIR = Path(env.str("BASE_MODEL_DIR", default=str(BASE_DIR / "training" / "shipped" / "base")))
SHIPPED_ADAPTERS_DIR = BASE_DIR / "training" / "shipped" / "adapters"  # the seed installs them, signed as they come
BASE_DIGEST = env.str("BASE_DIGEST", default="")  # of a base that lies elsewhere; empty: told from the folder
SHIPPED_ADAPTERS_KEY = "kMxOB0F9tVYzZGyA3y0SUeX4VDOfeIahHsZA0Mi7Yog="  # public half; signed training/shipped/adapters
# Ed25519, raw 32 bytes in base64 each
ADAPTER_PUBLIC_KEYS: list[str] = env.list("ADAPTER_PUBLIC_KEYS", default=[SHIPPED_ADAPTERS_KEY])
ADAPTER_SIGNING_KEY = env.str(
    "ADAPTER_SIGNING_KEY", default=""
)  # signs what is trained here; empty: a file in DATA_DIR
FEDERATION_STRATEGY = env.str("FEDERATION_STRATEGY", default="concatenated")
COMPOSITE_CACHE_BYTES = env.int("COMPOSITE_CACHE_BYTES", default=256 << 20)
INFERENCE_BACKEND = env.str("INFERENCE_BACKEND", default="agents.backends.local_engine.LocalEngine")
ENGINE_SOCKET = Path(env.str("ENGINE_SOCKET", default=str(DATA_DIR / "engine" / "engine.sock")))
ENGINE_CACHE_BYTES = env.int("ENGINE_CACHE_BYTES", default=512 << 20)
OPENAI_URL = env.str("OPENAI_URL", default="")  # of a server that speaks the protocol, such as vLLM
OPENAI_API_KEY = env.str("OPENAI_API_KEY", default="")
OPENAI_BASE_MODEL = env.str("OPENAI_BASE_MODEL", default="")
PROSE_BACKEND = env.str(
    "PROSE_BACKEND", default="agents.backends.openai_server.OpenAIServer" if OPENAI_URL else ""
)  # a larger model that puts results into words; empty: fixed rules do
EMBEDDING_BACKEND = env.str(
    "EMBEDDING_BACKEND", default="agents.backends.embedding_process.EmbeddingProcess"
)  # empty: search finds passages by their words only
TRAINING_MEMORY_BYTES = env.int("TRAINING_MEMORY_BYTES", default=0)  # most a training process may take; 0: no limit
TRAINING_THREADS = env.int("TRAINING_THREADS", default=1)
PROMOTION_GATE = "agents.services.promotion_gate.judge_by_recorded_evaluations"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# --- people
AUTH_USER_MODEL = "tenants.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "rmn_site.accounts.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/900s/key"}  # axes locks first; this also bounds guessed codes
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "rmn_site.accounts.attempted_login"
AXES_LOCKOUT_CALLABLE = "rmn_site.accounts.locked_out"

# --- browser security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
DEFAULT_EXCEPTION_REPORTER_FILTER = "rmn_site.debug_pages.QuietReporterFilter"
CSRF_FAILURE_VIEW = "rmn_site.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# --- language, static files
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
DJANGO_TABLES2_TEMPLATE = "django_tables2/portal.html"

# --- API
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
