# `make help` lists what can be done. Everything is installed below this folder: .tools, .venv, .dev.
SHELL := /bin/bash
PY := .venv/bin/python
EMBEDDED := $(PY) -m rmn_site.embedded
PORT ?= 8000
PRODUCTION := DJANGO_SETTINGS_MODULE=rmn_site.settings.production ALLOWED_HOSTS=example.com \
        SECRET_KEY=check-only-$$(printf 'abcdefghij%.0s' 1 2 3 4 5 6) \
        CREDENTIAL_KEYS=$$(printf 'check%.0s' 1 2 3 4 5 6 7 8)AAA= DATABASE_URL=postgres://check/check REDIS_URL=redis://check/0

.PHONY: help install demo stop test check bench smoke screenshots clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

install: ## install what requirements.lock names into .venv
	@deploy/install.sh

demo: install ## serve the portal with its own database, broker and worker; Ctrl-C stops everything
	@exec $(EMBEDDED) serve --port $(PORT)

stop: ## stop the demo and whatever a killed one left behind
	@[ ! -x $(PY) ] || $(EMBEDDED) stop

test: install ## pass the tests; ARGS="-k name" chooses
	@$(EMBEDDED) run --ephemeral -- $(PY) -m pytest $(ARGS)

check: install ## lint, format, types, contracts, templates, migrations, deployment settings
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	$(EMBEDDED) run --ephemeral -- $(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

bench: install ## run every benchmark, ratios against a peer or limit in the same run
	@$(EMBEDDED) run --ephemeral -- bash -c 'for bench in benchmarks/*.py; do echo "== $$bench"; \
	  $(PY) -m "benchmarks.$$(basename $$bench .py)" || exit 1; done'

smoke: install ## start the demo on free ports, run the main job by API and browser, print one JSON line
	@$(PY) -m rmn_site.smoke

screenshots: install ## take the pictures of docs/images from a fresh demo
	@$(PY) -m rmn_site.smoke.screenshots

clean: ## stop everything; remove what was installed and all local data
	@[ ! -x $(PY) ] || $(EMBEDDED) forget
	rm -rf .dev .venv .tools staticfiles .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
