# Everything starts here: `make run` and `make test` work on a fresh machine that has Python 3.11 or later.
# `make help` lists the rest. Another interpreter: make run PYTHON=python3.12. Another input: make run INPUT=my/folder.

PYTHON ?= python3
VENV ?= .venv
INPUT ?= data/articles
OUT ?= out
ARGS ?=
WORKERS ?= auto
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt

# No tool that we depend on reports its use to anyone.
export GX_ANALYTICS_ENABLED := false
# JupyterLab asks nobody for news or newer versions of itself.
QUIET_LAB := --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

.DEFAULT_GOAL := help
.PHONY: help run test quick notebooks browser slow fuzz lint types lab evaluate train bench lock clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.installed ## read INPUT (data/articles), write into OUT (out), print where the report is
	@$(BIN)/reconcile run "$(INPUT)" --out "$(OUT)" $(ARGS)

test: lint types ## everything that CI checks: style, types, and all tests but the slow ones
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow" $(ARGS)

quick: $(VENV)/.installed-dev ## the tests that take seconds: no notebook, no browser
	$(BIN)/python -m pytest -q -m "not slow and not notebook and not browser" $(ARGS)

notebooks: $(VENV)/.installed-dev ## only the tests that execute the notebooks
	$(BIN)/python -m pytest -m notebook $(ARGS)

browser: $(VENV)/.installed-dev ## only the tests that open the report in headless Chromium
	$(BIN)/python -m pytest -m browser $(ARGS)

slow: $(VENV)/.installed-dev ## only the tests that take minutes
	$(BIN)/python -m pytest -m slow $(ARGS)

fuzz: $(VENV)/.installed-dev ## the property tests with a hundred times as many examples
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=fuzz $(ARGS)

lint: $(VENV)/.installed-dev ## ruff
	$(BIN)/ruff check --output-format concise .

types: $(VENV)/.installed-dev ## mypy, strict
	$(BIN)/mypy

lab: $(VENV)/.installed ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab notebooks $(QUIET_LAB) $(ARGS)

evaluate: $(VENV)/.installed-dev ## how much is read rightly of our own labelled reports, pairs of reports and sentences
	$(BIN)/python -m tests.evaluate $(ARGS)

train: $(VENV)/.installed-dev ## learn anew what each level of the linking model weighs, from the reports grouped beside the project
	$(BIN)/python tools/train_linking.py

bench: $(VENV)/.installed-dev ## speed and memory beside the peers that pip installs (ARGS=--write keeps the tables)
	$(BIN)/python -m benchmarks $(ARGS)

# Versions and no hashes: the file is a constraint for `pip install .` too, and pip asks for a hash of every
# requirement or of none, which an editable install and a machine with its own wheels cannot give.
lock: build/lock/bin/uv ## renew constraints.txt for every platform and Python (ARGS=--upgrade for newer versions)
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-annotate \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    --output-file constraints.txt $(ARGS) pyproject.toml

clean: ## remove what runs and tests leave
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path "./$(VENV)/*" -prune -exec rm -rf {} +

distclean: clean ## remove the virtual environments as well
	rm -rf $(VENV) .venv-bench

build/lock/bin/uv:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv

# The virtual environment, and a stamp for each thing installed in it: redone when what it was made from changes.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Reconcile needs Python 3.11 or later and '$(PYTHON)' is not; install one and name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
	    exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing Reconcile into $(VENV) (a minute or two, only this once)" >&2
	@$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing Reconcile and its test tools into $(VENV) (a minute or two, only this once)" >&2
	@$(PIP_INSTALL) -e ".[dev]"
	@touch $(VENV)/.installed $@
