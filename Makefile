PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
.PHONY: help demo test lint work bench bench-baseline clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 24

# A report with defects exits with 1, which is what the demonstration is for; 2 and 3 mean that it could not be judged.
demo: $(VENV)/.installed ## install into .venv and check a real report
	@$(BIN)/gilint check examples/miyun-2024.txt || { status=$$?; test $$status -eq 1 || exit $$status; }

test: lint work ## lint, count the work, then every test: the code, the rules, the wheel
	@echo "pytest"
	@$(BIN)/python -m pytest --quiet -W error --numprocesses auto --dist worksteal
	@echo "rule examples"
	@$(BIN)/gilint rules test rules/annual-report
	@$(MAKE) --silent $(VENV)/.wheel-checked

lint: $(VENV)/.installed-dev ## ruff, mypy and the layers
	@echo "ruff";   $(BIN)/ruff check --quiet .
	@echo "mypy";   $(BIN)/mypy --no-error-summary
	@echo "layers"; $(BIN)/lint-imports --no-logo >$(VENV)/layers.log 2>&1 || { cat $(VENV)/layers.log; exit 1; }

work: $(VENV)/.installed-dev ## count the work of a check; more than a tenth above the baseline fails
	@echo "work";   $(BIN)/python -m benchmarks.work --quiet

bench: $(VENV)/.installed-dev ## time everything, measure how wrong cells are named; BENCH='cold --write' for parts
	@$(BIN)/python -m benchmarks $(BENCH)
	@$(if $(BENCH),,$(BIN)/python scripts/measure_cells.py)

bench-baseline: $(VENV)/.installed-dev ## count the work anew, for benchmarks/work.json
	@$(BIN)/python -m benchmarks.work --renew

clean: ## remove .venv, builds and caches
	@rm -rf $(VENV) build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an environment is made once, and filled again when pyproject.toml changes. The wheel is checked again when
# anything in it does; folders are among its sources because a deleted file shows only there.
$(VENV)/.created:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "gilint: no '$(PYTHON)' here; name a Python 3.11 or newer: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "gilint: needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) -V 2>&1); name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "gilint: $(PYTHON) has no venv module; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml
	@echo "installing gilint into $(VENV)"
	@$(PIP) --editable .
	@# An editable install compiles nothing, and some environments forbid Python to do it on its own.
	@$(BIN)/python -m compileall -q gilint
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.created pyproject.toml
	@echo "installing gilint and its development tools into $(VENV)"
	@$(PIP) --editable '.[dev]'
	@# An editable install compiles nothing, and some environments forbid Python to do it on its own.
	@$(BIN)/python -m compileall -q gilint
	@touch $@ $(VENV)/.installed

WHEEL_SOURCES := pyproject.toml README.md scripts/check_wheel.py \
	$(shell find gilint rules examples -name __pycache__ -prune -o -print 2>/dev/null)

$(VENV)/.wheel-checked: $(VENV)/.installed-dev $(WHEEL_SOURCES)
	@echo "wheel"
	@$(BIN)/python scripts/check_wheel.py
	@# An editable install compiles nothing, and some environments forbid Python to do it on its own.
	@$(BIN)/python -m compileall -q gilint
	@touch $@
