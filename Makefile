# Tanqiao: every command from a bare machine (python3 with venv, make). docs/operations.md tells more.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
WORKERS ?= 1
PROMOTED := 示例市场的首个模型：专家先验加会谈评分
BIN := .venv/bin
FLASK := $(BIN)/python -m flask --app wsgi
PYTEST := $(BIN)/python -m pytest
CODE := disclosure scoring market tests benchmarks wsgi.py
COMPILE := .tools/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet --upgrade --extra fast --extra redis -c requirements/limits.in

# One thread per process: two cores serve several processes. uv: use the machine's Python and certificates.
export OMP_NUM_THREADS := 1
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
export UV_NO_PROGRESS := 1

.PHONY: demo serve test check lint unit postgresql browser prove real bench screenshots requirements \
	migration translations clean

# --- Use ---

demo: .venv/runtime.stamp translations
	@$(FLASK) db upgrade
	@$(FLASK) sample build
	@$(FLASK) train
	@$(FLASK) model promote newest --as operator@sample.tanqiao.example --reason "$(PROMOTED)"
	@$(FLASK) sample show
	@if [ "$(SERVE)" = 1 ]; then $(MAKE) --no-print-directory serve; fi

serve: .venv/runtime.stamp
	@echo "http://127.0.0.1:$(PORT)  (stop with Ctrl-C)"
	@export TANQIAO_BASE_URL=$${TANQIAO_BASE_URL:-http://127.0.0.1:$(PORT)}; \
	$(FLASK) scheduler & scheduler=$$!; trap 'kill $$scheduler' EXIT INT TERM; \
	$(BIN)/gunicorn wsgi:app --bind 127.0.0.1:$(PORT) --worker-class gthread --workers $(WORKERS) \
		--threads 8 --no-control-socket --log-level warning

# --- Keep ---

test: .venv/dev.stamp lint unit postgresql browser

check: .venv/dev.stamp lint
	$(PYTEST) -n 2 -q -m "not slow and not browser and not real and not prove"

lint: .venv/dev.stamp translations
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy --no-error-summary $(CODE)
	$(BIN)/lint-imports --cache-dir .import_linter_cache

unit: .venv/dev.stamp
	$(PYTEST) -n 2 -q -m "not browser"

postgresql: .venv/dev.stamp
	TEST_DATABASE=postgresql $(PYTEST) -n 2 -q -m "not browser and not real" tests/market tests/architecture

browser: .venv/dev.stamp
	$(PYTEST) -q -m browser

prove: .venv/dev.stamp
	@PROVE=1 $(PYTEST) -q -m prove

real: .venv/dev.stamp
	$(PYTEST) -q -m real

bench: .venv/bench.stamp translations
	@$(BIN)/python -m benchmarks

screenshots: .venv/dev.stamp translations
	$(BIN)/python -m tests.browser.screenshots

# --- Make ---

translations: .venv/runtime.stamp
	@$(BIN)/python -c "from market.catalogues import compile_catalogue as c; c()"

# The schema is not released yet: one generated migration (0001) and the hand-written guards (0002).
migration: .venv/dev.stamp
	@folder=$$(mktemp -d); mv market/migrations/versions/*.py $$folder/; rm $$folder/0001_*; \
	TANQIAO_INSTANCE=$$folder DATABASE_URL= $(FLASK) db revision --autogenerate --rev-id 0001 -m schema; \
	mv $$folder/*.py market/migrations/versions/; rm -r $$folder

requirements: .tools/bin/uv
	$(COMPILE) -o requirements/runtime.txt
	$(COMPILE) --extra xbrl --extra cluster --group test --group lint -c requirements/runtime.txt \
		-o requirements/dev.txt
	$(COMPILE) --extra xbrl --extra cluster --group test --group lint --group bench -c requirements/dev.txt -o requirements/bench.txt

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis .coverage
	find . -name __pycache__ -prune -exec rm -rf {} +

.tools/bin/uv: requirements/tools.txt
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null \
		|| { echo "python3 lacks venv; install it:  sudo apt-get install -y python3-venv" >&2; exit 2; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
		|| { echo "Python 3.11 or newer is needed; name it:  make PYTHON=python3.11 ..." >&2; exit 2; }
	@test -x .tools/bin/python || $(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/tools.txt || echo "uv could not be installed; plain pip will do" >&2
	@touch -c $@

# uv installs in seconds; where it cannot, plain pip does the same from the same hashes in minutes.
.venv/%.stamp: requirements/%.txt | .tools/bin/uv
	@test -x $(BIN)/python || .tools/bin/python -m venv .venv
	@echo "installing requirements/$*.txt"
	@.tools/bin/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/$*.txt \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@touch $@
