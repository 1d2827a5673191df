#!/usr/bin/env bash
# The benchmarks' own environment (benchmarks/.venv, ignored by git) with peers that the product never imports.
# Run: bash benchmarks/install_peers.sh            (UV_FIND_LINKS may name a folder of wheels)
# allocate.py asks its Python for pymc-marketing's BudgetOptimizer, and says so where this has not been run.
set -euo pipefail
cd "$(dirname "$0")"
UV=$(command -v uv || echo ../.tools/bin/uv)
"$UV" venv --quiet --allow-existing --python 3.11 .venv
"$UV" pip install --quiet --python .venv/bin/python "pymc-marketing==0.19.2" "mabwiser==2.7.4"
.venv/bin/python -c "import mabwiser.mab, pymc_marketing; print('pymc-marketing', pymc_marketing.__version__, 'and MABWiser')"
