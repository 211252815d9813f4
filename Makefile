# `make run` starts everything; `make test` checks everything. Both install what they need into .venv first.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
VAR ?= var

# The first interpreter of 3.11 or later.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: help run cluster bench bench-delivery bench-site bench-page-cache bench-clicks bench-engagement lighthouse validate soak load audit sbom test test-next test-rabbitmq test-bluesky lint types contracts migrations check unit lock messages docs screenshots clean

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Cannot start: Python 3.11 or later is needed; install it, or name it: make run PYTHON=/path/to/python3.12." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Cannot start: Python 3.11 or later is needed; $(PYTHON) is older or missing." >&2; exit 1; }
	@echo "Creating the virtual environment ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Cannot start: the virtual environment could not be made; on Debian install python3-venv, and check the free disk space." >&2; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing the requirements (the first time takes a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt || { echo "Cannot start: the requirements could not be installed; check the connection to the package registry and the free disk space." >&2; exit 1; }
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run ## Start the database, the site and the clock (PORT=8000 VAR=var)
	@PORT="$(PORT)" VAR="$(VAR)" exec $(BIN)/python -m campaign_site.launcher

cluster: $(VENV)/.dev ## Two sites, two clocks, three Celery workers and Redis, on this machine (PORT=8000 VAR=var)
	@PORT="$(PORT)" VAR="$(VAR)" exec $(BIN)/python -m campaign_site.launcher --cluster

bench: $(VENV)/.dev ## Every benchmark and one table of machine, versions and ratios (about 70 minutes)
	$(BIN)/python -m tests.bench

bench-delivery: $(VENV)/.dev ## How fast, punctual and idle delivery is (about 15 minutes)
	$(BIN)/python -m tests.bench.delivery

bench-site: $(VENV)/.dev ## What public pages cost, on the server and on a slow telephone (about 5 minutes)
	$(BIN)/python -m tests.bench.site

bench-page-cache: $(VENV)/.dev ## What a kept page costs beside nginx sending a file (about 2 minutes)
	$(BIN)/python -m tests.bench.page_cache

bench-clicks: $(VENV)/.dev ## How long readers wait for a tracked link at 5,000 clicks a second (about 3 minutes)
	$(BIN)/python -m tests.bench.clicks

bench-engagement: $(VENV)/.dev ## What results cost with 10,000,000 readings behind (about 30 minutes)
	$(BIN)/python -m tests.bench.engagement

lighthouse: $(VENV)/.dev ## Lighthouse's scores of each kind of public page; needs Node 18 or later
	$(BIN)/python -m tests.bench.outside lighthouse

validate: $(VENV)/.dev ## The Nu HTML checker on each kind of public page; needs npm and Java
	$(BIN)/python -m tests.bench.outside validate

soak: $(VENV)/.dev ## 5,000 deliveries while everything is killed again and again (about 8 minutes)
	@$(BIN)/python -m tests.support.redis
	$(BIN)/python -m tests.soak

load: $(VENV)/.dev ## Readers, clicks, editors and a launch of 200 posts, for 5 minutes on loopback
	$(BIN)/python -m tests.load

test: lint types contracts migrations ## Everything that must hold, in under 12 minutes on 2 cores
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.support.redis
	$(BIN)/python -m pytest -n 2 --dist loadgroup

audit: $(VENV)/.dev ## Known weaknesses of the pinned requirements
	$(BIN)/python -m tests.audit

sbom: $(VENV)/.dev ## What the site is made of, as a CycloneDX document in var/
	$(BIN)/python -m tests.audit --sbom

test-rabbitmq: $(VENV)/.dev ## The transports' tests with RabbitMQ too; installs it on a Debian as root
	@$(BIN)/python -m tests.support.rabbitmq
	@$(BIN)/python -m tests.support.redis
	$(BIN)/python -m pytest tests/integration/delivery/test_transports.py

test-bluesky: $(VENV)/.dev ## Bluesky against a real server of its own, on loopback; needs Node 18 or later
	@$(BIN)/python -m tests.bluesky

lint: $(VENV)/.dev ## Style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Static types, strict on social_publisher
	$(BIN)/mypy

contracts: $(VENV)/.dev ## Who may import whom
	$(BIN)/lint-imports

migrations: $(VENV)/.dev ## Models and migrations agree
	$(BIN)/python manage.py makemigrations --check --dry-run

unit: $(VENV)/.dev ## The tests that need no database
	$(BIN)/python -m pytest -n 2 tests/unit

test-next: $(VENV)/.dev ## The same tests on the newest Wagtail, in an environment of their own
	@$(PYTHON) -m venv .venv-next
	@.venv-next/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@.venv-next/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@.venv-next/bin/python -m pip install --quiet --disable-pip-version-check --upgrade wagtail wagtail-localize
	.venv-next/bin/python -m pytest -n 2 --dist loadgroup -W default

lock: $(VENV)/bin/python ## Pin the newest allowed versions with hashes
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-telemetry.in -o requirements-telemetry.txt

messages: $(VENV)/.dev ## Find the texts of the screens in the code and update the .po files
	$(BIN)/python manage.py translations --update

docs: $(VENV)/.dev ## The documentation as a site, in var/docs-site
	$(BIN)/python -m sphinx -q -W --keep-going -n -c docs -d "$(VAR)/docs-trees" . "$(VAR)/docs-site"
	@echo "Open $(VAR)/docs-site/index.html"

screenshots: $(VENV)/.dev ## The handbook's pictures anew, from the running product
	@$(BIN)/python -m tests.browser.chromium
	WRITE_HANDBOOK=1 $(BIN)/python -m pytest tests/browser/test_handbook.py

clean: ## Remove the virtual environment and caches, never the data in VAR
	rm -rf $(VENV) .venv-next .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
