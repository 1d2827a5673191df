"""Start the demo on free ports, run the main job twice, print one JSON line of what was seen, stop everything.

``python -m rmn_site.smoke``; exits non-zero when a step fails or a figure is not what it must be.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from rmn_site.smoke.api_job import run_api_job
from rmn_site.smoke.browser_job import run_browser_job
from rmn_site.smoke.chromium import find_chromium
from rmn_site.smoke.demo import running_demo
from rmn_site.smoke.steps import SmokeFailed, StepLog


def main() -> int:
    """0 when both jobs did all they should; the JSON line says what failed otherwise."""
    started = time.monotonic()
    report: dict[str, object] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="rmn-smoke-") as folder, running_demo(folder=Path(folder)) as demo:
            report["seconds_to_ready"] = demo.seconds_to_ready
            log = StepLog()
            report["api"] = run_api_job(demo=demo, log=log) | {"steps": log.steps}
            if find_chromium():
                log = StepLog()
                report["browser"] = run_browser_job(demo=demo, log=log) | {"steps": log.steps}
            else:
                report["browser"] = {"skipped": "Chromium is not installed"}
        report["ok"] = True
    except SmokeFailed as failure:
        report |= {"ok": False, "failed": failure.as_dict()}
    report["seconds"] = round(time.monotonic() - started, 2)
    sys.stdout.write(json.dumps(report) + "\n")
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
