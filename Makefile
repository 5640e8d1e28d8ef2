# The only commands a newcomer needs. Everything that they install lives in .venv and var.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export VRN_MODE ?= demo
export PYTHONPATH := $(CURDIR)
FLASK := $(BIN)/flask --app wsgi
# Tests start many processes: none should compile again what another has compiled.
PYTEST := PYTHONDONTWRITEBYTECODE= VRN_MODE=test $(BIN)/pytest -q
# Neighbours stay together: what a module needs is made once, and who is done early takes over.
TWO := -n 2 --dist worksteal
# What looks for dangerous lines has a virtual environment of its own: semgrep pins what we use too.
SCANNERS := $(VENV)/scanners
DANGERS := tests/architecture/dangers
SEMGREP := SEMGREP_SEND_METRICS=off SEMGREP_SETTINGS_FILE=$(CURDIR)/$(SCANNERS)/settings.yml \
	SEMGREP_LOG_FILE=$(CURDIR)/$(SCANNERS)/log PATH="$(CURDIR)/$(SCANNERS)/bin:$$PATH" \
	semgrep scan --metrics=off --disable-version-check --config $(DANGERS)

.PHONY: help run setup database test check bench drill flaws catalogue clean
.DEFAULT_GOAL := help

help:  ## Say what each command does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 18

run: setup database  ## Serve the demonstration on http://127.0.0.1:8000 (Ctrl-C stops it)
	@echo "Open http://127.0.0.1:$${PORT:-8000}"
	@VRN_BASE_URL="$${VRN_BASE_URL:-http://127.0.0.1:$${PORT:-8000}}" PATH="$(CURDIR)/$(BIN):$$PATH" honcho start --no-prefix --port $${PORT:-8000} || test $$? = 130

setup: $(VENV)/runtime.done translations/.compiled

database:
	@$(FLASK) db upgrade
	@$(FLASK) load-partnership > /dev/null
	@if [ "$$VRN_MODE" = demo ]; then $(FLASK) load-demo > /dev/null; fi

test: $(VENV)/tools.done translations/.compiled browser  ## Pass all tests, on SQLite and PostgreSQL
	$(PYTEST) $(TWO)
	@if $(BIN)/python -m tests.databases; then \
		$(PYTEST) $(TWO) --database postgresql -m "not browser and not once"; fi

check: $(VENV)/tools.done $(SCANNERS)/done translations/.compiled  ## Check format, lint, types, import order, dangers, words
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(SCANNERS)/bin/bandit --quiet --recursive -ll --skip B704 vrn_community wsgi.py
	@$(SEMGREP) --test $(DANGERS) > $(SCANNERS)/samples 2>&1 || { cat $(SCANNERS)/samples; exit 1; }
	$(SEMGREP) --quiet --error vrn_community wsgi.py templates static/js
	$(PYTEST) tests/architecture/test_translations.py

bench: $(VENV)/tools.done translations/.compiled  ## Measure pages, responses and themes against yardsticks
	@$(BIN)/python -m benchmarks.pages
	@$(BIN)/python -m benchmarks.register
	@$(BIN)/python -m benchmarks.builder
	@$(BIN)/python -m benchmarks.answers
	@$(BIN)/python -m benchmarks.keys
	@$(BIN)/python -m benchmarks.insights
	@$(BIN)/python -m benchmarks.themes

drill: $(VENV)/tools.done $(VENV)/crawler/done translations/.compiled browser  ## Run the long tests (or ONLY="some of them"), and write their figures to docs/assurance.md
	@VRN_MODE=test $(BIN)/python -m benchmarks.drill $(ONLY)

flaws: $(VENV)/tools.done  ## Compare pinned versions with published flaws, at the package index
	@$(BIN)/python -m benchmarks.flaws

catalogue: $(VENV)/tools.done  ## Bring the catalogues up to date with the texts of the service
	@$(BIN)/pybabel -q extract -F pyproject.toml -k _l --no-location --sort-output \
		--project "VRN Community" --version "" -o translations/messages.pot .
	@for language in translations/*/; do $(BIN)/pybabel -q update -i translations/messages.pot \
		-d translations -l $$(basename $$language) --no-fuzzy-matching --no-wrap; done

clean:  ## Remove the virtual environment and the demonstration's data
	rm -rf $(VENV) var translations/.compiled

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip uninstall --quiet --yes setuptools

$(VENV)/runtime.done: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tools.done: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/runtime.done

$(SCANNERS)/done: requirements-scanners.txt
	$(PYTHON) -m venv $(SCANNERS)
	$(SCANNERS)/bin/pip install --quiet --disable-pip-version-check -r requirements-scanners.txt
	@touch $@

# A scanner of somebody else, for the drill alone.
$(VENV)/crawler/done: requirements-crawler.txt
	$(PYTHON) -m venv $(VENV)/crawler
	$(VENV)/crawler/bin/pip install --quiet --disable-pip-version-check -r requirements-crawler.txt
	@touch $@

translations/.compiled: $(wildcard translations/*/LC_MESSAGES/messages.po) | $(VENV)/bin/python
	@$(BIN)/pybabel -q compile -d translations
	@touch $@

.PHONY: browser
browser:
	@sh tests/browser.sh
