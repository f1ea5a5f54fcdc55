# Everything lives in .venv/ of this checkout. Needed beforehand: Python 3.11 or newer, make, git.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.stamp

# Without compiled files every start of a program recompiles its imports, four times as slow.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test promises bench check format snapshots wheel constraints clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## install readyroom and its tools into .venv/ (does nothing when nothing changed)

$(STAMP): pyproject.toml constraints.txt src/readyroom/_version.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "readyroom needs Python 3.11 or newer; name one: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make virtual environments; install its venv package (on Debian and Ubuntu: python3-venv), then repeat: make setup" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q src
	@touch $@

run: $(STAMP) ## a sample review: on a terminal to try, otherwise walked through by itself
	@if [ -t 0 ] && [ -t 1 ]; then \
	  $(BIN)/readyroom run reliability-review --service checkout; \
	else \
	  $(BIN)/readyroom demo --headless; \
	fi

test: $(STAMP) ## the tests, on all cores (some minutes)
	$(BIN)/python -m pytest -n auto -m 'not promise_long'

promises: $(STAMP) ## the promises at full length: kill loops, power cuts, soak
	$(BIN)/python -m pytest -n auto -m promise_long tests

bench: $(STAMP) ## the speed budgets, as ratios in one run
	$(BIN)/python -m benchmarks

check: $(STAMP) ## lint, format, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

format: $(STAMP) ## put the source in the house's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

snapshots: $(STAMP) ## accept the screens as they are now; then look at each picture that changed
	$(BIN)/python -m pytest -n auto tests/tui --snapshot-update

wheel: $(STAMP) ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

constraints: ## resolve the newest allowed versions afresh and write constraints.txt
	$(PYTHON) -m venv --clear build/resolve
	build/resolve/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]'
	{ echo '# Exact versions for make setup: names and versions only. Regenerate with: make constraints'; \
	  build/resolve/bin/python -m pip freeze --exclude readyroom | grep -E '^[A-Za-z0-9._-]+==' ; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/resolve

clean: ## remove what make made (workspace data in sessions/ stays)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis snapshot_report.html
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
