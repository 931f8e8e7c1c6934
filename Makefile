# `make run` serves the dashboard. `make check` is for the inner loop, `make test` is what
# CI runs, `make test-all` tries ten times as many invented examples; ARGS="..." goes on
# to pytest. All install what they need into .venv; README.md has the plain commands.
PYTHON ?= python3

.PHONY: run check test test-all

run:
	@$(PYTHON) -m tools.environment run

check:
	@$(PYTHON) -m tools.environment test check $(ARGS)

test:
	@$(PYTHON) -m tools.environment test $(ARGS)

test-all:
	@$(PYTHON) -m tools.environment test all $(ARGS)
