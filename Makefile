# What a newcomer types; `make` alone lists it. Everything needed is set up on the way, in .venv.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV ?= uv
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-header pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup run test test-faults bench evaluate fit lock clean

help: ## 列出所有命令 / list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## 建好 .venv，按锁定的版本安装 / create .venv from the lock

$(READY): requirements-dev.lock pyproject.toml
	@for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo '需要 Python 3.11 或更新的版本；可以用 make PYTHON=/路径/python3 指定。' >&2; \
		echo 'Python 3.11 or newer is needed; name one with make PYTHON=/path/to/python3.' >&2; exit 1; \
	fi; \
	test -x $(BIN)/python || "$$found" -m venv $(VENV)
	@echo "正在准备 $(VENV) / setting up $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY) ## 统计随附的样例，报告放在 report/ / audit the shipped sample into report/
	@$(BIN)/jianfu run

test: $(READY) ## 提交前的全部检查 / every check before a commit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile -q
	@echo '全部通过 / all checks passed'

test-faults: $(READY) ## 在二十个随机时刻强行终止，逐行比对 / kill it at twenty random moments, compare every row
	$(BIN)/pytest -n auto -q -m faults20 tests/faults

bench: $(READY) ## 量速度和内存 / measure speed and memory
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.live 5000
	$(BIN)/python -m tests.bench.ledger
	$(BIN)/python -m tests.bench.digest

evaluate: $(READY) ## 在标注集上评分 / score the labelled sets
	@for file in tests/data/messages/*.jsonl; do \
		echo "$$file"; $(BIN)/jianfu evaluate "$$file" || exit 1; echo; \
	done

fit: $(READY) ## 按标注消息重新拟合计分卡 config/scores/ / fit the word scores to the labelled messages
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fit.lock
	$(BIN)/python -m tests.fitting

lock: ## 重新锁定版本，需要 uv / lock the versions anew, needs uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		--group fit --output-file requirements-fit.lock

clean: ## 删去 .venv、缓存和 report/ / remove .venv, caches and report/
	rm -rf $(VENV) report build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
