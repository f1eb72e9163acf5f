# Everything starts here: `make demo` to look at it, `make test` to check it. Needs Python 3.11 or newer, nothing else.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The encrypting client of the tests; npm writes this file when it is done.
ENGINE := tests/engine/node_modules/.package-lock.json
# The first Python that is new enough; `make PYTHON=/path/to/python …` takes another one.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup demo test engine unit bench lint format clean

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

setup: $(READY)  ## Prepare .venv with exactly the packages of requirements.lock

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "classroom-matrix needs Python 3.11 or newer; this machine has none (see https://www.python.org)." >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "There is no program $(PYTHON); name a Python 3.11 or newer: make PYTHON=python3 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is no Python 3.11 or newer, which classroom-matrix needs." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' >/dev/null 2>&1 || { \
		echo "Python's venv module is missing; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "$(VENV) cannot be made; is the disk full?" >&2; exit 1; }
	@echo "Installing packages into $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || { \
		echo "The packages could not be installed; see pip's message above. Is this machine online?" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)  ## Run a whole class on an embedded homeserver, on this machine only
	@$(BIN)/classroom-matrix demo

test: $(READY) engine  ## All tests, those on a real Synapse included
	$(BIN)/python -m pytest -n 3 --dist worksteal

engine: $(ENGINE)

# Without it the tests that need it are skipped and say so; CI does not let them.
$(ENGINE): tests/engine/package-lock.json
	@if command -v npm >/dev/null; then \
		echo "Installing the tests' encrypting client into tests/engine/node_modules (once) …"; \
		{ npm ci --prefix tests/engine --loglevel=error && touch $@; } \
			|| echo "It could not be installed; tests with an encrypting client will be skipped." >&2; \
	else \
		echo "Node and npm are missing; tests with an encrypting client will be skipped." >&2; \
	fi

unit: $(READY)  ## Only the fast tests
	$(BIN)/python -m pytest tests/unit

bench: $(READY)  ## What things cost, as ratios (minutes)
	$(BIN)/python -m bench

lint: $(READY)  ## Style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)  ## Put code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## Remove .venv, caches and the demo's state
	rm -rf $(VENV) var/demo dist build tests/engine/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
