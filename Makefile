# Every command of the project. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
STRICT = $(wildcard src/gongjiang/law src/gongjiang/solvers src/gongjiang/kernel \
	src/gongjiang/*/states.py src/gongjiang/*/actions*.py src/gongjiang/*/queries*.py \
	src/gongjiang/*/actions src/gongjiang/*/queries)
OURS := src tests scripts $(wildcard benchmarks)
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check format bench soak messages docs lock clean \
	check-format check-lint check-imports check-types check-pages check-security

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install what running needs into .venv (leaves .venv/bin/gongjiang)
	@$(PYTHON) scripts/setup.py base

setup-dev: ## The same with what the tests need; as root it installs Debian packages too
	@$(PYTHON) scripts/setup.py dev

demo: setup ## Show a province at work on http://127.0.0.1:8000/
	@$(BIN)/gongjiang demo $(ARGS)

test: setup-dev ## Run the whole suite, on SQLite and where it matters on PostgreSQL (ARGS="…" goes to pytest)
	@$(BIN)/python scripts/test.py $(ARGS)

check: setup-dev ## Check format, lint, types, import contracts, templates and security patterns
	@$(MAKE) --keep-going --no-print-directory check-format check-lint check-imports check-types check-pages check-security

check-format:
	$(BIN)/ruff format --check --quiet $(OURS)
check-lint:
	$(BIN)/ruff check $(OURS)
check-imports:
	$(BIN)/lint-imports --no-cache
check-types:
	$(BIN)/mypy --strict $(STRICT)
check-pages:
	$(BIN)/djlint --lint --quiet src/gongjiang
check-security:
	$(BIN)/bandit -q -c pyproject.toml -r src scripts

format: setup-dev ## Format and mend what can be mended
	$(BIN)/ruff check --fix $(OURS)
	$(BIN)/ruff format $(OURS)

bench: setup-dev ## Measure against the yardsticks, in one run
	@$(BIN)/python -m benchmarks $(ARGS)

soak: setup-dev ## The long proof: 200 kill rounds in issue and in import
	@GONGJIANG_KILL_ROUNDS=200 $(BIN)/pytest -p no:xdist -m kills $(ARGS)

messages: setup-dev ## List the messages that have no Chinese yet (ARGS=--write adds them)
	@$(BIN)/python scripts/messages.py $(ARGS)

docs: setup-dev ## Write the generated pages under docs/
	@$(BIN)/python scripts/docs.py

lock: setup-dev ## Resolve the dependencies anew into requirements/ and frontend/package-lock.json
	@$(BIN)/python scripts/lock.py

clean: ## Remove what the set-up and the tests made (not the data in var/)
	rm -rf .venv src/gongjiang/static/vendor .ruff_cache .mypy_cache .hypothesis
	find src -name '*.mo' -delete
