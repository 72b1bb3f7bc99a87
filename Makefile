# Saksgang. Everything runs from a clone with Python 3.11 or newer and make; the browser parts want Node 18 or newer.
# `make` alone tells what there is.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes
PYTEST_ARGS ?= -n auto --dist worksteal
PERSONA ?= prosjektleder
PORT ?= 56150
BOT_PORT ?= 3978
CATALOGUES := $(wildcard cards/locales/*/LC_MESSAGES/*.po)

# Where it is set, every test process compiles every package and rewrites every test's assertions anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run playground test lint e2e bench package audit lock clean

help: ## what there is
	@sed -n 's/^\([a-z0-9]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

# ---- the environment: each step leaves a stamp, so that the second time costs nothing

.venv/pyvenv.cfg:
	@python=$$(for candidate in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	    $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$candidate; break; }; \
	  done); \
	if [ -z "$$python" ]; then \
	  echo 'Python 3.11 eller nyere trengs og ble ikke funnet. Installer python3.11 (med venv) og prøv igjen.' >&2; exit 1; \
	fi; \
	echo "Lager .venv med $$($$python --version)"; \
	$$python -m venv .venv || { \
	  rm -rf .venv; \
	  echo 'Fikk ikke laget .venv. På Debian og Ubuntu: installer pakken python3-venv.' >&2; exit 1; \
	}

.venv/.run: requirements/run.txt requirements/build.txt pyproject.toml | .venv/pyvenv.cfg
	@echo 'Installerer de låste pakkene'
	@$(PIP) -r requirements/run.txt -r requirements/build.txt
	@$(PY) -m pip --disable-pip-version-check --quiet install --no-index --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.catalogues: $(CATALOGUES) .venv/.run
	@$(PY) -m cards.catalogues compile
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo 'Installerer verktøyene for test'
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.dev
	@$(PIP) -r requirements/bench.txt
	@touch $@

.venv/.lock: requirements/lock.txt .venv/.run
	@$(PIP) -r requirements/lock.txt
	@touch $@

setup: .venv/.run .venv/.catalogues ## .venv, the locked packages, the compiled languages

# ---- running

run: setup ## the demo board, the bot on 127.0.0.1:3978 and, with Node, the Playground on 127.0.0.1:56150
	@mkdir -p var
	@$(BIN)/saksgang migrate
	@$(BIN)/saksgang seed-demo
	@$(PY) -m manifest.playground.launch --bot-port $(BOT_PORT) --port $(PORT) --persona $(PERSONA)

playground: setup ## one more persona beside a running bot: make playground PERSONA=eier PORT=56151
	@$(PY) -m manifest.playground.launch --no-bot --bot-port $(BOT_PORT) --port $(PORT) --persona $(PERSONA)

# ---- quality

lint: setup .venv/.dev ## ruff, mypy strict, the layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: lint ## everything that needs only Python: lint, then every test, on SQLite and PostgreSQL
	@$(PY) -m pytest -q $(PYTEST_ARGS)

e2e: setup .venv/.dev ## the Playground in headless Chromium; pictures in var/e2e/
	@$(PY) -m pytest -q -p no:cacheprovider tests/e2e

bench: setup .venv/.bench ## the benchmarks and their peers in one run; writes bench.json
	@$(PY) -m tests.benchmarks

package: setup ## dist/saksgang-teams.zip and dist/slack-manifest.yaml, from SAKSGANG_* or .env
	@$(PY) -m manifest.package

audit: .venv/.dev ## known holes in what we depend on (asks the package index), and dist/sbom.json
	@mkdir -p dist
	@$(BIN)/cyclonedx-py requirements requirements/run.txt --output-file dist/sbom.json
	@$(BIN)/pip-audit --strict --require-hashes -r requirements/run.txt

# ---- for maintainers

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-annotate

lock: .venv/.lock ## writes requirements/*.txt anew from pyproject.toml and requirements/*.in (UPGRADE=--upgrade)
	@$(COMPILE) $(UPGRADE) requirements/build.in -o requirements/build.txt
	@$(COMPILE) $(UPGRADE) requirements/lock.in -o requirements/lock.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml --extra dev --extra bench -c requirements/dev.txt -o requirements/bench.txt

clean: ## removes what can be made again; keeps var/, where the database is
	rm -rf .venv dist build *.egg-info manifest/playground/node_modules tests/e2e/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
