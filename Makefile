# Two commands do all their own set-up on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INPUTS ?= ../shared/data
SHELL := /bin/bash
PLOTLY := build/plotly/manifest.json
.PHONY: run test plotly check bench data format clean fuzz load lock audit

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

# Streamlit is compared where it can be installed; nothing else depends on it.
bench: $(VENV)/.dev plotly
	@[ -x build/bench-venv/bin/streamlit ] || { $(PYTHON) -m venv build/bench-venv && \
		build/bench-venv/bin/pip install --quiet --disable-pip-version-check -r requirements-bench.txt; } \
		|| echo "Streamlit could not be installed; it is left out."
	$(PY) -m api.packed
	$(PY) -m tests.benchmarks.run

# What takes longer than a test may: see docs/operations.md. LOAD=--memory asks for the other measurement.
fuzz: $(VENV)/.dev
	GCO_FUZZ=10000 GCO_KILLS=20 GCO_INPUTS=$(INPUTS) $(PY) -m pytest tests/security/test_hostile.py tests/faults --show-capture=no --tb=short

load: $(VENV)/.dev plotly
	$(PY) -m api.packed
	$(PY) -W ignore -m tests.load.journey $(LOAD)

audit: build/audit/.done
	@build/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock \
		|| { echo "Either a weakness is named above, or the advisory database could not be asked (it needs the network): nothing is proven."; exit 1; }

lock: build/audit/.done
	build/audit/bin/pip-compile --quiet --generate-hashes --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock requirements.txt

build/audit/.done: | $(VENV)/bin/python
	$(PYTHON) -m venv build/audit
	build/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1 pip-tools==7.6.2
	touch $@

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
