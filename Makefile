# From raw files to figures, for GNU make 3.81 or newer.
#
#   raw files -> tables.json -> one page per notebook -> its figures
#
# STUDY=name    one study of data/raw in place of all
# PYTHON=...    the interpreter that the environment is made of (3.11 or newer)

PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready

ALL   := $(notdir $(patsubst %/study.toml,%,$(wildcard data/raw/*/study.toml)))
STUDY ?= $(ALL)
$(foreach study,$(STUDY),$(if $(wildcard data/raw/$(study)/study.toml),,\
  $(error no study '$(study)'; data/raw has: $(ALL))))

# Several threads wait for each other longer than they work on matrices as small as these.
OPENBLAS_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS

# Two notebooks at a time, unless a -j of the user's says otherwise.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j2)

.DELETE_ON_ERROR:
.PHONY: help install figures pages tables test check lab bench peers gallery clean lock

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "make %-9s %s\n", $$1, $$2 }'
	@echo "Studies (STUDY=name for one): $(ALL)"

install: $(READY) ## Build the environment .venv from requirements.lock

figures: ## Draw every figure that is not up to date; go on when one notebook fails
	@$(MAKE) --no-print-directory --keep-going $(JOBS) pages

# ---- environment ------------------------------------------------------------------------------

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("%s is Python %d.%d; name a newer one: make PYTHON=python3.11" % (sys.executable, sys.version_info[0], sys.version_info[1]))'
	@test -x $(BIN)/python || rm -rf .venv
	@if command -v uv >/dev/null; then set -ex; \
	  test -x $(BIN)/python || uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv; \
	  uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements.lock; \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else set -ex; \
	  test -x $(BIN)/pip || $(PYTHON) -m venv .venv; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

# ---- tables and figures -----------------------------------------------------------------------

# A study's folder counts as well as its files: its time changes when a file is added or taken away.
CODE       := $(shell find analysis -name '*.py' -o -name '*.toml' -o -name '*.txt' -o -name '*.npz')
# What the extractor, coders and intervals were measured at, which pages show too.
MEASURED   := $(wildcard docs/extraction/*.csv docs/validity/*.csv)
raw_of      = $(shell find data/raw/$(1) ! -name '.*' | sed 's/ /\\ /g') $(call codebook,$(1))
codebook    = $(wildcard data/raw/$(1)/$(shell sed -n 's/^codebook *= *"\(.*\)".*/\1/p' data/raw/$(1)/study.toml))
notebooks   = $(shell sed -n 's/^notebooks *= *\[\(.*\)\].*/\1/p' data/raw/$(1)/study.toml | tr -d '",' | tr -d "'")
tables_of   = data/processed/$(1)/tables/tables.json
pages_of    = $(foreach notebook,$(call notebooks,$(1)),data/processed/$(1)/$(notebook).html)

pages: $(foreach study,$(STUDY),$(call pages_of,$(study)))
	@echo "Figures stand in$(foreach study,$(STUDY), data/processed/$(study)/figures)"

tables: $(foreach study,$(STUDY),$(call tables_of,$(study))) ## Build the tables that the notebooks read

define rules_of_tables
$(call tables_of,$(1)): $(call raw_of,$(1)) $(CODE) requirements.lock | $(READY)
	$(BIN)/concordat tables data/raw/$(1)
endef
$(foreach study,$(STUDY),$(eval $(call rules_of_tables,$(study))))

# A page's .d file names its figures, so that one deleted by hand is drawn again; without the .d
# file the page is made anew.
define rules_of_pages
$(call pages_of,$(1)): data/processed/$(1)/%.html: notebooks/%.ipynb $(call tables_of,$(1)) data/processed/$(1)/%.d $(MEASURED) | $(READY)
	$(BIN)/concordat run data/raw/$(1) $$<

$(patsubst %.html,%.d,$(call pages_of,$(1))):
endef
$(foreach study,$(STUDY),$(if $(call notebooks,$(study)),$(eval $(call rules_of_pages,$(study))),\
  $(warning data/raw/$(study)/study.toml lists no notebooks on one line (notebooks = ["01_corpus"]): no figures)))

-include $(wildcard $(foreach study,$(STUDY),data/processed/$(study)/*.d data/processed/$(study)/tables/*.d))

# ---- everything else --------------------------------------------------------------------------

test: $(READY) ## Run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(READY) ## Lint, formatting, types and the layers between modules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lab: $(READY) ## Open the notebooks in JupyterLab
	$(if $(filter 1,$(words $(STUDY))),CONCORDAT_STUDY=$(CURDIR)/data/raw/$(STUDY)) $(BIN)/jupyter lab notebooks

bench: $(READY) ## Run every benchmark
	@set -e; for file in tests/benchmarks/*.py; do echo "$$file"; \
	  $(if $(wildcard .venv-peers/bin/python),.venv-peers/bin/python,$(BIN)/python) "$$file"; done

peers: ## Build an environment of its own for peers that are large: ConvoKit
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check convokit -e .

gallery: figures ## Copy what the pages drew (PNG, CSV) to docs/figures, which README shows
	@set -e; for study in $(STUDY); do \
	  rm -rf docs/figures/$$study; mkdir -p docs/figures/$$study; \
	  sed -n -e 's/\.png:$$/.png/p' -e 's/\.csv:$$/.csv/p' data/processed/$$study/*.d | \
	    while read -r figure; do cp "$$figure" docs/figures/$$study/; done; \
	done

clean: ## Delete everything made from the raw files
	rm -rf data/processed/*/

lock: ## Lock the newest versions of the dependencies
	uv pip compile pyproject.toml --upgrade --universal --generate-hashes --python-version 3.11 --group dev --no-header --quiet --output-file requirements.lock
