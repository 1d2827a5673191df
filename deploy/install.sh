#!/usr/bin/env bash
# Install what requirements.lock names into .venv, once per lock file and Python. Needs only Python 3.11 with pip.
# Quick with uv (installed into .tools), plain pip where uv cannot be had. Never touches the system's Python.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-}
for candidate in python3.11 python3 python3.12 python3.13; do
  [ -n "$python" ] && break
  if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null; then python=$candidate; fi
done
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))'; then
  echo "Python 3.11 or newer is needed; found: $(python3 --version 2>&1). PYTHON=/path/to/python make install" >&2
  exit 1
fi

key=$("$python" -c 'import hashlib, sys; print(hashlib.sha256(open("requirements.lock", "rb").read() + sys.version.encode()).hexdigest()[:16])')
stamp=.venv/.installed-$key
is_installed() { [ -f "$stamp" ] && .venv/bin/python -c '' 2>/dev/null; }
is_installed && exit 0

# one installation at a time: the lock belongs to this shell's open file, and ends with it
mkdir -p .tools
exec 9>.tools/install.lock
"$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
is_installed && exit 0
rm -f .venv/.installed-*

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1
pip_setting() { "$python" -m pip config get "global.$1" 2>/dev/null | tr -s ' \n' ' ' | sed 's/ *$//' || true; }
# uv ignores pip's configuration: pass on where pip finds packages (local wheels: a CPU build of PyTorch, say)
links=$(pip_setting find-links | tr ' ' ',')
index=$(pip_setting index-url)
if [ -n "$links" ]; then export UV_FIND_LINKS=${UV_FIND_LINKS:-$links}; fi
if [ -n "$index" ]; then export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$index}; fi
if [ -n "${PIP_CERT:-}" ]; then export SSL_CERT_FILE=${SSL_CERT_FILE:-$PIP_CERT}; fi
if [ ! -w "${HOME:-/nonexistent}" ]; then export UV_CACHE_DIR=${UV_CACHE_DIR:-$PWD/.tools/cache}; fi

install_with_uv() {
  local uv=.tools/bin/uv
  if [ ! -x "$uv" ]; then
    "$python" -m pip install --quiet --target .tools uv 2>/dev/null || uv=$(command -v uv) || return 1
  fi
  "$uv" venv --quiet --allow-existing --python "$python" .venv || return 1
  # PyTorch: the build that local wheels offer, else the one that fits this machine (without a GPU not the CUDA one)
  if [ -z "${UV_FIND_LINKS:-}" ] && [ -z "${UV_TORCH_BACKEND:-}" ]; then
    UV_TORCH_BACKEND=auto "$uv" pip install --quiet --python .venv/bin/python -r requirements.lock 2>/dev/null && return 0
  fi
  # the second try needs no network when all packages were fetched before
  "$uv" pip install --quiet --python .venv/bin/python -r requirements.lock \
    || "$uv" pip install --quiet --offline --python .venv/bin/python -r requirements.lock
}

install_with_pip() {
  echo "Installing with pip; this takes a few minutes" >&2
  .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
  .venv/bin/python -m pip install --quiet -r requirements.lock
}

install_with_uv || install_with_pip
touch "$stamp"
