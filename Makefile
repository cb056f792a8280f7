# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STATE := .state
PIP := $(BIN)/pip --disable-pip-version-check -q
FRONTEND := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
KERNELS := $(shell grep -rlE --include='*.py' '^@compiled' watchword/core/screening 2>/dev/null)
CATALOGS := $(shell find watchword/locale -name '*.po' 2>/dev/null)
NAMES := $(wildcard tools/lexicon*.py watchword/core/names/*.py watchword/core/names/data/*)

.PHONY: help run test check test-core test-journeys fix messages docs bench bench-peers wheel build clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: build ## a demo organisation, Gate and Desk on two ports of this machine
	$(BIN)/watchword demo --dir data/demo

# Kernels are compiled while packages are fetched.
test: ## everything: checks, tests on SQLite and PostgreSQL, journeys in a browser
	@$(MAKE) --no-print-directory -j2 ready
	$(BIN)/python -m tools.suite

.PHONY: ready
ready: build $(STATE)/test $(STATE)/system

check: build $(STATE)/test ## lint, types, imports, templates, translations, generated docs, sizes
	$(BIN)/python -m tools.suite check

test-core: build $(STATE)/test ## the pure libraries and the rules alone: seconds
	$(BIN)/pytest -q tests/core

test-journeys: build $(STATE)/test $(STATE)/system ## the journeys in a real browser; renews the screenshots of the docs
	WATCHWORD_SCREENSHOTS=1 $(BIN)/pytest -q -m journey tests/journeys

fix: $(STATE)/test ## what the formatter and the linter can mend
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

messages: $(STATE)/test ## collect new texts into the catalogues
	$(BIN)/python -m tools.messages

docs: build $(STATE)/test ## write the generated reference pages
	$(BIN)/python -m tools.reference

bench: build $(STATE)/test $(STATE)/system ## side-by-side measurements, with ratios
	for b in sealing submission ledger rewrap keystore; do $(BIN)/python -m bench.$$b || exit 1; done

bench-peers: $(STATE)/peers ## what the bench of screening measures beside us, in an environment of its own

wheel: build ## a wheel that contains the styles and the catalogues
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

build: $(STATE)/styles $(STATE)/catalogues $(STATE)/lexicon $(STATE)/kernels

clean: ## forget everything that was built; data/ stays
	rm -rf $(VENV) .venv-peers $(STATE) dist frontend/node_modules watchword/web/static/built watchword/core/names/built

$(STATE)/venv: requirements.lock pyproject.toml
	@mkdir -p $(STATE)
	$(PYTHON) tools/prepare.py venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(STATE)/test: $(STATE)/venv requirements-test.lock
	$(PIP) install --require-hashes --only-binary :all: -r requirements-test.lock
	@touch $@

$(STATE)/system: $(STATE)/venv tools/prepare.py
	$(BIN)/python tools/prepare.py system
	@touch $@

# PyICU and pyspark are published as source only; PyICU is compiled against Debian's ICU.
$(STATE)/peers: bench/peers/requirements.lock $(STATE)/system
	@pkg-config --exists icu-i18n || { echo "PyICU is built here: please install libicu-dev, g++ and pkg-config."; exit 1; }
	$(PYTHON) tools/prepare.py venv .venv-peers
	.venv-peers/bin/pip --disable-pip-version-check -q install --require-hashes --only-binary :all: \
	  --no-binary pyicu,pyspark -r bench/peers/requirements.lock
	@touch $@

$(STATE)/node: $(STATE)/venv frontend/package-lock.json frontend/.npmrc
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	@touch $@

$(STATE)/styles: $(STATE)/node $(FRONTEND)
	cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

$(STATE)/lexicon: $(STATE)/venv $(NAMES)
	$(BIN)/python -m tools.lexicon
	@touch $@

$(STATE)/kernels: $(STATE)/lexicon tools/kernels.py $(KERNELS)
	$(BIN)/python -m tools.kernels
	@touch $@

$(STATE)/catalogues: $(STATE)/venv $(CATALOGS)
	$(BIN)/python -m tools.catalogues
	@touch $@
