# The two commands of the README set up everything they need; only Python 3.11+ and make are expected.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What it takes to run, and on top of that what it takes to test.
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev

.PHONY: demo test lint check lock clean

demo: $(READY)
	$(BIN)/dorpsbode demo

test: $(DEV)
	$(BIN)/pytest -n 2

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dorpsbode needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || (rm -rf $(VENV); echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q bot catalog notifications orders
	touch $@

$(DEV): $(READY) requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

# Pins every dependency with hashes and without any index address.
lock: $(READY)
	$(PIP) uv
	$(BIN)/uv pip compile pyproject.toml --extra build $(LOCKING) --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --constraint requirements.lock $(LOCKING) --output-file requirements-dev.lock

LOCKING := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	--no-header --quiet

clean:
	rm -rf $(VENV) build *.egg-info
