# Everything that a fresh machine needs stands here; see README.md.
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: build test test-long bench bench-scale bench-preview audit screenshots check format reference lock clean

build: $(READY)  ## the demo intranet, into public/
	$(BIN)/plein build

test: $(READY) .ci/system $(VENV)/.isso  ## everything that has to pass at every commit
	.ci/system
	$(MAKE) --no-print-directory check
	$(BIN)/pytest

test-long: $(READY) .ci/system  ## the long runs: thousands of random edits, large folders
	.ci/system
	$(BIN)/pytest -m long -n 2

bench: $(READY)  ## Plein beside its peers, into benchmarks/RESULTS.md: 1,000 posts, or POSTS=10000
	$(BIN)/python -m benchmarks $(POSTS)

bench-scale: $(READY)  ## how Plein alone grows: 1,000, 10,000 and 100,000 posts, into benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks 1000 10000 --peers
	$(BIN)/python -m benchmarks 100000 --peers --runs 3 --cold-runs 1 --limit 3600

bench-preview: $(READY)  ## from saving a file to seeing it in the open page: 1,000 posts, or POSTS=10000
	$(BIN)/python -m benchmarks.preview $(POSTS)

audit: $(READY) .ci/system build  ## Lighthouse on a page of each type, or PAGE="search", as a table in docs/operators
	.ci/system
	cd benchmarks/audit && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent --no-audit --no-fund
	$(BIN)/python -m benchmarks.audit $(if $(PAGE),"$(PAGE)")

screenshots: $(READY) .ci/system build  ## every type of page into .screenshots/, and the README's pictures
	.ci/system
	$(BIN)/python -m tests.pages.screenshots

check: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: $(READY)  ## the pages in docs/reference and the files for editors, made from the code
	$(BIN)/python -m generator.reference docs/reference
	$(BIN)/plein schema

lock: $(READY)  ## requirements.lock anew, from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements.lock --upgrade
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --extra comments --constraint requirements.lock pyproject.toml -o requirements-isso.lock --upgrade

# Isso is compiled, so it comes after the system's own packages, and only for tests.
$(VENV)/.isso: requirements-isso.lock $(READY)
	.ci/system
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-isso.lock
	touch $@

clean:
	rm -rf $(VENV) public .plein dist

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $(READY)
