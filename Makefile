# Everything a developer does, one line each; `make` alone lists it.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMP := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help install run test check format bench quality content-report pictures lock

help: ## List what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

install: $(STAMP) ## Make .venv and install the locked packages into it

$(STAMP): requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

run: install ## Set up a development site and serve it on 127.0.0.1 (PORT=8123 for another port)
	DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	DEBUG=1 $(BIN)/python manage.py load_content --if-empty
	DEBUG=1 $(BIN)/python manage.py demo_accounts
	DEBUG=1 SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: install ## Run every test on all cores; REQUIRE_BROWSER=1 makes a missing Chromium a failure
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: install ## Lint, format, types, templates, migrations, deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DEBUG=1 $(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djhtml --tabwidth 2 --check templates
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.deployment

format: install ## Format Python and templates
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 templates

bench: install ## Requests per second of pages, lists and search as ratios to a bare view
	$(BIN)/python -m tests.performance.bench

quality: install ## How well search answers its test queries, by kind
	$(BIN)/python -m tests.search_quality

content-report: install ## Reading grades, words, sources and failing checks of the starter content
	scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && export DEBUG=1 VAR_DIR="$$scratch" && \
	$(BIN)/python manage.py migrate --verbosity 0 && \
	$(BIN)/python manage.py load_content && \
	$(BIN)/python manage.py content_report $(ARGS)

pictures: install ## Take the pictures of the guide for editors anew, with Chromium
	$(BIN)/python -m tests.pictures $(ARGS)

lock: install ## Resolve the dependencies anew into requirements.lock
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv
	.venv/lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --upgrade \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock
