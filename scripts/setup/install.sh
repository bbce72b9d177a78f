#!/bin/sh
# Make a virtual environment, or complete one, from hash-locked requirements.
#
#   scripts/setup/install.sh ENVIRONMENT LOCK...
#
# PY chooses the Python (default python3). uv is used when it is on the PATH, pip otherwise; neither ever downloads a Python.
set -eu

export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never
environment=$1
shift
python=${PY:-python3}

say() { printf '[setup] %s\n' "$*"; }
die() {
    say "$*" >&2
    exit 1
}

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! recent "$environment/bin/python"; then
    command -v "$python" >/dev/null || die "There is no '$python' here. Install Python 3.11 or newer, or name one: make setup PY=python3.12"
    recent "$python" || die "$("$python" --version 2>&1) is too old: Python 3.11 or newer is needed. Name one: make setup PY=python3.12"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        die "$python has no venv module. On Debian and Ubuntu: apt-get install python3-venv"
    say "$("$python" --version) -> $environment"
    "$python" -m venv --clear "$environment"
fi

requirements=
packages=0
for lock in "$@"; do
    [ -f "$lock" ] || die "The lock file $lock is missing."
    requirements="$requirements -r $lock"
    packages=$((packages + $(grep -c '^[^ #].*==' "$lock")))
done

started=$(date +%s)
# The list of -r arguments is meant to be split into words.
# shellcheck disable=SC2086
if command -v uv >/dev/null; then
    say "$packages locked packages -> $environment (uv)"
    uv pip install --quiet --python "$environment/bin/python" --require-hashes $requirements
else
    say "$packages locked packages -> $environment (pip, a minute or so the first time)"
    "$environment/bin/python" -m pip install -qq --require-hashes $requirements
fi
say "done in $(($(date +%s) - started)) s"
