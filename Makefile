# Two commands for a fresh machine: `make demo` shows the main job, `make test` runs every check.
# They need git, make and Python >= 3.11 with venv; everything else is installed into .venv, pinned by constraints.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := schoolctl-demo

# Build back ends obey the pins too; pip has read one or the other variable over the years.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test setup lint types contracts tests bench clean

demo: setup
	rm -rf $(DEMO)
	$(BIN)/schoolctl demo $(DEMO)

test: setup lint types contracts tests

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	# An editable installation has no bytecode yet: where Python may not write any, every start would compile the sources.
	$(BIN)/python -m compileall -q src
	touch $(STAMP)

lint: setup
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

tests: setup
	$(BIN)/pytest -n auto --cov --cov-report=term --cov-fail-under=95

bench: setup
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(DEMO) .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build

# Pins anew what a fresh installation gives today.
.PHONY: relock
relock:
	rm -rf $(VENV)-relock && $(PYTHON) -m venv $(VENV)-relock
	PIP_CONSTRAINT= PIP_BUILD_CONSTRAINT= $(VENV)-relock/bin/python -m pip install --quiet --editable ".[dev]" hatchling editables
	( sed -n '/^#/p' constraints.txt; \
	  $(VENV)-relock/bin/python -m pip freeze --exclude-editable | sort -f ) > constraints.new
	mv constraints.new constraints.txt && rm -rf $(VENV)-relock
