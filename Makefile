# Two commands do all their own set-up on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INPUTS ?= ../shared/data
SHELL := /bin/bash
PLOTLY := build/plotly/manifest.json
.PHONY: run test plotly check bench data format clean

run: $(VENV)/.run plotly
	$(PY) -m api.packed
	$(PY) app.py

test: $(VENV)/.dev check plotly
	$(PY) -m api.packed
	$(PY) -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m data.pipeline check

bench: $(VENV)/.dev plotly
	$(PY) -m api.packed
	$(PY) -m tests.benchmarks.run

data: $(VENV)/.dev
	$(PY) -m data.pipeline build --inputs $(INPUTS)

format: $(VENV)/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Plotly in parts where Node is at hand; otherwise pages load the whole library of the plotly package.
plotly: $(PLOTLY)

$(PLOTLY): $(addprefix tools/plotly/,package-lock.json parts.json build.mjs)
	@if command -v npm >/dev/null; then \
		cd tools/plotly && npm ci --silent --ignore-scripts --no-audit --no-fund && npm run --silent build \
			|| echo "The parts of plotly.js could not be built; pages load the whole library."; \
	else echo "Node is not installed: pages load the whole of plotly.js."; fi

clean:
	rm -rf $(VENV) build tools/plotly/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { echo "A Python 3.11 or newer with the venv module is needed (Debian: apt install python3-venv)."; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	./tests/browser/install
	touch $@ $(VENV)/.run
