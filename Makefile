# A fresh machine needs Python 3.11 or newer with venv; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test coverage goldens references docs clean

demo: .venv/installed
	$(BIN)/briefgen build outlines

test: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

coverage: .venv/tested
	$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered --cov-fail-under=90

goldens: .venv/tested
	$(BIN)/pytest tests/test_goldens.py --rewrite-goldens

references: .venv/installed
	$(BIN)/python tools/make_reference_pages.py

docs: .venv/documented
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

.venv/documented: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@

clean:
	rm -rf .venv site output/*
