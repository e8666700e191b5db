# The front door. `make report` and `make test` need Python 3.11 or later, make, and a package index.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := $(wildcard data/samples/*.txt)
OUT := data/runs
BUDGET ?= 10

.PHONY: report test check lint types trust bench lock serve sbom clean

report: .venv/run.stamp  ## run the sample report and print where the result lies
	$(BIN)/dygjuhe run data/samples/liria-2023.txt --out $(OUT)

test: .venv/test.stamp lint types  ## everything that must hold before a change goes in
	$(BIN)/python -m pytest -q

lint: .venv/test.stamp
	$(BIN)/ruff check .

types: .venv/test.stamp
	$(BIN)/mypy

trust: .venv/test.stamp  ## the long tests: fuzzing, killing, no network; BUDGET=minutes
	$(BIN)/python -m tests.trust --minutes $(BUDGET)

bench: .venv/test.stamp  ## speed beside what a user would take instead
	$(BIN)/python -m tests.benchmarks

serve: .venv/run.stamp  ## Prefect's server and the deployments, in one process
	$(BIN)/dygjuhe serve

lock: .venv/bin/uv  ## refresh both locks: universal, hashed, without addresses
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url -c requirements.lock --extra dev --extra dask --extra s3 pyproject.toml \
	  -o tests/requirements.lock

clean:
	rm -rf .venv $(OUT) .mypy_cache .ruff_cache .pytest_cache

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv

# The stamps make a second call start at once; a changed lock or pyproject makes the set again.
.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $@

.venv/test.stamp: tests/requirements.lock .venv/run.stamp
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r tests/requirements.lock
	touch $@
