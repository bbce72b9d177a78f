# The two commands of the README are `make run` and `make test`; `make check` is what CI runs.
PY ?= python3
PORT ?= 8000
BIN := .venv/bin
SETUP := PY=$(PY) scripts/setup/install.sh

export PY
export ATS_DATA_DIR ?= .data

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

CHECKS := check-drift check-spec check-style check-types check-security check-layers check-migrations \
  check-docker check-scripts test

##@ Every day

help: ## print this list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

run: .venv/.run ## start everything and serve the API with /docs; PORT=8000
	@$(BIN)/ats run --port $(PORT)

test: .venv/.ok .tools/schemas/.ok .tools/stubs/.ok ## run all tests
	$(call heading,tests)
	@$(BIN)/pytest -n 3 -q -m "not fuzz" $(ARGS)

setup: .venv/.ok .tools/schemas/.ok .tools/stubs/.ok ## make .venv with everything that developing needs

generate: .venv/.ok .tools/schemas/.ok .tools/stubs/.ok ## write generated/ anew from spec/ats.v1.yaml
	@$(BIN)/python -m scripts.generate

##@ Proofs

promises: .venv/.ok ## PROMISES.md from the outcomes of the last tests
	@$(BIN)/python -m scripts.promises

check: $(CHECKS) ## everything that CI runs
	@echo "make check: all of $(words $(CHECKS)) steps passed"

fuzz: .venv/.ok ## fuzz the whole contract, ten minutes at most
	$(call heading,fuzz)
	@$(BIN)/python -m scripts.fuzz $(ARGS)

fuzz-deep: .venv/.ok ## fuzz the whole contract for as long as it takes
	$(call heading,fuzz (deep))
	@$(BIN)/python -m scripts.fuzz --deep $(ARGS)

fuzz-files: .venv/.ok .venv/.fuzz-files ## fuzz the readers of files, five minutes; ARGS="--minutes M --only pdf"
	$(call heading,fuzz (files))
	@$(BIN)/python -m scripts.fuzz_files $(ARGS)

eval: .venv/.ok ## how well resumes are parsed, field by field; ARGS="--data DIR --misses"
	@$(BIN)/python -m scripts.eval $(ARGS)

bench: .venv/.ok ## measure the service beside its peers
	@$(BIN)/python -m scripts.bench $(ARGS)

bench-resumes: .venv/.ok ## measure how many resumes a second are read, beside plain libraries
	@$(BIN)/python -m scripts.bench.resumes $(ARGS)

bench-bombs: .venv/.ok ## measure what callers notice while fifty harmful files are read
	@$(BIN)/python -m scripts.bench.bombs $(ARGS)

image: ## build the container image and run it once
	@scripts/image/build.sh
	@scripts/image/smoke.sh

##@ The steps of make check, one by one

check-drift: .venv/.ok .tools/schemas/.ok .tools/stubs/.ok ## generated/ is what the spec gives
	$(call heading,generated code against the spec)
	@$(BIN)/python -m scripts.generate --check

check-spec: .venv/.ok .tools/redocly/.ok ## the spec keeps its rules
	$(call heading,the spec)
	@$(BIN)/python -m scripts.check_spec
	@PATH="$(CURDIR)/.tools/node/bin:$$PATH" REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
	  .tools/redocly/node_modules/.bin/redocly lint spec/ats.v1.yaml

check-style: .venv/.ok ## ruff: rules and format
	$(call heading,ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

check-types: .venv/.ok ## mypy, strict
	$(call heading,types)
	@$(BIN)/mypy

check-security: .venv/.ok ## bandit
	$(call heading,bandit)
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive impl scripts generated

check-layers: .venv/.ok ## imports point down only
	$(call heading,layers)
	@$(BIN)/lint-imports

check-migrations: .venv/.ok ## models = migrations, and migrations are safe on a live database
	$(call heading,migrations)
	@mkdir -p build
	@$(BIN)/python -m scripts.check_migrations build/migrations.sql
	@$(BIN)/squawk build/migrations.sql

check-docker: .venv/.ok ## hadolint
	$(call heading,Dockerfile)
	@$(BIN)/hadolint Dockerfile

check-scripts: ## the shell scripts parse
	$(call heading,shell scripts)
	@for script in scripts/*/*.sh .ci/run; do bash -n "$$script" || exit 1; done

##@ Upkeep

lock: .tools/uv/.ok .tools/node/.ok ## write the lock files anew; UPGRADE=1 takes newer versions
	@scripts/setup/lock.sh

tools: .tools/schemas/.ok .tools/stubs/.ok .tools/redocly/.ok ## make the tool environments of the generators and linters

clean: ## remove what was installed and built; .data with the demo stays
	rm -rf .venv .tools build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the service needs comes first, so that the first `make run` waits for nothing else.
.venv/.run: pyproject.toml requirements.lock requirements-build.lock scripts/setup/install.sh
	@$(SETUP) .venv requirements.lock requirements-build.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.ok: .venv/.run requirements-dev.lock
	@$(SETUP) .venv requirements-dev.lock
	@touch $@

.venv/.fuzz-files: .venv/.ok requirements-fuzz-files.lock
	@$(SETUP) .venv requirements-fuzz-files.lock
	@touch $@

.tools/schemas/.ok .tools/stubs/.ok: .tools/%/.ok: scripts/generate/requirements-%.lock
	@$(SETUP) .tools/$* $<
	@touch $@

.tools/node/.ok .tools/uv/.ok: .tools/%/.ok: scripts/setup/requirements-%.lock
	@$(SETUP) .tools/$* $<
	@touch $@

.tools/redocly/.ok: .tools/node/.ok scripts/setup/redocly/package-lock.json
	@scripts/setup/redocly.sh
	@touch $@

define heading
@printf '\n== %s\n' '$(1)'
endef

.PHONY: help run test promises setup generate check fuzz fuzz-deep fuzz-files eval bench bench-resumes bench-bombs image check-drift check-spec check-style check-types \
  check-security check-layers check-migrations check-docker check-scripts lock tools clean
