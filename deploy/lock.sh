#!/usr/bin/env bash
# Write requirements.lock from pyproject.toml. PyTorch's own CUDA packages are left out: which of its builds a machine
# gets, and what that build needs, is decided where it is installed (deploy/install.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
links=$(python3 -m pip config get global.find-links 2>/dev/null | tr -s ' \n' ',' | sed 's/,$//' || true)
if [ -n "$links" ]; then export UV_FIND_LINKS=${UV_FIND_LINKS:-$links}; fi
.tools/bin/uv pip compile --quiet pyproject.toml --extra dev --universal -o requirements.lock --no-annotate --no-header
sed -i -E '/^(nvidia|cuda)-/d; /^triton==/d; /^torch==.*\+cpu/d; s/^(torch==[0-9.]+) ;.*/\1/' requirements.lock
grep -c . requirements.lock
