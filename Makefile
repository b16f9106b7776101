# hallside: `make run` shows a whole hall on this machine, `make test` proves it. `make help` lists the rest.
# Both prepare everything they need themselves the first time and work offline afterwards.

VENV := .venv
PY := $(VENV)/bin/python
LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
.DEFAULT_GOAL := help
# Hundreds of Python processes start here: kept bytecode is a tenth of a second for each and eight for each of pytest's.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help venv run demo test lint requirements bench faults report vm pictures generated lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r target text; do printf '  make %-13s %s\n' "$$target" "$$text"; done

venv:  ## only prepare the environment (.venv, from requirements.lock)
	@sh provisioning/setup.sh venv

run: venv  ## a whole hall on this machine with simulated hardware; Ctrl-C stops it
	@exec $(VENV)/bin/hallside hall

demo: venv  ## one citizen goes all the way by themselves, told line by line; results in out/demo
	@exec $(VENV)/bin/hallside demo --once --out out/demo

test:  ## everything that proves hallside: rooms, types, style, tests; ALL=1: the long ones too
	@sh provisioning/setup.sh tests
	@$(MAKE) --no-print-directory lint
	@$(PY) -m pytest -n $$(($$(nproc) + 1)) --dist worksteal $(if $(ALL),-m "long or not long") $(TESTS)

lint:  ## the rooms' imports, types and style alone (after `make test` has prepared things)
	$(PY) -m ruff check --quiet .
	$(PY) -m ruff format --check --quiet .
	$(VENV)/bin/lint-imports --no-timeout 2>/dev/null || $(VENV)/bin/lint-imports
	$(PY) -m mypy --num-workers auto

requirements:  ## which rows of the standards the tests show, and which not yet
	@$(PY) -m tests.requirements

bench:  ## speed beside a yardstick, into tests/bench/results.json
	@sh provisioning/setup.sh tests
	@$(PY) -m tests.bench

faults:  ## break it in every way promised, into docs/faults.md; FULL=1: the promised sizes (hours)
	@sh provisioning/setup.sh tests
	@$(PY) -m tests.faults $(if $(FULL),--full)

report:  ## how good the forecasts are, on simulated days, into docs/report.md
	@sh provisioning/setup.sh tests
	@$(PY) -m tests.report

vm:  ## the drivers on a real kernel in a small virtual machine: GPIO, USB printer, keypad, sound (about 4 minutes)
	@sh provisioning/setup.sh vm
	@$(PY) -m tests.vm

pictures:  ## the pictures of the README, into docs/pictures; every page small on one sheet, build/contact.png
	@sh provisioning/setup.sh venv
	@$(PY) -m screens.contact docs/pictures/languages.png --languages
	@$(PY) -m screens.contact build/contact.png
	@$(PY) -m screens.gallery docs/pictures --usual kiosk-home-zh kiosk-take-en board sign-calling console-calling evaluator-ask ticket-zh supplement voucher

generated:  ## write the generated files anew (contract documents, config schema)
	@$(PY) -m device.contract.generate
	@$(PY) -m config.generate

lock:  ## choose exact versions anew (needs uv)
	$(LOCK) --group build pyproject.toml -o requirements.lock
	$(LOCK) --group build --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:  ## remove what was made here: environment, caches, results
	rm -rf $(VENV) node_modules out build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
