# Needs make, a shell and Python 3.11 or newer; everything else is set up on the way, in .venv and .cache.
.POSIX:
.SUFFIXES:
.PHONY: help demo test bench bench-listen lint format judges clean

VENV = .venv
PY = $(VENV)/bin/python
INSTALL = $(PY) -m pip install --quiet --quiet --disable-pip-version-check

help:
	@echo 'make demo    convert an example article into a recording in output/'
	@echo 'make test    everything that CI checks: lint, types, tests against outside judges'
	@echo 'make bench   figures beside what a user would do instead, in one run; keeps a page in docs/benchmarks; takes an hour'
	@echo 'make bench-listen  what the listener hears of each voice that is here, right and with planted faults; takes an hour, too'
	@echo 'make lint    style and types only'
	@echo 'make format  put the code into the project'"'"'s style'
	@echo 'make clean   remove what the other targets set up; recordings stay'
	@echo 'PYTHON=/path/to/python3 after any of them chooses the Python for .venv'

demo: $(VENV)/.installed
	$(VENV)/bin/chaptercast convert examples/harbour-library-zh.txt -o output --offline
	@echo 'For a natural voice, offline, too (a download of 170 MB):'
	@echo "    $(PY) -m pip install '.[neural]' && $(VENV)/bin/chaptercast voices --install kokoro-v1.0-int8"

# Every check runs even where an earlier one failed: one run tells all there is to mend.
LINT = status=0; \
	for check in 'ruff check' 'ruff format --check' 'mypy'; do \
		echo "== $$check"; $(PY) -m $$check || status=1; \
	done

test: $(VENV)/.installed-dev judges
	@$(LINT); \
	echo '== pytest'; $(PY) -m pytest -n auto --dist loadgroup || status=$$?; \
	exit $$status

lint: $(VENV)/.installed-dev
	@$(LINT); \
	exit $$status

RIVALS = .cache/rivals
bench: $(VENV)/.installed-dev judges $(RIVALS)/.installed
	@CHAPTERCAST_VOICES=.cache/voices $(VENV)/bin/chaptercast voices --install --from .cache/judges/models --yes
	CHAPTERCAST_VOICES=.cache/voices CHAPTERCAST_RIVALS=$(RIVALS)/bin/python $(PY) -m benchmarks --keep docs/benchmarks

bench-listen: $(VENV)/.installed-dev judges
	@CHAPTERCAST_VOICES=.cache/voices $(VENV)/bin/chaptercast voices --install --from .cache/judges/models --yes
	CHAPTERCAST_VOICES=.cache/voices $(PY) -m benchmarks.listen --keep docs/benchmarks

$(RIVALS)/.installed:
	@PYTHON='$(PYTHON)' sh .ci/make-venv $(RIVALS)
	@echo 'Installing what neural voices are measured beside into $(RIVALS)'
	@$(RIVALS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check kokoro-onnx piper-tts
	@touch $@

format: $(VENV)/.installed-dev
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

judges: $(VENV)/.installed-dev
	@sh tests/judges/install.sh .cache/judges $(PY)

$(VENV)/.installed: pyproject.toml .ci/make-venv
	@PYTHON='$(PYTHON)' sh .ci/make-venv $(VENV)
	@echo 'Installing chaptercast into $(VENV)'
	@$(INSTALL) --editable .
	@$(PY) -m compileall -q src || true # start-up is quick for those who forbid Python to write what it compiles, too
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo 'Installing the developers'"'"' tools into $(VENV)'
	@$(INSTALL) --group dev
	@touch $@

clean:
	rm -rf $(VENV) .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find src tests benchmarks -name __pycache__ -exec rm -rf {} +
