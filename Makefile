PYTHON ?= python3
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-header --native-tls

.PHONY: help setup run check test test-postgresql test-vllm conformance bench lock screens image-test

help:  ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: .venv/.ready  ## Make .venv with the light install and the development tools

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Darash needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup  ## Start Darash on http://127.0.0.1:7860 (DARASH_HOST, DARASH_PORT)
	@$(BIN)/darash serve

check: setup  ## Format, lint, types, import rules, unit tests
	scripts/check

test: check  ## Everything: check, integration tests, browser tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile tests/integration
	scripts/test-browser

test-postgresql: setup  ## The integration tests on PostgreSQL instead of SQLite (Debian: postgresql)
	DARASH_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -n 2 --dist loadfile tests/integration

test-vllm: setup  ## The tests against a real vLLM, in an environment of its own
	scripts/test-vllm

conformance: setup  ## Whether Darash works with a model server: URL=http://... [KEY=...] [MODEL=...]
	@$(BIN)/darash eval conformance --url "$(URL)" --key "$(KEY)" --model "$(MODEL)"

bench: setup  ## Retrieval and extraction benchmarks (need the development data)
	scripts/bench

lock: setup  ## Renew the lock files
	$(LOCK) --upgrade --extra cpu --extra dev -o requirements.lock
	$(LOCK) --extra cpu -c requirements.lock -o requirements-image.lock

screens: setup  ## Screenshots of the running app into artifacts/screens, and those that are described into docs/screens
	scripts/test-browser --screens
	$(BIN)/python scripts/screens.py

image-test: setup  ## Build the container image without an engine, and ask it a question (Debian, as root)
	scripts/image-test
