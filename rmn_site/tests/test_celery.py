"""A worker process loads what its jobs need before the first comes."""

import subprocess
import sys

from rmn_site.tests.real_site import ROOT

LOADS = """
import sys
from rmn_site.celery import app, load_handlers
import django
django.setup()
assert "harmonization.services.import_runs" not in sys.modules
load_handlers()
print("harmonization.services.import_runs" in sys.modules, "campaigns.services.planning" in sys.modules)
"""


def test_every_handler_is_loaded_when_a_worker_process_starts():
    done = subprocess.run([sys.executable, "-c", LOADS], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "True"]
