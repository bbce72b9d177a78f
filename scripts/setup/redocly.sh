#!/bin/sh
# Install the redocly command from its lock file into .tools/redocly, with the Node.js that PyPI carries.
set -eu

target=.tools/redocly
mkdir -p "$target"
cp scripts/setup/redocly/package.json scripts/setup/redocly/package-lock.json "$target/"
PATH="$PWD/.tools/node/bin:$PATH"
export PATH
printf '[setup] redocly -> %s (npm ci)\n' "$target"
npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error
