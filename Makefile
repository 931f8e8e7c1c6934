# Two commands: `make run` serves the dashboard, `make test` runs every check.
# Both install what they need into .venv. README.md gives the plain commands behind them.
PYTHON ?= python3

.PHONY: run test

run:
	@$(PYTHON) -m tools.environment run

test:
	@$(PYTHON) -m tools.environment test
