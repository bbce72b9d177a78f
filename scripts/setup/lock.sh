#!/bin/sh
# Write every lock file anew. Versions that are locked already stay, unless UPGRADE=1 is set.
set -eu

PATH="$PWD/.tools/uv/bin:$PATH"
export PATH UV_PYTHON_DOWNLOADS=never

compile() { # compile LOCK ARGUMENT...
    lock=$1
    shift
    printf '[lock] %s\n' "$lock"
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "$@" --output-file "$lock"
}

compile requirements.lock pyproject.toml
compile requirements-embeddings.lock pyproject.toml --extra embeddings-local --constraint requirements.lock
compile requirements-dev.lock pyproject.toml --group dev --constraint requirements.lock
compile requirements-fuzz-files.lock --group fuzz-files --constraint requirements-dev.lock
compile requirements-build.lock --group build --constraint requirements-dev.lock
for name in schemas stubs; do
    compile "scripts/generate/requirements-$name.lock" "scripts/generate/requirements-$name.in"
done
for name in node uv; do
    compile "scripts/setup/requirements-$name.lock" "scripts/setup/requirements-$name.in"
done

printf '[lock] scripts/setup/redocly/package-lock.json\n'
PATH="$PWD/.tools/node/bin:$PATH"
cd scripts/setup/redocly
npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
if grep -n '"resolved"' package-lock.json; then
    echo '[lock] package-lock.json names a registry; it must not.' >&2
    exit 1
fi
