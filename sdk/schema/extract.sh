#!/usr/bin/env bash
# Writes sdk/schema/<provider>.json anew from the typings of the official npm packages at the versions of extract/package.json.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(cd "$here/../.." && pwd)/.platform/npm

command -v npm >/dev/null || {
  echo "npm is not on the PATH: install Node.js 20 or later, then run this again" >&2
  exit 2
}

mkdir -p "$folder"
if ! cmp -s "$here/extract/package-lock.json" "$folder/package-lock.json" || [ ! -d "$folder/node_modules/@pulumi/aws" ]; then
  cp "$here/extract/package.json" "$here/extract/package-lock.json" "$folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
fi

NODE_PATH="$folder/node_modules" node "$here/extract/extract.cjs" "$folder/node_modules" "$here" "$@"
